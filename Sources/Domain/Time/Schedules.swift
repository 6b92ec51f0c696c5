/// The reports that a chat gets, and when.
package struct Schedules: Sendable, Hashable, Codable {
    package let daily: Schedule?
    package let weekly: Schedule?

    /// What a chat has that never asked for anything else.
    package static let standard = Schedules(
        daily: Schedule(.daily, TimeOfDay(hour: 9, minute: 0)),
        weekly: Schedule(.weekly(.monday), TimeOfDay(hour: 9, minute: 30)))

    package init(daily: Schedule?, weekly: Schedule?) {
        self.daily = daily
        self.weekly = weekly
    }

    package var all: [Schedule] { [daily, weekly].compactMap(\.self) }

    /// What somebody wants changed.
    package enum Change: Sendable, Hashable {
        case set(Schedule)
        case off(Schedule.Report)
        case allOff
    }

    package enum Mistake: Error, Sendable, Hashable {
        case missing
        case unreadable(String)
    }

    package func changed(_ change: Change) -> Schedules {
        switch change {
        case .set(let schedule) where schedule.report == .daily: Schedules(daily: schedule, weekly: weekly)
        case .set(let schedule): Schedules(daily: daily, weekly: schedule)
        case .off(.daily): Schedules(daily: nil, weekly: weekly)
        case .off(.weekly): Schedules(daily: daily, weekly: nil)
        case .allOff: Schedules(daily: nil, weekly: nil)
        }
    }
}

extension Schedules.Change {
    /// Reads `daily 09:00`, `weekly mon 09:30`, `daily off`, `off`.
    package init(text: some StringProtocol) throws(Schedules.Mistake) {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace)
        guard let first = words.first else { throw .missing }
        if words == ["off"] {
            self = .allOff
        } else if words.count == 2, words[1] == "off", let report = Schedule.Report(rawValue: String(first)) {
            self = .off(report)
        } else if let schedule = Schedule(text: text) {
            self = .set(schedule)
        } else {
            throw .unreadable(String(text))
        }
    }
}
