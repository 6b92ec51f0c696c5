import Domain
import FoundationEssentials
import Logging
import Storage
import Telegram

/// Sends or edits one message, and notes in the ledger what Telegram said.
struct Delivery: Sendable {
    let telegram: BotAPI
    let ledger: Ledger
    let log: Logger
    let now: @Sendable () -> Date

    /// Throws only when nothing can be delivered any more: the token is wrong.
    func deliver(_ due: DueMessage) async throws {
        do {
            let posting = try Posting(json: due.message.content)
            guard try await isItsTurn(due, posting) else { return }
            let id = try await show(due, content: .html(posting.text), posting)
            try await ledger.delivered(due, messageID: id, at: now())
        } catch let error as BotAPIError {
            do {
                try await settle(due, error)
            } catch BotAPIError.unauthorized {
                throw BotAPIError.unauthorized
            } catch {
                report("a message could not be put off", due, error)
            }
        } catch is CancellationError {
            // The process ends; the message stays due.
        } catch {
            report("a message could not be delivered", due, error)
            await giveUp(due, "it cannot be read")
        }
    }

    private func show(_ due: DueMessage, content text: Content.Text, _ posting: Posting) async throws -> Int {
        if posting.after != nil { return try await showFile(due, caption: text, posting) }
        let content = Content(text, keyboard: InlineKeyboardMarkup(posting.keyboard))
        let message = due.message
        if let id = due.messageID {
            try await telegram.edit(id, in: message.chat, to: content)
            return id
        }
        return try await telegram.send(
            content, to: Destination(chat: message.chat, thread: message.thread), replyingTo: message.replyTo,
            silent: posting.isSilent)
    }

    /// A picture or a document that stands in the chat stays as it is: Telegram cannot change it by `editMessageText`.
    private func showFile(_ due: DueMessage, caption text: Content.Text, _ posting: Posting) async throws -> Int {
        if let id = due.messageID { return id }
        let caption =
            switch text {
            case .html(let html): html
            case .plain(let plain): HTML(plain)
            }
        let destination = Destination(chat: due.message.chat, thread: due.message.thread)
        if let document = posting.document {
            return try await telegram.sendDocument(
                name: document.name, bytes: Array(document.text.utf8), caption: caption, to: destination,
                replyingTo: due.message.replyTo, silent: posting.isSilent)
        }
        return try await telegram.sendPhoto(
            posting.picture?.png ?? [], caption: caption, to: destination, replyingTo: due.message.replyTo,
            silent: posting.isSilent)
    }

    /// A file waits until the text above it is there, or will never be. One that is refused comes in minutes or hours.
    private func isItsTurn(_ due: DueMessage, _ posting: Posting) async throws -> Bool {
        guard let key = posting.after, let before = try await ledger.message(key), before.sent == 0,
            before.givenUpAt == nil
        else { return true }
        let pause: Double = before.refusals == 0 ? 1 : 60
        try await ledger.postpone(
            due.message.key, until: now().addingTimeInterval(pause), reason: "it waits for its text", at: now())
        return false
    }

    /// What each of Telegram's refusals means for the message.
    private func settle(_ due: DueMessage, _ error: BotAPIError) async throws {
        let (key, chat) = (due.message.key, due.message.chat)
        switch error {
        case .unauthorized:
            throw error
        case .tooManyRequests(let seconds):
            let date = now()
            try await ledger.postpone(chat: chat, until: date.addingTimeInterval(Double(seconds)), at: date)
        case .migrated(let newChat):
            log.notice("the group became a supergroup", metadata: ["chat": "\(chat)", "now": "\(newChat)"])
            try await ledger.migrate(chat: chat, to: newChat)
        case .forbidden(let reason):
            report("a chat does not take our messages; they wait", due, error)
            try await ledger.pause(chat: chat, reason: reason, at: now())
        case .unparseable:
            report("Telegram could not read a message's HTML; sent as plain text", due, error)
            try await sendPlain(due)
        case .messageGone:
            if due.messageID != nil { try await Self.settleDeleted(due, ledger, at: now()) }
        case .topicGone:
            report("the topic is closed or gone; sent to the general one", due, error)
            try await ledger.moveToGeneralTopic(key)
            guard due.message.thread == nil else { return }
            // The general one itself is closed; somebody may open it again.
            try await postpone(key, for: 300, error)
        case .refused, .conflict:
            report("Telegram refused a message", due, error)
            guard let pause = Self.pause(afterRefusalOf: due) else { return await giveUp(due, error.explanation) }
            try await postpone(key, for: pause, error, isRefused: true)
        case .unreachable, .server, .malformed:
            // 1, 2, 4 … 60 s. Telegram may have taken it: sent twice is better than never.
            let pause = Double(min(60, 1 << min(due.attempts, 6)))
            try await postpone(key, for: pause, error)
        }
    }

    /// Until Telegram gets it again; nil when it never shall.
    ///
    /// Admins who mute the group for an hour are refused in the same way as a message that can never be sent. Nobody asks
    /// again for an alert or a report, so these wait for a day; whoever asked for an answer sees that none came.
    private static func pause(afterRefusalOf due: DueMessage) -> Double? {
        guard due.messageID == nil else { return nil }
        switch due.message.priority {
        case .answer, .edit: return nil
        case .alert, .report: break
        }
        switch due.refusals {
        case 0: return 60
        case 1: return 300
        case 2..<26: return 3600
        default: return nil
        }
    }

    private func postpone(_ key: String, for seconds: Double, _ error: BotAPIError, isRefused: Bool = false)
        async throws
    {
        let date = now()
        try await ledger.postpone(
            key, until: date.addingTimeInterval(seconds), reason: error.explanation, isRefused: isRefused, at: date)
    }

    /// Somebody deleted it in the chat. What was asked for is worth showing again; what only changed is not.
    static func settleDeleted(_ due: DueMessage, _ ledger: Ledger, at date: Date) async throws {
        if due.message.priority == .edit {
            try await ledger.giveUp(due, reason: StoredMessage.deleted, at: date)
        } else {
            try await ledger.forgetMessageID(due.message.key)
        }
    }

    private func sendPlain(_ due: DueMessage) async throws {
        let posting = try Posting(json: due.message.content)
        do {
            let id = try await show(due, content: .plain(posting.text.plain), posting)
            try await ledger.delivered(due, messageID: id, at: now())
        } catch BotAPIError.unparseable {
            await giveUp(due, BotAPIError.unparseable.explanation)
        } catch let error as BotAPIError {
            // Else it would be due again at once, and for ever.
            try await settle(due, error)
        }
    }

    private func giveUp(_ due: DueMessage, _ reason: String) async {
        do {
            try await ledger.giveUp(due, reason: reason, at: now())
        } catch {
            report("a message could not be given up", due, error)
        }
    }

    private func report(_ what: Logger.Message, _ due: DueMessage, _ error: any Error) {
        log.warning(what, metadata: ["message": "\(due.message.key)", "error": "\(describe(error))"])
    }
}
