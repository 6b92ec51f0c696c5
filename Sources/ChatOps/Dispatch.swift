import Domain
import FoundationEssentials
import Logging
import Storage
import Telegram

/// Sends what waits in the outbox where no bot runs: for a command that ends when Telegram has it.
package struct Dispatch: Sendable {
    private let ledger: Ledger
    private let courier: Courier
    private let bell = Bell()

    package init(
        telegram: BotAPI, ledger: Ledger, limiter: any Limiter, log: Logger, now: @escaping @Sendable () -> Date
    ) {
        self.ledger = ledger
        courier = Courier(
            ledger: ledger, delivery: Delivery(telegram: telegram, ledger: ledger, log: log, now: now),
            pace: Pace(limiter: limiter), bell: bell, log: log, now: now)
    }

    /// Until nothing waits, and no longer than that: what Telegram does not take stays in the ledger. Throws when the
    /// token is wrong.
    package func run(atMost limit: Duration) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await courier.run(closing: Closing(ringing: [])) }
            group.addTask { try await Task.sleep(for: limit) }  // The limit: whoever ends first ends all.
            group.addTask {
                var rings = await bell.count
                while try await ledger.queues().outbox > 0 {
                    await bell.wait(after: rings, atMost: limit)
                    try Task.checkCancellation()
                    rings = await bell.count
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
