import FoundationEssentials

/// A moment as a calendar and a clock on the wall show it, without saying where.
package struct LocalTime: Sendable, Hashable, Comparable {
    package let day: Day
    package let time: TimeOfDay

    package init(day: Day, time: TimeOfDay) {
        self.day = day
        self.time = time
    }

    package static func < (left: LocalTime, right: LocalTime) -> Bool {
        (left.day, left.time) < (right.day, right.time)
    }

    /// Seconds since the same calendar's 1970 began.
    var seconds: Int { day.number * 86_400 + time.seconds }

    init(seconds: Int) {
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        day = Day(number: days)
        time = TimeOfDay(seconds: seconds - days * 86_400)
    }
}

/// A day of the calendar, by the count of days since 1 January 1970.
package struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let number: Int

    package init(number: Int) { self.number = number }

    package init(year: Int, month: Int, day: Int) {
        // Years are counted from March, so that the leap day is the last (H. Hinnant, "chrono-compatible algorithms").
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// `2026-11-25`, if there is such a day.
    package init?(text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return nil }
        self.init(year: year, month: month, day: day)
        // There is no 31 June.
        guard description == text else { return nil }
    }

    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    /// 0 is Sunday.
    package var weekday: Int { ((number + 4) % 7 + 7) % 7 }

    package func adding(_ days: Int) -> Day { Day(number: number + days) }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// `2026-11-25`.
    package var description: String {
        let (year, month, day) = parts
        return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
    }
}

/// A time of the day: `18:00`.
package struct TimeOfDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Since midnight.
    package let seconds: Int

    package init(seconds: Int) { self.seconds = seconds }

    package init(hour: Int, minute: Int) { seconds = hour * 3600 + minute * 60 }

    /// `18:00`, `9:30`.
    package init?(text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    package static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.seconds < right.seconds }

    package var description: String { "\(twoDigits(seconds / 3600)):\(twoDigits(seconds / 60 % 60))" }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
