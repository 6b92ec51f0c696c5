import Domain
import FoundationEssentials
import Storage
import Telegram

/// Shows that a command is being worked on: "typing…" at once, and a line of text when it takes longer.
///
/// The line is written under the key of the answer, which therefore takes its place.
struct Feedback: Sendable {
    /// Telegram shows "typing…" for five seconds.
    private static let typingLasts = Duration.seconds(4)

    let telegram: BotAPI
    let ledger: Ledger
    let outboxBell: Bell
    let line: Router.Line
    let key: String
    let now: @Sendable () -> Date
    /// After so long a line says that it is being worked on.
    let patience: Duration

    func during(_ work: @escaping @Sendable (@escaping @Sendable (HTML) async -> Void) async throws -> Reply)
        async throws
        -> Reply
    {
        let progress = Progress()
        return try await withThrowingTaskGroup(of: Reply?.self) { group in
            group.addTask { try await work { await progress.set($0) } }
            group.addTask {
                await showTyping()
                return nil
            }
            group.addTask {
                await showSteps(progress)
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let reply = result { return reply }
            }
            throw CancellationError()
        }
    }

    /// Only decoration: when Telegram refuses it, the answer is none the worse.
    private func showTyping() async {
        while !Task.isCancelled {
            try? await telegram.typing(in: Destination(chat: line.chat, thread: line.thread))
            try? await Task.sleep(for: Self.typingLasts)  // Ends when cancelled.
        }
    }

    /// A new text at most every one and a half seconds: edits count against Telegram's limits for groups.
    private func showSteps(_ progress: Progress) async {
        var shown: HTML?
        while true {
            do {
                try await Task.sleep(for: patience)  // The pause between two edits.
                let text = await progress.text
                guard text != shown else { continue }
                let message = Storage.Message(
                    key: key, chat: line.chat, thread: line.thread, replyTo: line.message, subject: nil,
                    priority: .answer, content: try Posting(text).json())
                try await ledger.say([message], at: now())
                await outboxBell.ring()
                shown = text
            } catch {
                return  // Cancelled, or the ledger is in trouble: the answer itself will say so.
            }
        }
    }

    private actor Progress {
        private(set) var text: HTML = "Working…"

        func set(_ text: HTML) { self.text = text }
    }
}
