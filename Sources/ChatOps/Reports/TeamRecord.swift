import Domain
import FoundationEssentials
import Storage

/// How fast the team was, by what the ledger has written down.
package struct TeamRecord: Sendable {
    private let ledger: Ledger
    package let zone: Zone
    /// `TIPLINE_BASELINE_MINUTES`.
    private let baselineMinutes: Int

    package init(ledger: Ledger, zone: Zone, baselineMinutes: Int) {
        self.ledger = ledger
        self.zone = zone
        self.baselineMinutes = baselineMinutes
    }

    package func incidents(since date: Date) async throws -> [Incident] { try await ledger.incidents(since: date) }

    /// What the team measured, if it did and has stopped; else what it says.
    package func baseline() async throws -> TimeSaved.Baseline {
        guard let span = try await ledger.baseline(), let end = span.end else {
            return .assumed(minutes: baselineMinutes)
        }
        return .measured(
            try await unaided(from: span.start, to: end), from: zone.local(span.start).day, to: zone.local(end).day)
    }

    package func span() async throws -> BaselineSpan? { try await ledger.baseline() }

    package func set(_ span: BaselineSpan) async throws { try await ledger.set(baseline: span) }

    /// How long people needed by themselves for what they began within the time.
    package func unaided(from start: Date, to end: Date) async throws -> Spread {
        Spread(
            try await ledger.incidents(since: start).filter { incident in
                incident.firstActAt.map { $0 >= start && $0 < end } ?? false
            }.compactMap(\.unaided))
    }
}
