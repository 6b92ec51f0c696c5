import FoundationEssentials

extension StandInTelegram {
    /// A chat as the stand-in keeps it.
    struct Chat {
        enum Kind: String { case `private`, group, supergroup }

        let id: Int64
        let kind: Kind
        let title: String
        var messages: [Int: StoredMessage] = [:]
        var lastMessage = 0
        /// Forum topics, and whether each is open. A chat that has any is a forum.
        var topics: [Int: Bool] = [:]
        /// Why the bot may not write here any more.
        var barrier: Barrier?

        enum Barrier {
            case forbidden(String)
            case movedTo(Int64)
        }

        mutating func nextMessageID() -> Int {
            lastMessage += 1
            return lastMessage
        }
    }

    /// A message of anybody.
    struct StoredMessage {
        let id: Int
        /// Nil for the bot's own.
        let author: Person?
        let date: Date
        let thread: Int?
        let replyTo: Int?
        var text: MessageText
        /// As the bot wrote it.
        var source: String
        var keyboard: JSON?
        var file: ShownMessage.File?
        var edits = 0
    }

    func wire(_ person: Person, isBot: Bool = false) -> JSON {
        [
            "id": .int(Int(person.id)), "is_bot": .bool(isBot), "first_name": .string(person.firstName),
            "username": .string(person.username),
        ]
    }

    func wire(_ chat: Chat) -> JSON {
        var fields: [String: JSON] = ["id": .int(Int(chat.id)), "type": .string(chat.kind.rawValue)]
        fields[chat.kind == .private ? "first_name" : "title"] = .string(chat.title)
        if !chat.topics.isEmpty { fields["is_forum"] = true }
        return .object(fields)
    }

    func wire(_ message: StoredMessage, in chat: Chat, isNested: Bool = false) -> JSON {
        var fields: [String: JSON] = [
            "message_id": .int(message.id), "chat": wire(chat),
            "from": message.author.map { wire($0) } ?? wire(bot, isBot: true),
            "date": .int(Int(message.date.timeIntervalSince1970)),
        ]
        if let file = message.file {
            let document: JSON = [
                "file_id": .string("file-\(message.id)"), "file_unique_id": .string("unique-\(message.id)"),
                "file_size": .int(file.size),
            ]
            if file.isPhoto {
                fields["photo"] = [document.merging(["width": 800, "height": 600])]
            } else {
                fields["document"] = document.merging(["file_name": .string(file.name)])
            }
        }
        if !message.text.plain.isEmpty {
            fields[message.file == nil ? "text" : "caption"] = .string(message.text.plain)
            if !message.text.entities.isEmpty {
                fields[message.file == nil ? "entities" : "caption_entities"] = .array(
                    message.text.entities.map(\.wire))
            }
        }
        if message.edits > 0 { fields["edit_date"] = .int(Int(now().timeIntervalSince1970)) }
        if let thread = message.thread {
            fields["message_thread_id"] = .int(thread)
            fields["is_topic_message"] = true
        }
        if let keyboard = message.keyboard { fields["reply_markup"] = keyboard }
        if !isNested {
            if let id = message.replyTo, let original = chat.messages[id] {
                fields["reply_to_message"] = wire(original, in: chat, isNested: true)
            } else if let thread = message.thread, message.author != nil {
                // In a topic, a message that answers nothing answers the topic's creation.
                fields["reply_to_message"] = [
                    "message_id": .int(thread), "chat": wire(chat), "date": .int(1_700_000_000),
                    "message_thread_id": .int(thread), "is_topic_message": true,
                    "forum_topic_created": ["name": .string("Topic \(thread)"), "icon_color": 7_322_096],
                ]
            }
        }
        return .object(fields)
    }
}
