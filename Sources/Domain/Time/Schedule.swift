import FoundationEssentials

/// When a report goes out, by the clocks of the team's time zone: `daily 09:00`, `weekly mon 09:30`.
package struct Schedule: Sendable, Hashable, CustomStringConvertible {
    package let rhythm: Rhythm
    package let time: TimeOfDay

    package enum Rhythm: Sendable, Hashable {
        case daily
        case weekly(Weekday)
    }

    /// What goes out.
    package enum Report: String, Sendable, Hashable, Codable, CaseIterable { case daily, weekly }

    package init(_ rhythm: Rhythm, _ time: TimeOfDay) {
        self.rhythm = rhythm
        self.time = time
    }

    /// `daily 09:00`, `weekly mon 09:30`.
    package init?(text: some StringProtocol) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let last = words.last, let time = TimeOfDay(text: last) else { return nil }
        switch (words.first?.lowercased(), words.count) {
        case ("daily", 2): self.init(.daily, time)
        case ("weekly", 3):
            guard let weekday = Weekday(text: words[1]) else { return nil }
            self.init(.weekly(weekday), time)
        default: return nil
        }
    }

    package var report: Report {
        switch rhythm {
        case .daily: .daily
        case .weekly: .weekly
        }
    }

    /// As it is typed.
    package var description: String {
        switch rhythm {
        case .daily: "daily \(time)"
        case .weekly(let weekday): "weekly \(weekday.short) \(time)"
        }
    }

    /// `every day at 09:00`, `every Monday at 09:30`.
    package var words: String {
        switch rhythm {
        case .daily: "every day at \(time)"
        case .weekly(let weekday): "every \(weekday) at \(time)"
        }
    }

    // MARK: When

    /// Days in which there is one for sure: a week and a day, for weekly ones, and some more for days that a zone skipped.
    private static let farthest = 16

    /// The first time after that moment.
    package func next(after date: Date, in zone: Zone) -> Occurrence {
        // By the day before, because an occurrence that was put off by a change of the clocks may end up in the next.
        var day = zone.local(date).day.adding(-1)
        while true {
            if let occurrence = occurrence(on: day, in: zone), occurrence.date > date { return occurrence }
            day = day.adding(1)
        }
    }

    /// The last time after `start` and not after `end`: what is to be sent now, when all was looked after until `start`.
    ///
    /// After a long time, only the last one: nobody reads ten old reports. None when the clock was set back; by its key
    /// none is sent twice either.
    package func due(between start: Date, and end: Date, in zone: Zone) -> Occurrence? {
        guard start < end else { return nil }
        let last = zone.local(end).day.adding(1)
        for distance in 0...Self.farthest {
            guard let occurrence = occurrence(on: last.adding(-distance), in: zone), occurrence.date <= end else {
                continue
            }
            return occurrence.date > start ? occurrence : nil
        }
        return nil
    }

    /// When it is due on a day, if it is at all.
    package func occurrence(on day: Day, in zone: Zone) -> Occurrence? {
        if case .weekly(let weekday) = rhythm, day.weekday != weekday.rawValue { return nil }
        let date = zone.date(of: LocalTime(day: day, time: time))
        // Samoa had no 30 December 2011.
        guard zone.local(date).day == day else { return nil }
        return Occurrence(report: report, day: day, date: date)
    }

    /// The last one that is not after this day, whatever the time.
    package func last(until day: Day, in zone: Zone) -> Occurrence? {
        (0...Self.farthest).lazy.compactMap { occurrence(on: day.adding(-$0), in: zone) }.first
    }

    /// The one whose report has this day in it: the first after it.
    package func occurrence(about day: Day, in zone: Zone) -> Occurrence? {
        (1...Self.farthest).lazy.compactMap { occurrence(on: day.adding($0), in: zone) }.first
    }

    /// One time that a report is due.
    package struct Occurrence: Sendable, Hashable {
        package let report: Report
        /// By the calendar in the team's zone.
        package let day: Day
        package let date: Date

        // Longer than the clock ever takes to look, and to try again when it did not work.
        private static let tolerance = 300.0

        /// Under which it is sent, once: `report:daily:2026-11-24`. The same when the time or the zone is changed that
        /// day, and whichever of several bots sends it.
        package var key: String { "report:\(report.rawValue):\(day)" }

        /// Whether whoever reads it should be told that it comes late.
        package func isLate(at now: Date) -> Bool { now.timeIntervalSince(date) > Self.tolerance }
    }
}

extension Schedule: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let schedule = Schedule(text: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no schedule: \(text)")
        }
        self = schedule
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
