import Domain
import FoundationEssentials
import Logging
import Storage
import Telegram

/// Handles one update, from its bytes in the ledger to the messages that answer it.
struct Handling: Sendable {
    /// After so many tries an update is put aside: one that kills the process must not do so for ever.
    static let mostAttempts = 3

    let router: Router
    let ledger: Ledger
    let telegram: BotAPI
    let limiter: any Limiter
    let health: Health
    let log: Logger
    let outboxBell: Bell
    let now: @Sendable () -> Date
    let reference: @Sendable () -> String
    /// How long an answer may take before a line says that it is being worked on.
    var patience = Duration.milliseconds(1500)

    /// What one person may ask for: ten at once, then one every three seconds.
    private static let perPerson = RateLimit(burst: 10, interval: .seconds(3))

    /// - Parameter isSlow: called when the command turns out to take long.
    func handle(_ entry: InboxEntry, isSlow: @escaping @Sendable () async -> Void = {}) async throws {
        let update: Update
        do {
            update = try Update.decode(entry.payload)
        } catch {
            log.warning("update not understood", metadata: ["update": "\(entry.updateID)"])
            return try await ledger.finish(update: entry.updateID, saying: [], audit: nil, at: now())
        }
        switch try await hear(update, entry) {
        case .nothing:
            try await ledger.finish(update: entry.updateID, saying: [], audit: nil, at: now())
        case .stranger:
            await health.countStranger()
            try await ledger.finish(update: entry.updateID, saying: [], audit: nil, at: now())
        case .welcome(let chat):
            try await ledger.resume(chat: chat)
            try await ledger.finish(update: entry.updateID, saying: [], audit: nil, at: now())
        case .move(let chat, let new):
            log.notice("the group became a supergroup", metadata: ["chat": "\(chat)", "now": "\(new)"])
            try await ledger.migrate(chat: chat, to: new)
            try await ledger.finish(update: entry.updateID, saying: [], audit: nil, at: now())
        case .line(let line):
            // Whom we hear, we are with: what was refused once may have been mended without a word from Telegram.
            try await ledger.resume(chat: line.chat)
            try await answer(line, entry, isSlow)
        }
        await outboxBell.ring()
    }

    /// When that fails, nothing was done yet: Telegram or the ledger is away, however often, and the update only waits.
    private func hear(_ update: Update, _ entry: InboxEntry) async throws -> Router.Heard {
        do {
            return try await router.hear(update)
        } catch {
            try await ledger.putBack(update: entry.updateID)
            throw error
        }
    }

    private func answer(
        _ line: Router.Line, _ entry: InboxEntry, _ isSlow: @escaping @Sendable () async -> Void
    ) async throws {
        let key = "update:\(entry.updateID)"
        let command = router.commands[line.name]
        let (reply, outcome) = await outcome(of: command, line, key, entry, isSlow)
        try Task.checkCancellation()

        let messages = try await messages(for: reply, line, key)
        let isNoted = reply.outcome != nil || (command?.manual.role ?? .observer) > .observer
        let audit = AuditEntry(
            date: now(), sender: line.sender.id, name: line.sender.name, chat: line.chat,
            line: Scrubber.scrub(line.text.cut(to: 500)), outcome: outcome)
        try await ledger.finish(
            update: entry.updateID, saying: messages, audit: isNoted ? audit : nil, at: now())
    }

    /// The answer, and what the audit log says became of the line.
    private func outcome(
        of command: (any Command)?, _ line: Router.Line, _ key: String, _ entry: InboxEntry,
        _ isSlow: @escaping @Sendable () async -> Void
    ) async -> (Reply, String) {
        do {
            guard entry.attempts <= Self.mostAttempts else {
                throw Refusal("I tried this \(Self.mostAttempts) times and broke each time. I leave it now.")
            }
            guard let command else { throw unknown(line.name) }
            guard line.role >= command.manual.role else { throw Refusal.lacks(command.manual.role) }
            try await limit(line.sender)
            let reply = try await Feedback(
                telegram: telegram, ledger: ledger, outboxBell: outboxBell, line: line, key: key, now: now,
                patience: patience
            ).during { progress in
                try await command.run(
                    Call(
                        key: key, sender: line.sender, role: line.role,
                        place: Destination(chat: line.chat, thread: line.thread), pressed: line.pressed,
                        line: line.text, arguments: line.arguments, date: entry.receivedAt,
                        isRepeated: entry.attempts > 1,
                        progress: { words in
                            await progress(words)
                            await isSlow()
                        }))
            }
            return (reply, reply.outcome ?? "answered")
        } catch {
            guard let refusal = Refusal(explaining: error) else {
                let reference = reference()
                log.error(
                    "a command failed",
                    metadata: [
                        "reference": "\(reference)", "command": "\(line.name)",
                        "error": "\(Scrubber.scrub(String(describing: error)))",
                    ])
                return (Reply("Something broke on my side. Reference \(HTML.code(reference))."), "failed: \(reference)")
            }
            return (Reply(refusal.text), "refused")
        }
    }

    private func unknown(_ name: String) -> Refusal {
        let meant = Spelling.nearest(to: name, among: router.commands.keys).map { "Did you mean /\($0)? " } ?? ""
        return Refusal("There is no command \(HTML.code("/\(name.cut(to: 40))")). \(meant)/help lists them all.")
    }

    private func limit(_ sender: Call.Sender) async throws {
        guard let wait = await limiter.take([(RedisKeys.person(sender.id), Self.perPerson)], at: now()) else { return }
        let seconds = max(1, Int(wait.seconds.rounded(.up)))
        throw Refusal("That was a lot at once. Ask again in \(seconds) s.")
    }

    private func messages(for reply: Reply, _ line: Router.Line, _ key: String) async throws -> [Storage.Message] {
        let messages = { (reply: Reply, key: String) in
            try Posting.messages(
                for: reply, key: key, in: line.chat, thread: line.thread, replyingTo: line.message, priority: .answer)
        }
        // It took so long that "Working…" stands there, waiting for an answer.
        let isAwaited = try await ledger.message(key) != nil
        switch reply.placement {
        case .below: return try messages(reply, key)
        case .inPlace:
            guard let pressed = line.pressed else { return try messages(reply, key) }
            return try messages(reply, pressed) + (isAwaited ? try messages(Reply("Done, see above."), key) : [])
        case .shown: return isAwaited ? try messages(reply, key) : []
        }
    }
}
