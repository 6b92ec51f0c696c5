import FoundationEssentials

/// How the alerts of a time fell on people: who was on duty when the chat was told, and who took them.
package struct DutyLoad: Sendable, Hashable {
    /// Those who had most first; of two who were on duty together each has the alert.
    package let onDuty: [Share]
    /// Told while nobody was on duty. What an older program told, which did not write that down, is not in it.
    package let whileNobody: Int
    package let taken: [Share]
    package let untaken: Int

    /// Somebody's alerts.
    package struct Share: Sendable, Hashable {
        package let name: String
        package let alerts: Int
    }

    /// - Parameter period: of what the chat was told then; its start belongs to it, its end to the next.
    package init(_ incidents: [Incident], in period: Range<Date>) {
        let told = incidents.filter { period.contains($0.openedAt) }
        onDuty = Self.shares(told.flatMap { Set($0.onDuty ?? []) })
        whileNobody = told.count { $0.onDuty?.isEmpty ?? false }
        taken = Self.shares(told.compactMap(\.takenBy))
        untaken = told.count { $0.takenBy == nil }
    }

    private static func shares(_ names: [String]) -> [Share] {
        Dictionary(grouping: names) { $0 }.map { Share(name: $0, alerts: $1.count) }
            .sorted { ($1.alerts, $0.name) < ($0.alerts, $1.name) }
    }
}
