import Chance
import Domain
import FoundationEssentials
import Testing

@Suite struct ScheduleTests {
    private static func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    // MARK: Reading

    @Test(arguments: [
        ("daily 09:00", "daily 09:00", "every day at 09:00"), ("Daily  9:30", "daily 09:30", "every day at 09:30"),
        ("weekly mon 09:30", "weekly mon 09:30", "every Monday at 09:30"),
        ("WEEKLY Sunday 23:59", "weekly sun 23:59", "every Sunday at 23:59"),
    ])
    func `is read and written`(text: String, written: String, words: String) throws {
        let schedule = try #require(Schedule(text: text))
        #expect(schedule.description == written)
        #expect(schedule.words == words)
        #expect(try JSONDecoder().decode([Schedule].self, from: JSONEncoder().encode([schedule])) == [schedule])
    }

    @Test(arguments: [
        "", "daily", "09:00", "daily 24:00", "daily mon 09:00", "weekly 09:00", "weekly mon", "weekly moon 09:00",
        "monthly 09:00", "daily 09:00 please", "weekly mon tue 09:00", "daily\u{0} 09:00", "daily -1:00",
    ])
    func `is nothing else`(text: String) {
        #expect(Schedule(text: text) == nil)
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode([Schedule].self, from: JSONEncoder().encode([text]))
        }
    }

    @Test(arguments: [
        ("daily 08:15", "daily 08:15, weekly mon 09:30"), ("weekly fri 16:00", "daily 09:00, weekly fri 16:00"),
        ("daily off", "weekly mon 09:30"), ("Weekly OFF", "daily 09:00"), ("off", ""), (" OFF ", ""),
    ])
    func `a chat changes its own`(text: String, left: String) throws {
        let changed = Schedules.standard.changed(try Schedules.Change(text: text))
        #expect(changed.all.map(\.description).joined(separator: ", ") == left)
        #expect(try JSONDecoder().decode(Schedules.self, from: JSONEncoder().encode(changed)) == changed)
    }

    @Test(arguments: ["daily", "monthly off", "off daily", "off off", "daily off 09:00", "daily 9", "on"])
    func `what is not understood is given back`(text: String) {
        #expect(throws: Schedules.Mistake.unreadable(text)) { try Schedules.Change(text: text) }
    }

    @Test(arguments: ["", " \n"])
    func `nothing is missing, not wrong`(text: String) {
        #expect(throws: Schedules.Mistake.missing) { try Schedules.Change(text: text) }
    }

    // MARK: By hand

    @Test(arguments: [
        ("daily 09:00", "2026-11-25", "2026-11-25", "2026-11-26"),
        ("weekly mon 09:30", "2026-11-25", "2026-11-23", "2026-11-30"),
        ("weekly wed 09:30", "2026-11-25", "2026-11-25", "2026-12-02"),
        ("weekly thu 23:59", "2026-11-25", "2026-11-19", "2026-11-26"),
    ])
    func `is asked for by a day`(schedule: String, day: String, last: String, about: String) throws {
        let schedule = try #require(Schedule(text: schedule))
        let day = try #require(Day(text: day))
        #expect(schedule.last(until: day, in: .utc)?.day.description == last)
        #expect(schedule.occurrence(about: day, in: .utc)?.day.description == about)
    }

    @Test func `a day that a zone skipped is passed over`() throws {
        let zone = try #require(Zone(name: "Pacific/Apia"))
        let daily = try #require(Schedule(text: "daily 09:00"))
        #expect(daily.last(until: Day(year: 2011, month: 12, day: 30), in: zone)?.day.description == "2011-12-29")
        #expect(daily.occurrence(about: Day(year: 2011, month: 12, day: 29), in: zone)?.day.description == "2011-12-31")
    }

    @Test(arguments: ["2026-11-25", "2028-02-29", "1000-01-01", "9999-12-31"])
    func `a day is read as it is written`(text: String) { #expect(Day(text: text)?.description == text) }

    @Test(arguments: [
        "", "today", "2026-11-31", "2027-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-11-25", "2026-11-25 ",
        "2026/11/25", "-026-11-25", "２０２６-11-25", "2026-11-25-01",
    ])
    func `and nothing else is a day`(text: String) { #expect(Day(text: text) == nil) }

    // MARK: A year

    /// By Python's zoneinfo: `datetime(2026, m, d, hour, minute, tzinfo=ZoneInfo(name)).astimezone(utc)` for each day. Each
    /// entry is the first day from which on the report is at another time in UTC.
    @Test(arguments: [
        (
            "Europe/Berlin", "daily 09:00", 365,
            ["2026-01-01 2026-01-01T08:00:00Z", "2026-03-29 2026-03-29T07:00:00Z", "2026-10-25 2026-10-25T08:00:00Z"]
        ),
        // Not there on 29 March: sent at 03:30, which is the same moment. Twice on 25 October: the first time.
        (
            "Europe/Berlin", "daily 02:30", 365,
            ["2026-01-01 2026-01-01T01:30:00Z", "2026-03-30 2026-03-30T00:30:00Z", "2026-10-26 2026-10-26T01:30:00Z"]
        ),
        (
            "Europe/Berlin", "daily 00:15", 365,
            ["2026-01-01 2025-12-31T23:15:00Z", "2026-03-30 2026-03-29T22:15:00Z", "2026-10-26 2026-10-25T23:15:00Z"]
        ),
        (
            "America/New_York", "daily 09:00", 365,
            ["2026-01-01 2026-01-01T14:00:00Z", "2026-03-08 2026-03-08T13:00:00Z", "2026-11-01 2026-11-01T14:00:00Z"]
        ),
        (
            "America/New_York", "daily 02:30", 365,
            ["2026-01-01 2026-01-01T07:30:00Z", "2026-03-09 2026-03-09T06:30:00Z", "2026-11-01 2026-11-01T07:30:00Z"]
        ),
        (
            "America/New_York", "daily 01:30", 365,
            ["2026-01-01 2026-01-01T06:30:00Z", "2026-03-09 2026-03-09T05:30:00Z", "2026-11-02 2026-11-02T06:30:00Z"]
        ),
        // Half an hour of summer, in the south.
        (
            "Australia/Lord_Howe", "daily 09:00", 365,
            ["2026-01-01 2025-12-31T22:00:00Z", "2026-04-05 2026-04-04T22:30:00Z", "2026-10-04 2026-10-03T22:00:00Z"]
        ),
        (
            "Australia/Lord_Howe", "daily 02:15", 365,
            ["2026-01-01 2025-12-31T15:15:00Z", "2026-04-05 2026-04-04T15:45:00Z", "2026-10-05 2026-10-04T15:15:00Z"]
        ),
        (
            "Australia/Lord_Howe", "daily 01:45", 365,
            ["2026-01-01 2025-12-31T14:45:00Z", "2026-04-06 2026-04-05T15:15:00Z", "2026-10-05 2026-10-04T14:45:00Z"]
        ),
        ("Asia/Kathmandu", "daily 09:00", 365, ["2026-01-01 2026-01-01T03:15:00Z"]),
        ("Asia/Kathmandu", "daily 05:30", 365, ["2026-01-01 2025-12-31T23:45:00Z"]),
        ("UTC", "daily 09:00", 365, ["2026-01-01 2026-01-01T09:00:00Z"]),
        ("UTC", "daily 00:00", 365, ["2026-01-01 2026-01-01T00:00:00Z"]),
        (
            "Europe/Berlin", "weekly mon 09:30", 52,
            ["2026-01-05 2026-01-05T08:30:00Z", "2026-03-30 2026-03-30T07:30:00Z", "2026-10-26 2026-10-26T08:30:00Z"]
        ),
        (
            "America/New_York", "weekly mon 09:30", 52,
            ["2026-01-05 2026-01-05T14:30:00Z", "2026-03-09 2026-03-09T13:30:00Z", "2026-11-02 2026-11-02T14:30:00Z"]
        ),
        (
            "Australia/Lord_Howe", "weekly mon 09:30", 52,
            ["2026-01-05 2026-01-04T22:30:00Z", "2026-04-06 2026-04-05T23:00:00Z", "2026-10-05 2026-10-04T22:30:00Z"]
        ),
        ("Asia/Kathmandu", "weekly mon 09:30", 52, ["2026-01-05 2026-01-05T03:45:00Z"]),
        ("UTC", "weekly mon 09:30", 52, ["2026-01-05 2026-01-05T09:30:00Z"]),
    ])
    func `a whole year is right`(name: String, text: String, count: Int, changes: [String]) throws {
        let zone = try #require(Zone(name: name))
        let schedule = try #require(Schedule(text: text))
        let year = (0..<365).map { Day(year: 2026, month: 1, day: 1).adding($0) }
        var cursor = zone.date(of: LocalTime(day: Day(year: 2026, month: 1, day: 1), time: TimeOfDay(seconds: 0))) - 1
        var found: [String] = []
        var keys: Set<String> = []
        var previous: Double?
        for _ in 0..<count {
            let next = schedule.next(after: cursor, in: zone)
            #expect(next.date > cursor && year.contains(next.day))
            let secondsInto = next.date.timeIntervalSince1970 - Double(next.day.number * 86_400)
            if secondsInto != previous { found.append("\(next.day) \(next.date.formatted(.iso8601))") }
            previous = secondsInto
            cursor = next.date
            keys.insert(next.key)
        }
        #expect(found == changes)
        #expect(keys.count == count)
        #expect(schedule.next(after: cursor, in: zone).day.parts.year == 2027)
    }

    @Test(arguments: ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
    func `looked at every now and then, each day of a year is due once`(name: String) throws {
        let zone = try #require(Zone(name: name))
        for text in ["daily 02:15", "weekly sun 01:45"] {
            let schedule = try #require(Schedule(text: text))
            var last = zone.date(of: LocalTime(day: Day(year: 2026, month: 1, day: 1), time: TimeOfDay(seconds: 0)))
            let end = zone.date(of: LocalTime(day: Day(year: 2027, month: 1, day: 1), time: TimeOfDay(seconds: 0)))
            var days: [Day] = []
            while last < end {
                let now = last + 37 * 60
                if let due = schedule.due(between: last, and: now, in: zone) {
                    days.append(due.day)
                    #expect(zone.local(due.date).day == due.day)
                }
                last = now
            }
            #expect(days == Set(days).sorted())
            #expect(days.count == (text.hasPrefix("daily") ? 365 : 52))
        }
    }

    // MARK: Edges

    @Test(arguments: [
        ("daily 09:00", "2028-02-28T12:00:00Z", "2028-02-29"), ("daily 09:00", "2028-02-29T12:00:00Z", "2028-03-01"),
        ("daily 09:00", "2100-02-28T12:00:00Z", "2100-03-01"),
        ("weekly tue 09:00", "2028-02-24T12:00:00Z", "2028-02-29"),
        ("daily 09:00", "2026-12-31T12:00:00Z", "2027-01-01"), ("daily 09:00", "2026-11-24T08:00:00Z", "2026-11-25"),
        ("daily 09:00", "2026-11-24T07:59:59Z", "2026-11-24"),
        ("weekly mon 09:30", "2026-11-23T08:30:00Z", "2026-11-30"),
    ])
    func `the next one is on the right day`(text: String, now: String, day: String) throws {
        let zone = try #require(Zone(name: "Europe/Berlin"))
        let schedule = try #require(Schedule(text: text))
        let next = schedule.next(after: try Self.date(now), in: zone)
        #expect(next.day.description == day)
        #expect(next.key == "report:\(schedule.report.rawValue):\(day)")
    }

    @Test(
        arguments: [
            // Nothing between, something, exactly at its time.
            ("2026-11-24T06:00:00Z", "2026-11-24T07:59:59Z", nil),
            ("2026-11-24T07:59:30Z", "2026-11-24T08:00:00Z", "2026-11-24"),
            ("2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", nil),
            // Down for an hour, for a weekend, for a month: the last one only.
            ("2026-11-24T07:30:00Z", "2026-11-24T08:30:00Z", "2026-11-24"),
            ("2026-11-20T12:00:00Z", "2026-11-23T07:00:00Z", "2026-11-22"),
            ("2026-10-20T12:00:00Z", "2026-11-23T09:00:00Z", "2026-11-23"),
            // A clock that was set back, or stands still.
            ("2026-11-24T12:00:00Z", "2026-11-24T07:00:00Z", nil),
            ("2026-11-24T08:00:00Z", "2026-11-24T08:00:00Z", nil),
        ] as [(String, String, String?)])
    func `of what was missed, the last one is due`(start: String, end: String, day: String?) throws {
        let zone = try #require(Zone(name: "Europe/Berlin"))
        let schedule = Schedule(.daily, TimeOfDay(hour: 9, minute: 0))
        let due = schedule.due(between: try Self.date(start), and: try Self.date(end), in: zone)
        #expect(due?.day.description == day)
    }

    @Test func `a weekly one that was missed is due until the next`() throws {
        let zone = try #require(Zone(name: "Europe/Berlin"))
        let schedule = Schedule(.weekly(.monday), TimeOfDay(hour: 9, minute: 30))
        let (start, end) = (try Self.date("2026-11-20T12:00:00Z"), try Self.date("2026-11-30T08:29:00Z"))
        #expect(schedule.due(between: start, and: end, in: zone)?.key == "report:weekly:2026-11-23")
    }

    @Test func `who reads a late one is told`() throws {
        let due = try #require(
            Schedule(.daily, TimeOfDay(hour: 9, minute: 0)).occurrence(
                on: Day(year: 2026, month: 11, day: 24), in: .utc))
        #expect(!due.isLate(at: due.date) && !due.isLate(at: due.date + 300) && due.isLate(at: due.date + 301))
    }

    @Test func `a day that a zone skipped has none`() throws {
        let samoa = try #require(Zone(name: "Pacific/Apia"))
        let schedule = Schedule(.daily, TimeOfDay(hour: 9, minute: 0))
        var cursor = try Self.date("2011-12-28T00:00:00Z")
        let days = (0..<4).map { _ in
            let next = schedule.next(after: cursor, in: samoa)
            cursor = next.date
            return next.day.description
        }
        #expect(days == ["2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01"])
    }

    @Test func `the time or the zone changed after it was sent sends no second one that day`() throws {
        let berlin = try #require(Zone(name: "Europe/Berlin"))
        let sent = Schedule(.daily, TimeOfDay(hour: 9, minute: 0)).next(
            after: try Self.date("2026-11-24T07:00:00Z"), in: berlin)
        let later = Schedule(.daily, TimeOfDay(hour: 11, minute: 0)).next(after: sent.date, in: berlin)
        let elsewhere = Schedule(.daily, TimeOfDay(hour: 9, minute: 0)).next(after: sent.date, in: .utc)
        #expect(Set([sent.key, later.key, elsewhere.key]) == ["report:daily:2026-11-24"])
    }

    // MARK: A quarter with everything that goes wrong

    @Test(arguments: ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"], 0..<6)
    func `crashes, outages, clocks set back and two bots: never twice, never a day too many`(name: String, seed: UInt64)
        throws
    {
        let zone = try #require(Zone(name: name))
        let schedule = Schedule(.daily, TimeOfDay(hour: 2, minute: 30))
        var dice = Dice(seed: seed)
        var now = try Self.date("2026-09-15T00:00:00Z")
        let end = try Self.date("2026-12-15T00:00:00Z")
        // What the ledger keeps: what was sent, and until when somebody looked.
        var sent: [String: Date] = [:]
        var lookedUntil = now
        var outages: [ClosedRange<Date>] = []
        while now < end {
            for _ in 0..<Int.random(in: 1...2, using: &dice) {
                if let due = schedule.due(between: lookedUntil, and: now, in: zone), sent[due.key] == nil {
                    sent[due.key] = now
                    #expect(due.isLate(at: now) == (now.timeIntervalSince(due.date) > 300))
                }
                // A crash between sending and writing that down loses only the latter.
                if Int.random(in: 0..<10, using: &dice) > 0 { lookedUntil = max(lookedUntil, now) }
            }
            switch Int.random(in: 0..<400, using: &dice) {
            case 0:
                let start = now
                now += Double.random(in: 3600...400_000, using: &dice)
                outages.append(start...now)
            case 1: now -= Double.random(in: 60...7200, using: &dice)
            default: now += Double.random(in: 20...1800, using: &dice)
            }
        }
        var day = Day(year: 2026, month: 9, day: 16)
        while let due = schedule.occurrence(on: day, in: zone), due.date < end - 86_400 * 6 {
            // Left out is only what the next one overtook during an outage.
            let next = schedule.next(after: due.date, in: zone).date
            let isOvertaken = outages.contains { $0.contains(due.date) && $0.upperBound >= next }
            #expect((sent[due.key] == nil) == isOvertaken, "\(due.key)")
            if let date = sent[due.key] { #expect(date >= due.date) }
            day = day.adding(1)
        }
    }
}
