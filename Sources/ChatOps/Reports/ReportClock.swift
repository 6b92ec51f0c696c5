import Domain
import FoundationEssentials
import Logging
import Storage

/// Sends the reports when they are due, each once: by its key in the ledger, whichever of several bots looks first and
/// wherever one is killed. What came due while nobody was there is sent late, and only the last of it.
package struct ReportClock: Sendable {
    private static let interval = Duration.seconds(15)
    private static let looked = "report.looked"

    private let desk: ReportDesk
    private let outboxBell: Bell
    private let now: @Sendable () -> Date

    package init(desk: ReportDesk, outboxBell: Bell, now: @escaping @Sendable () -> Date) {
        self.desk = desk
        self.outboxBell = outboxBell
        self.now = now
    }

    /// Until it is cancelled.
    package func run() async {
        while !Task.isCancelled {
            do {
                try await look()
                try await Task.sleep(for: Self.interval)
            } catch is CancellationError {
                return
            } catch {
                desk.log.error("a report could not be sent", metadata: ["error": "\(describe(error))"])
                try? await Task.sleep(for: Self.interval)  // Ends when cancelled.
            }
        }
    }

    /// One look at the clock.
    package func look() async throws {
        let now = now()
        let last = try await time(Self.looked)
        // A bot that starts for the first time owes nobody anything.
        if let last, last < now {
            for (place, schedules) in try await desk.schedules() {
                for occurrence in schedules.all.compactMap({ $0.due(between: last, and: now, in: desk.zone) }) {
                    guard try await desk.send(occurrence, to: place, late: occurrence.isLate(at: now), at: now) else {
                        continue
                    }
                    await outboxBell.ring()
                }
            }
        }
        // Set back, it goes on from there: the keys know what was sent.
        if last != now { try await set(now, for: Self.looked) }
        try await desk.history.keepUp(at: now)
    }

    private func time(_ key: String) async throws -> Date? {
        try await desk.ledger.setting(key).flatMap { Double($0) }.map { Date(timeIntervalSince1970: $0) }
    }

    private func set(_ date: Date, for key: String) async throws {
        try await desk.ledger.set(String(date.timeIntervalSince1970), for: key)
    }
}
