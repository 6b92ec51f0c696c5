import FoundationEssentials

/// The time that a report is about, and those that it is compared with.
package struct ReportSpan: Sendable, Hashable {
    package let start: Date
    package let end: Date
    /// `Tuesday, 24 November`
    package let title: String
    /// The nearest first.
    package let earlier: [Earlier]
    /// The four weeks of which a week's report is the last, the oldest first; none for other spans.
    package private(set) var weeks: [Range<Date>] = []

    package struct Earlier: Sendable, Hashable {
        package let start: Date
        package let end: Date
        /// What it is called in a comparison: "the day before".
        package let words: String
    }

    /// The oldest moment that has to be known.
    package var beginning: Date {
        (earlier.map(\.start) + weeks.map(\.lowerBound)).min().map { min($0, start) } ?? start
    }

    /// A whole day, against the one before and the same day of the week before.
    package static func day(_ day: Day, in zone: Zone) -> ReportSpan {
        let weekday = Weekday(rawValue: day.weekday) ?? .sunday
        return ReportSpan(
            start: midnight(day, zone), end: midnight(day.adding(1), zone), title: "\(weekday), \(named(day))",
            earlier: [
                whole(day.adding(-1), 1, "the day before", zone),
                whole(day.adding(-7), 1, "the \(weekday) before", zone),
            ])
    }

    /// The seven days before a day, against those before them.
    package static func week(before day: Day, in zone: Zone) -> ReportSpan {
        ReportSpan(
            start: midnight(day.adding(-7), zone), end: midnight(day, zone),
            title: "Week of \(named(day.adding(-7))) to \(named(day.adding(-1)))",
            earlier: [whole(day.adding(-14), 7, "the week before", zone)],
            weeks: (1...4).reversed().map {
                midnight(day.adding(-7 * $0), zone)..<midnight(day.adding(-7 * ($0 - 1)), zone)
            })
    }

    /// Since midnight, against yesterday up to the same time.
    package static func today(at now: Date, in zone: Zone) -> ReportSpan {
        let local = zone.local(now)
        let yesterday = LocalTime(day: local.day.adding(-1), time: local.time)
        return ReportSpan(
            start: midnight(local.day, zone), end: now.addingTimeInterval(instant), title: "Today until \(local.time)",
            earlier: [
                Earlier(
                    start: midnight(local.day.adding(-1), zone), end: zone.date(of: yesterday),
                    words: "yesterday by then")
            ])
    }

    /// As long as that until now, against as long before.
    package static func last(_ period: Period, at now: Date) -> ReportSpan {
        let start = now.addingTimeInterval(-Double(period.seconds))
        return ReportSpan(
            start: start, end: now.addingTimeInterval(instant), title: "Last \(period)",
            earlier: [
                Earlier(
                    start: start.addingTimeInterval(-Double(period.seconds)), end: start, words: "the \(period) before")
            ])
    }

    // What happens at this very moment is in it.
    private static let instant = 1.0

    private static func whole(_ day: Day, _ count: Int, _ words: String, _ zone: Zone) -> Earlier {
        Earlier(start: midnight(day, zone), end: midnight(day.adding(count), zone), words: words)
    }

    private static func midnight(_ day: Day, _ zone: Zone) -> Date {
        zone.date(of: LocalTime(day: day, time: TimeOfDay(hour: 0, minute: 0)))
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static func named(_ day: Day) -> String { "\(day.parts.day) \(months[day.parts.month - 1])" }
}
