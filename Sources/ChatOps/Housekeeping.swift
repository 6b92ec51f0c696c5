import FoundationEssentials
import Logging
import Storage

/// Keeps the ledger from growing for ever.
struct Housekeeping: Sendable {
    /// Longer than Telegram lets a bot edit its messages, and than it repeats an update.
    static let memoryInDays = 30
    private static let interval = Duration.seconds(6 * 3600)

    let ledger: Ledger
    let log: Logger
    let now: @Sendable () -> Date

    /// Runs until cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await ledger.prune(before: now().addingTimeInterval(-Double(Self.memoryInDays) * 86_400))
                try await Task.sleep(for: Self.interval)  // The pause between two rounds.
            } catch is CancellationError {
                return
            } catch {
                log.error("old entries could not be removed", metadata: ["error": "\(describe(error))"])
                try? await Task.sleep(for: Self.interval)  // Ends when cancelled.
            }
        }
    }
}
