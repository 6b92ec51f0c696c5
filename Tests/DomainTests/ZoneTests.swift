import FoundationEssentials
import Testing

@testable import Domain

/// Time zones, read from the tz database of the system.
@Suite struct ZoneTests {
    private static func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    @Test(arguments: [
        ("Europe/Berlin", "2026-01-15T12:00:00Z", 1), ("Europe/Berlin", "2026-07-15T12:00:00Z", 2),
        // The clocks change at 01:00 UTC.
        ("Europe/Berlin", "2026-03-29T00:59:59Z", 1), ("Europe/Berlin", "2026-03-29T01:00:00Z", 2),
        ("Europe/Berlin", "2026-10-25T00:59:59Z", 2), ("Europe/Berlin", "2026-10-25T01:00:00Z", 1),
        // Beyond what files list: by the rule at their end.
        ("Europe/Berlin", "2055-01-15T12:00:00Z", 1), ("Europe/Berlin", "2055-07-15T12:00:00Z", 2),
        ("America/New_York", "2026-03-08T06:59:59Z", -5), ("America/New_York", "2026-03-08T07:00:00Z", -4),
        // In the south summer is at both ends of the year.
        ("Pacific/Auckland", "2026-01-15T12:00:00Z", 13), ("Pacific/Auckland", "2056-07-15T12:00:00Z", 12),
        ("Pacific/Auckland", "2056-12-15T12:00:00Z", 13), ("Asia/Tokyo", "2026-07-15T12:00:00Z", 9),
        ("UTC", "2026-07-15T12:00:00Z", 0), ("Asia/Tokyo", "1990-07-15T12:00:00Z", 9),
        ("America/Argentina/Buenos_Aires", "2026-07-15T12:00:00Z", -3),
    ])
    func `knows the offset`(name: String, moment: String, hours: Int) throws {
        let zone = try #require(Zone(name: name))
        #expect(zone.offset(at: try Self.date(moment)) == hours * 3600)
    }

    @Test(arguments: [
        "", "Berlin", "../Europe/Berlin", "Europe/../../etc/passwd", "/etc/passwd", "Europe/", "/Europe/Berlin",
        "Europe",
        "Europe/Atlantis", "zone.tab", "Europe/Berlin\u{0}", "-", "+1", String(repeating: "a", count: 300),
    ])
    func `is nothing else`(name: String) {
        #expect(Zone(name: name) == nil)
    }

    @Test(arguments: [
        ("2026-11-25T08:00:00Z", "18:00", "2026-11-25T17:00:00Z"),
        ("2026-11-25T17:00:00Z", "18:00", "2026-11-26T17:00:00Z"),
        ("2026-11-25T23:30:00Z", "00:15", "2026-11-26T23:15:00Z"),
        // The night when the clocks are put forward: 02:30 is not there, 03:30 is.
        ("2026-03-28T20:00:00Z", "02:30", "2026-03-29T01:30:00Z"),
        ("2026-03-28T20:00:00Z", "09:00", "2026-03-29T07:00:00Z"),
        // Put back: 02:30 comes twice, the first time counts.
        ("2026-10-24T20:00:00Z", "02:30", "2026-10-25T00:30:00Z"),
        ("2026-10-25T00:45:00Z", "02:30", "2026-10-26T01:30:00Z"),
        ("2026-10-24T20:00:00Z", "09:00", "2026-10-25T08:00:00Z"),
    ])
    func `finds when it is that time next`(now: String, time: String, expected: String) throws {
        let zone = try #require(Zone(name: "Europe/Berlin"))
        let time = try #require(TimeOfDay(text: time))
        #expect(zone.next(time, after: try Self.date(now)) == (try Self.date(expected)))
    }

