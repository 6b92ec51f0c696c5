import Domain
import FoundationEssentials
import HTTP

/// Telegram's Bot API: the methods that the bot uses. Nothing is repeated here; the outbox does that.
///
/// Every method throws a `BotAPIError`, or `CancellationError`.
package struct BotAPI: Sendable {
    /// Bytes. A hundred long messages, each answering another, with every letter escaped, have more than eight megabytes;
    /// an answer that was refused for its size would be given again for ever.
    private static let updatesLimit = 32 << 20

    let door: Door

    /// `base` without a slash at its end: `https://api.telegram.org`, or a Bot API server of one's own.
    package init(base: String, token: Secret, http: Client) { door = Door(base: base, token: token, http: http) }

    /// Who we are; also the way to check the token.
    package func me() async throws -> User { try await door.call("getMe", Nothing(), WireUser.self).user }

    /// Whether the bot may read a chat. Telegram does not tell one that does not exist from one that it is not in.
    package func knows(_ chat: Int64) async throws -> Bool {
        do {
            _ = try await door.post("getChat", ChatRequest(chat_id: chat))
            return true
        } catch BotAPIError.refused, BotAPIError.forbidden {
            return false
        }
    }

    /// The updates from `offset` on, for which all before it are forgotten by Telegram. Waits for one up to `wait`.
    package func updates(from offset: Int?, wait: Duration, limit: Int = 100) async throws -> [RawUpdate] {
        let seconds = Int(wait.components.seconds)
        let request = UpdatesRequest(offset: offset, limit: limit, timeout: seconds)
        let answer = try await door.post(
            "getUpdates", request, timeout: .seconds(seconds + 15), responseLimit: Self.updatesLimit)
        return try RawUpdate.split(answer)
    }

    /// Returns the new message's id.
    package func send(
        _ content: Content, to destination: Destination, replyingTo message: Int? = nil, silent: Bool = false
    ) async throws -> Int {
        let request = SendRequest(
            content, chat: destination.chat, thread: destination.thread, replyingTo: message, silent: silent)
        return try await door.call("sendMessage", request, Sent.self).message_id
    }

    /// Telegram's complaint that nothing changed is success.
    package func edit(_ message: Int, in chat: Int64, to content: Content) async throws {
        do {
            _ = try await door.post("editMessageText", SendRequest(content, chat: chat, editing: message))
        } catch BotAPIError.refused(let words) where words.contains("message is not modified") {
            return
        }
    }

    package func delete(_ message: Int, in chat: Int64) async throws {
        _ = try await door.post("deleteMessage", MessageRequest(chat_id: chat, message_id: message))
    }

    /// Ends the spinner on a pressed button; `text` appears above the chat, for whoever pressed. One that is too old to
    /// be answered is left alone.
    package func answer(callback id: String, text: String? = nil, alert: Bool = false) async throws {
        do {
            _ = try await door.post(
                "answerCallbackQuery",
                CallbackAnswer(callback_query_id: id, text: text.map { Self.cut($0, to: 200) }, show_alert: alert))
        } catch BotAPIError.refused(let words) where words.contains("query is too old") {
            return
        }
    }

    /// Shows "typing…" for five seconds.
    package func typing(in destination: Destination) async throws {
        _ = try await door.post(
            "sendChatAction",
            ActionRequest(chat_id: destination.chat, message_thread_id: destination.thread, action: "typing"))
    }

    /// Telegram's menu of commands, for everybody and everywhere.
    package func setCommands(_ commands: [(name: String, description: String)]) async throws {
        let entries = commands.prefix(100).map {
            MenuEntry(command: $0.name, description: Self.cut($0.description, to: 256))
        }
        _ = try await door.post("setMyCommands", Menu(commands: entries))
    }

    /// Updates come either by webhook or by asking; we ask.
    package func deleteWebhook() async throws { _ = try await door.post("deleteWebhook", Nothing()) }

    private static func cut(_ text: String, to limit: Int) -> String { HTML(text).cut(to: limit).plain }
}

private struct Nothing: Encodable {}

struct Sent: Decodable { let message_id: Int }

private struct UpdatesRequest: Encodable {
    let offset: Int?
    let limit: Int
    let timeout: Int
    let allowed_updates = ["message", "callback_query", "my_chat_member"]
}

private struct ChatRequest: Encodable { let chat_id: Int64 }

private struct MessageRequest: Encodable {
    let chat_id: Int64
    let message_id: Int
}

private struct CallbackAnswer: Encodable {
    let callback_query_id: String
    let text: String?
    let show_alert: Bool
}

private struct ActionRequest: Encodable {
    let chat_id: Int64
    let message_thread_id: Int?
    let action: String
}

private struct Menu: Encodable { let commands: [MenuEntry] }

private struct MenuEntry: Encodable {
    let command: String
    let description: String
}
