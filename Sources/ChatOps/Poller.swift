import Domain
import FoundationEssentials
import Logging
import Storage
import Telegram

/// Asks Telegram for updates and writes them down before Telegram forgets them.
struct Poller: Sendable {
    /// Telegram's longest.
    private static let wait = Duration.seconds(50)
    /// After a week without updates Telegram numbers the next ones anew, perhaps lower; with an old offset they would be
    /// deleted unseen. A day less, for clocks that differ.
    private static let memory = 6.0 * 24 * 3600

    let telegram: BotAPI
    let ledger: Ledger
    let inboxBell: Bell
    let log: Logger
    let now: @Sendable () -> Date

    /// Runs until cancelled; throws when the token is wrong, which no patience mends.
    func run() async throws {
        var failures = 0
        while !Task.isCancelled {
            do {
                try await poll()
                failures = 0
            } catch BotAPIError.unauthorized {
                throw BotAPIError.unauthorized
            } catch is CancellationError {
                return
            } catch {
                failures += 1
                report(error, failures)
                try? await Task.sleep(for: Self.pause(after: failures, error))
            }
        }
    }

    /// Tells Telegram what we have, so that the next start is not given it again.
    func confirm() async throws {
        guard let offset = try await offset() else { return }
        _ = try await telegram.updates(from: offset, wait: .zero, limit: 1)
    }

    private func poll() async throws {
        let updates = try await telegram.updates(from: try await offset(), wait: Self.wait)
        guard !updates.isEmpty else { return }
        let entries = updates.map { raw in
            let update = try? Update.decode(raw.payload)  // What cannot be read is kept too, for the log.
            return InboxEntry(
                updateID: raw.id, chat: update?.chat ?? 0, payload: raw.payload, receivedAt: now(), attempts: 0)
        }
        try await ledger.receive(entries)
        await inboxBell.ring()
        await answerCallbacks(in: updates)
    }

    private func offset() async throws -> Int? {
        try await ledger.lastUpdateID(since: now().addingTimeInterval(-Self.memory)).map { $0 + 1 }
    }

    /// The spinner on a button ends only when we answer; the work itself waits for its turn.
    private func answerCallbacks(in updates: [RawUpdate]) async {
        await withDiscardingTaskGroup { group in
            for raw in updates {
                guard case .callback(let query)? = (try? Update.decode(raw.payload))?.kind else { continue }
                group.addTask {
                    // Decoration: a press that we could not confirm is handled all the same.
                    try? await telegram.answer(callback: query.id, text: nil, alert: false)
                }
            }
        }
    }

    private func report(_ error: any Error, _ failures: Int) {
        guard failures == 1 || failures.isMultiple(of: 20) else { return }
        if case BotAPIError.conflict = error {
            log.error("another instance reads this bot's updates; stop one of the two")
        } else {
            log.warning("no updates from Telegram", metadata: ["error": "\(describe(error))"])
        }
    }

    private static func pause(after failures: Int, _ error: any Error) -> Duration {
        if case BotAPIError.tooManyRequests(let seconds) = error { return .seconds(seconds) }
        return .seconds(min(30, 1 << min(failures - 1, 5)))
    }
}
