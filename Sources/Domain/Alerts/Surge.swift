import FoundationEssentials

/// An issue that happens far more often than it used to, or to far more people; with the reason in words.
package struct Surge: Sendable, Hashable, Codable {
    package let since: Date
    package let reason: String

    package init(since: Date, reason: String) {
        self.since = since
        self.reason = reason
    }

    /// Fewer events in an hour surprise nobody.
    package static let fewestEvents = 20
    private static let factor = 5.0
    private static let hoursOfMemory = 7 * 24
    /// With less to compare with, an issue is not spiking: it is new.
    private static let leastMemory = 24
    private static let fewestUsers = 10
    private static let userFactor = 3

    /// By the hours since it is known, at most a week: this one has at least 20 events, five times the usual and more than
    /// any other.
    ///
    /// - Parameter hours: events by the hour, counted from 1970; hours without any may be left out.
    package static func judge(_ hours: [Int: Int], firstSeen: Date, at now: Date) -> Surge? {
        let current = hour(of: now)
        let count = hours[current] ?? 0
        let known = min(hoursOfMemory, current - hour(of: firstSeen))
        guard count >= fewestEvents, known >= leastMemory else { return nil }
        let past = (1...known).map { hours[current - $0] ?? 0 }
        let busiest = past.max() ?? 0
        let usual = Double(past.reduce(0, +)) / Double(known)
        guard Double(count) >= factor * max(1, usual), count > busiest else { return nil }
        let span = known % 24 == 0 ? days(known / 24) : "\(known) hours"
        return Surge(
            since: now,
            reason: "\(count) events this hour; of the past \(span), an hour had \(rounded(usual)) on average, "
                + "\(busiest) at most")
    }

    /// By the people: at least ten, three times as many as when it was last spoken of.
    package static func judge(users: Int?, before: Int?, at now: Date) -> Surge? {
        guard let users, let before, before > 0, users >= fewestUsers, users >= userFactor * before else { return nil }
        return Surge(since: now, reason: "\(users) users are hit, \(before) were when I last looked")
    }

    /// Whether it goes on: a surge is news again only after it was over.
    package func isOver(_ hours: [Int: Int], at now: Date) -> Bool {
        let current = Self.hour(of: now)
        return now.timeIntervalSince(since) > 2 * 3600
            && (hours[current] ?? 0) + (hours[current - 1] ?? 0) < Self.fewestEvents
    }

    package static func hour(of date: Date) -> Int { Int((date.timeIntervalSince1970 / 3600).rounded(.down)) }

    private static func rounded(_ value: Double) -> String {
        value >= 10 || value == value.rounded() ? String(Int(value.rounded())) : "\((value * 10).rounded() / 10)"
    }

    private static func days(_ count: Int) -> String { count == 1 ? "24 hours" : "\(count) days" }
}

/// Spreads events over the hours in which they may have happened.
package enum Hours {
    /// All in the last hour, unless we could not look for longer: after a failure the rush is only apparent.
    package static func spread(_ events: Int, since last: Date?, until now: Date) -> [Int: Int] {
        let current = Surge.hour(of: now)
        let first = last.map { Surge.hour(of: $0) } ?? current
        let hours = min(7 * 24, max(1, current - first + 1))
        // One or two neighbouring hours are one look across the full hour.
        guard hours > 2 else { return [current: events] }
        var result: [Int: Int] = [:]
        for index in 0..<hours {
            let share = events * (index + 1) / hours - events * index / hours
            if share > 0 { result[current - hours + 1 + index] = share }
        }
        return result
    }
}
