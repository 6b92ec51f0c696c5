import FoundationEssentials
import Logging
import Storage

/// Keeps the ledger from growing for ever.
struct Housekeeping: Sendable {
    /// Longer than Telegram lets a bot edit its messages, and than it repeats an update.
    private static let memory = 30.0 * 24 * 3600
    private static let interval = Duration.seconds(6 * 3600)

    let ledger: Ledger
    let log: Logger
    let now: @Sendable () -> Date

    /// Runs until cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await ledger.prune(before: now().addingTimeInterval(-Self.memory))
                try await Task.sleep(for: Self.interval)
            } catch is CancellationError {
                return
            } catch {
                log.error("old entries could not be removed", metadata: ["error": "\(describe(error))"])
                try? await Task.sleep(for: Self.interval)  // Ends when cancelled.
            }
        }
    }
}
