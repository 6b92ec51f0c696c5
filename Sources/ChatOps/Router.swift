import Domain
import FoundationEssentials
import Storage
import Telegram

/// Finds out what an update asks for: by whom, which command, about which issue.
struct Router: Sendable {
    let commands: [String: any Command]
    let team: Team
    let ledger: Ledger
    /// Our own user name: in groups a line may be meant for another bot (`/help@other_bot`).
    let botName: BotName

    enum Heard: Sendable {
        case line(Line)
        /// Somebody outside the team chat; gets no answer.
        case stranger
        /// We were let into a chat that may have shut us out before.
        case welcome(chat: Int64)
        /// A chat of the team has another id from now on.
        case move(chat: Int64, to: Int64)
        /// Talk among people, another bot's command, an update of a kind we do not use.
        case nothing
    }

    /// A command line and where it came from.
    struct Line: Sendable {
        let sender: Call.Sender
        let role: Role
        let chat: Int64
        let thread: Int?
        /// The message with the line; nil for a button.
        let message: Int?
        /// Under which key the message was written whose button was pressed.
        let pressed: String?
        let text: String
        let repliedTo: Issue.ID?

        /// `investigate` of `/investigate@tipline_bot 2`.
        var name: String {
            String(text.dropFirst().prefix { !$0.isWhitespace && $0 != "@" }).lowercased()
        }

        var arguments: Arguments { Arguments(text.drop { !$0.isWhitespace }, repliedTo: repliedTo) }
    }

    func hear(_ update: Update) async throws -> Heard {
        switch update.kind {
        case .message(let message): try await hear(message)
        case .callback(let query): try await hear(query)
        case .membership(let chat, isMember: true): .welcome(chat: chat)
        case .upgrade(let chat, let new): try await configured(chat) == nil ? .nothing : .move(chat: chat, to: new)
        case .membership, .unknown: .nothing
        }
    }

    private func hear(_ message: Telegram.Message) async throws -> Heard {
        guard let sender = message.sender, !sender.isBot, let text = message.text, text.hasPrefix("/"),
            try await isForUs(text)
        else { return .nothing }
        guard let role = try await role(of: sender.id, in: message.chat.id) else { return .stranger }
        return .line(
            Line(
                sender: .init(id: sender.id, name: sender.name), role: role, chat: message.chat.id,
                thread: message.thread, message: message.id, pressed: nil, text: text,
                repliedTo: try await issue(ofMessage: message.repliedTo, in: message.chat.id)))
    }

    private func hear(_ query: CallbackQuery) async throws -> Heard {
        guard let line = query.data, line.hasPrefix("/"), let message = query.message else { return .nothing }
        guard let role = try await role(of: query.sender.id, in: message.chat) else { return .stranger }
        return .line(
            Line(
                sender: .init(id: query.sender.id, name: query.sender.name), role: role, chat: message.chat,
                thread: message.thread, message: nil,
                pressed: try await ledger.key(ofMessage: message.id, in: message.chat), text: line,
                repliedTo: try await issue(ofMessage: message.id, in: message.chat)))
    }

    private func role(of user: Int64, in chat: Int64) async throws -> Role? {
        try await configured(chat).flatMap { team.role(of: user, in: $0) }
    }

    /// The id under which the operator knows one of the team's chats, which may have become a supergroup since.
    private func configured(_ chat: Int64) async throws -> Int64? {
        for known in team.chats where try await ledger.currentChat(for: known) == chat { return known }
        return nil
    }

    private func issue(ofMessage id: Int?, in chat: Int64) async throws -> Issue.ID? {
        guard let id, let subject = try await ledger.subject(ofMessage: id, in: chat) else { return nil }
        return Subject.issue(from: subject)
    }

    private func isForUs(_ text: String) async throws -> Bool {
        let word = text.prefix { !$0.isWhitespace }
        guard let at = word.firstIndex(of: "@") else { return true }
        return word[word.index(after: at)...].lowercased() == (try await botName.get()).lowercased()
    }
}