    @Test func `a file that is cut or is something else is no zone`() throws {
        let bytes = Array(try #require(FileManager.default.contents(atPath: "/usr/share/zoneinfo/Europe/Berlin")))
        #expect(ZoneFile(bytes) != nil)
        for length in 0..<(bytes.count - 60) { #expect(ZoneFile(Array(bytes.prefix(length))) == nil) }
        for index in stride(from: 0, to: bytes.count, by: 3) {
            var broken = bytes
            broken[index] ^= 0xFF
            // Whatever it says then, reading it ends.
            _ = ZoneFile(broken)?.offset(at: 1_795_608_000)
        }
    }

    @Test(arguments: [
        ("CET-1CEST,M3.5.0,M10.5.0/3", 1, 2), ("EST5EDT,M3.2.0,M11.1.0", -5, -4), ("JST-9", 9, 9), ("<+03>-3", 3, 3),
        ("IST-1GMT0,M10.5.0,M3.5.0/1", 0, 1), ("XXX-1YYY,J60,J300", 1, 2), ("XXX-1YYY,59,299", 1, 2),
        ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", -3, -2),
    ])
    func `reads a rule`(text: String, january: Int, july: Int) throws {
        let rule = try #require(ZoneRule(text: text))
        #expect(rule.offset(at: Int(try Self.date("2040-01-15T12:00:00Z").timeIntervalSince1970)) == january * 3600)
        #expect(rule.offset(at: Int(try Self.date("2040-07-15T12:00:00Z").timeIntervalSince1970)) == july * 3600)
    }

    @Test(arguments: [
        "", "C-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5,M10.5.0",
        "CET-1CEST,J0,J300", "<+03-3", "CET-1CEST,366,1", "CET-1CEST,M3.5.0/x,M10.5.0",
    ])
    func `no rule is no rule`(text: String) {
        #expect(ZoneRule(text: text) == nil)
    }
}

@Suite struct LocalTimeTests {
    @Test(arguments: [
        (1970, 1, 1, 0, 4), (2000, 2, 29, 11_016, 2), (2026, 11, 25, 20_782, 3), (1969, 12, 31, -1, 3),
        (2100, 3, 1, 47_541, 1),
    ])
    func `days are counted as the calendar does`(year: Int, month: Int, day: Int, number: Int, weekday: Int) {
        let date = Day(year: year, month: month, day: day)
        #expect(date.number == number)
        #expect(date.weekday == weekday)
        #expect(date.parts == (year, month, day))
    }

    @Test func `every day of four centuries has its own date`() {
        var parts = (year: 1900, month: 1, day: 1)
        for number in Day(year: 1900, month: 1, day: 1).number..<Day(year: 2300, month: 1, day: 1).number {
            #expect(Day(number: number).parts == parts)
            #expect(Day(year: parts.year, month: parts.month, day: parts.day).number == number)
            parts = Self.after(parts)
        }
    }

    private static func after(_ day: (year: Int, month: Int, day: Int)) -> (year: Int, month: Int, day: Int) {
        let isLeap = day.year % 4 == 0 && (day.year % 100 != 0 || day.year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        if day.day < lengths[day.month - 1] { return (day.year, day.month, day.day + 1) }
        return day.month < 12 ? (day.year, day.month + 1, 1) : (day.year + 1, 1, 1)
    }

    @Test(arguments: [("18:00", 64_800), ("9:30", 34_200), ("00:00", 0), ("23:59", 86_340)])
    func `reads a time of the day`(text: String, seconds: Int) {
        #expect(TimeOfDay(text: text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "24:00", "12:60", "12", "12:5", "123:00", ":30", "12:", "-1:00", "+1:00", "1 2:00", "12:00:00", "٩:٣٠",
    ])
    func `is nothing else`(text: String) {
        #expect(TimeOfDay(text: text) == nil)
    }

    @Test func `is written as it is read`() {
        #expect(TimeOfDay(hour: 9, minute: 5).description == "09:05")
        #expect(Day(year: 2026, month: 3, day: 9).description == "2026-03-09")
    }
}
