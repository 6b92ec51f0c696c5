import FoundationEssentials

/// Something that happened in a chat, as Telegram's `Update`; only what the bot uses.
package struct Update: Sendable, Hashable {
    package let id: Int
    package let kind: Kind

    package enum Kind: Sendable, Hashable {
        case message(Message)
        case callback(CallbackQuery)
        /// Somebody let us into a chat, or put us out of it.
        case membership(chat: Int64, isMember: Bool)
        /// The group has become a supergroup, with another id.
        case upgrade(chat: Int64, to: Int64)
        /// A kind that we did not ask for, or do not know.
        case unknown
    }

    /// The chat it belongs to; nil when there is none.
    package var chat: Int64? {
        switch kind {
        case .message(let message): message.chat.id
        case .callback(let query): query.message?.chat
        case .membership(let chat, _), .upgrade(let chat, _): chat
        case .unknown: nil
        }
    }

    /// Each update is read on its own, so that one which cannot be read holds up no other.
    package static func decode(_ payload: [UInt8]) throws -> Update {
        let wire = try JSONDecoder().decode(Wire.self, from: Data(payload))
        let kind: Kind
        if let message = wire.message {
            kind =
                message.migrate_to_chat_id.map { .upgrade(chat: message.chat.id, to: $0) } ?? .message(message.message)
        } else if let query = wire.callback_query {
            kind = .callback(query.query)
        } else if let change = wire.my_chat_member {
            kind = .membership(chat: change.chat.id, isMember: change.new_chat_member.isMember)
        } else {
            kind = .unknown
        }
        return Update(id: wire.update_id, kind: kind)
    }
}

/// A message that somebody wrote.
package struct Message: Sendable, Hashable {
    package let id: Int
    package let chat: Chat
    /// The forum topic; nil outside forums and in the general topic.
    package let thread: Int?
    /// Nil for what channels and anonymous admins write.
    package let sender: User?
    package let text: String?
    package let date: Date
    /// The message that this one answers; not the first message of its topic, which Telegram puts there too.
    package let repliedTo: Int?
}

package struct Chat: Sendable, Hashable {
    package let id: Int64
    package let title: String?
}

package struct User: Sendable, Hashable {
    package let id: Int64
    package let firstName: String
    package let username: String?
    package let isBot: Bool

    package var name: String { firstName.isEmpty ? username ?? "somebody" : firstName }
}

/// A button that somebody pressed. Chat clients can forge `data`: it is checked like a typed line.
package struct CallbackQuery: Sendable, Hashable {
    package let id: String
    package let sender: User
    package let data: String?
    /// Nil when the message is too old for Telegram to say where it was.
    package let message: Origin?

    /// The message under which the button was.
    package struct Origin: Sendable, Hashable {
        package let id: Int
        package let chat: Int64
        package let thread: Int?
    }
}

private struct Wire: Decodable {
    let update_id: Int
    let message: WireMessage?
    let callback_query: WireQuery?
    let my_chat_member: WireMembership?
}

private struct WireMembership: Decodable {
    let chat: WireChat
    let new_chat_member: Status

    struct Status: Decodable {
        let status: String
        /// Only of somebody restricted, who may be in the chat or not.
        let is_member: Bool?

        var isMember: Bool {
            switch status {
            case "creator", "administrator", "member": true
            case "restricted": is_member ?? false
            default: false
            }
        }
    }
}

private struct WireMessage: Decodable {
    let message_id: Int
    let chat: WireChat
    let message_thread_id: Int?
    let is_topic_message: Bool?
    let from: WireUser?
    /// There when somebody writes as a channel or as the group itself; `from` is then a bot of Telegram's.
    let sender_chat: WireChat?
    let text: String?
    let date: Double?
    let reply_to_message: Replied?
    let migrate_to_chat_id: Int64?

    struct Replied: Decodable {
        let message_id: Int
        let forum_topic_created: Empty?
    }

    struct Empty: Decodable {}

    var thread: Int? { is_topic_message == true ? message_thread_id : nil }

    var message: Message {
        let replied = reply_to_message.flatMap { $0.forum_topic_created == nil ? $0.message_id : nil }
        return Message(
            id: message_id, chat: Chat(id: chat.id, title: chat.title), thread: thread,
            sender: sender_chat == nil ? from?.user : nil, text: text, date: Date(timeIntervalSince1970: date ?? 0),
            repliedTo: replied)
    }
}

private struct WireChat: Decodable {
    let id: Int64
    let title: String?
}

struct WireUser: Decodable {
    let id: Int64
    let is_bot: Bool?
    let first_name: String?
    let username: String?

    var user: User { User(id: id, firstName: first_name ?? "", username: username, isBot: is_bot ?? false) }
}

private struct WireQuery: Decodable {
    let id: String
    let from: WireUser
    let data: String?
    let message: WireMessage?

    var query: CallbackQuery {
        CallbackQuery(
            id: id, sender: from.user, data: data,
            message: message.map { .init(id: $0.message_id, chat: $0.chat.id, thread: $0.thread) })
    }
}
