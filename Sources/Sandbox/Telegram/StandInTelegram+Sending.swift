import FoundationEssentials

/// What the bot does in the chats.
extension StandInTelegram {
    func send(_ parameters: Parameters) throws(Refused) -> JSON {
        var chat = try room(parameters)
        let thread = try topic(parameters, in: chat)
        let source = parameters.text("text") ?? ""
        let text = try MessageText(source, isHTML: try isHTML(parameters), limit: MessageText.limit)
        guard !text.isBlank else { throw .bad("message text is empty") }
        let keyboard = try Keyboard.read(parameters)
        let reply = try replied(parameters, in: chat)
        _ = try parameters.structure("link_preview_options").map { options throws(Refused) in
            try Self.checkBoolean("is_disabled", of: options, called: "link preview options")
        }
        try keepPace(in: chat)
        let message = StoredMessage(
            id: chat.nextMessageID(), author: nil, date: now(), thread: thread, replyTo: reply, text: text,
            source: source, keyboard: keyboard)
        return store(message, in: &chat)
    }

    func upload(_ parameters: Parameters, as method: Method) throws(Refused) -> JSON {
        var chat = try room(parameters)
        let thread = try topic(parameters, in: chat)
        let field = method == .sendPhoto ? "photo" : "document"
        guard let file = parameters.files[field] else { throw .bad("there is no \(field) in the request") }
        guard file.size > 0 else { throw .bad("file must be non-empty") }
        let source = parameters.text("caption") ?? ""
        let caption = try MessageText(source, isHTML: try isHTML(parameters), limit: MessageText.captionLimit)
        let keyboard = try Keyboard.read(parameters)
        let reply = try replied(parameters, in: chat)
        try keepPace(in: chat)
        let message = StoredMessage(
            id: chat.nextMessageID(), author: nil, date: now(), thread: thread, replyTo: reply, text: caption,
            source: source, keyboard: keyboard,
            file: .init(name: file.name, bytes: file.bytes, isPhoto: method == .sendPhoto))
        return store(message, in: &chat)
    }

    private func store(_ message: StoredMessage, in chat: inout Chat) -> JSON {
        chat.messages[message.id] = message
        chats[chat.id] = chat
        feed.add(.sent(shown(message, in: chat.id)))
        return wire(message, in: chat)
    }

    func edit(_ parameters: Parameters) throws(Refused) -> JSON {
        var chat = try room(parameters)
        let id = try parameters.message()
        let source = parameters.text("text") ?? ""
        let text = try MessageText(source, isHTML: try isHTML(parameters), limit: MessageText.limit)
        guard !text.isBlank else { throw .bad("message text is empty") }
        let keyboard = try Keyboard.read(parameters)
        guard var message = chat.messages[id] else { throw .bad("message to edit not found") }
        guard message.author == nil else { throw .bad("message can't be edited") }
        guard message.file == nil else { throw .bad("there is no text in the message to edit") }
        guard message.text != text || message.keyboard != keyboard else {
            throw .bad(
                "message is not modified: specified new message content and reply markup are exactly the same "
                    + "as a current content and reply markup of the message")
        }
        // Edits count in groups only.
        if chat.kind != .private { try keepPace(in: chat) }
        message.text = text
        message.source = source
        message.keyboard = keyboard
        message.edits += 1
        chat.messages[id] = message
        chats[chat.id] = chat
        feed.add(.edited(shown(message, in: chat.id)))
        return wire(message, in: chat)
    }

    func delete(_ parameters: Parameters) throws(Refused) -> JSON {
        var chat = try room(parameters)
        let id = try parameters.message()
        guard chat.messages.removeValue(forKey: id) != nil else { throw .bad("message to delete not found") }
        chats[chat.id] = chat
        feed.add(.deleted(chat: chat.id, message: id))
        return true
    }

    func answerCallback(_ parameters: Parameters) throws(Refused) -> JSON {
        guard let id = parameters.text("callback_query_id"), callbacks.contains(id) else {
            throw .bad("query is too old and response timeout expired or query ID is invalid")
        }
        let text = parameters.text("text")
        guard (text?.utf16.count ?? 0) <= 200 else { throw .bad("MESSAGE_TOO_LONG") }
        feed.add(.callbackAnswered(id: id, text: text, isAlert: parameters.flag("show_alert")))
        return true
    }

    func showAction(_ parameters: Parameters) throws(Refused) -> JSON {
        let chat = try room(parameters)
        let actions: Set = [
            "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
            "choose_sticker", "find_location", "record_video_note", "upload_video_note",
        ]
        guard actions.contains(parameters.text("action") ?? "") else { throw .bad("wrong parameter action in request") }
        feed.add(.typing(chat: chat.id, thread: try topic(parameters, in: chat)))
        return true
    }

    /// Reading takes less than writing: somebody who blocked the bot, a group that put it out or that moved on is still
    /// described to it.
    func describe(_ parameters: Parameters) throws(Refused) -> JSON {
        guard let chat = chats[try parameters.chat()] else { throw .bad("chat not found") }
        if case .forbidden(let words) = chat.barrier, chat.kind == .supergroup {
            throw Refused(403, "Forbidden: \(words)")
        }
        return wire(chat).merging([
            "accent_color_id": 0, "max_reaction_count": 11,
            "accepted_gift_types": [
                "unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false,
                "gifts_from_channels": false,
            ],
        ])
    }

    func setMenu(_ parameters: Parameters) throws(Refused) -> JSON {
        let entries = (try parameters.structure("commands")?.array ?? []).map {
            MenuEntry(command: $0["command"]?.string ?? "", description: $0["description"]?.string ?? "")
        }
        guard entries.count <= 100 else { throw .bad("BOT_COMMANDS_TOO_MUCH") }
        for entry in entries {
            let isName = entry.command.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
            }
            guard isName, (1...32).contains(entry.command.utf8.count) else { throw .bad("BOT_COMMAND_INVALID") }
            guard (1...256).contains(entry.description.count) else { throw .bad("BOT_COMMAND_DESCRIPTION_INVALID") }
        }
        menu = entries
        feed.add(.menu(entries))
        return true
    }

    func forgetWebhook(_ parameters: Parameters) -> JSON {
        hasWebhook = false
        if parameters.flag("drop_pending_updates") { pending = [] }
        return true
    }

    /// The chat, if the bot may write there.
    private func room(_ parameters: Parameters) throws(Refused) -> Chat {
        let id = try parameters.chat()
        guard let chat = chats[id] else {
            // A bot can't begin a conversation with somebody who never wrote to it.
            throw id > 0
                ? Refused(403, "Forbidden: bot can't initiate conversation with a user") : .bad("chat not found")
        }
        switch chat.barrier {
        case .forbidden(let words): throw Refused(403, "Forbidden: \(words)")
        case .movedTo(let new): throw .migrated(to: new)
        case nil: return chat
        }
    }

    private func topic(_ parameters: Parameters, in chat: Chat) throws(Refused) -> Int? {
        guard let thread = parameters.number("message_thread_id") else { return nil }
        // 1 is the general topic, which must be left out.
        guard thread != 1, let isOpen = chat.topics[thread] else { throw .bad("message thread not found") }
        guard isOpen else { throw .bad("TOPIC_CLOSED") }
        return thread
    }

    private func replied(_ parameters: Parameters, in chat: Chat) throws(Refused) -> Int? {
        guard let reply = try parameters.structure("reply_parameters") else { return nil }
        try Self.checkBoolean("allow_sending_without_reply", of: reply, called: "reply parameters")
        guard let id = reply["message_id"]?.int else { throw .bad("can't parse reply parameters: no message_id") }
        if chat.messages[id] != nil { return id }
        guard reply["allow_sending_without_reply"]?.bool == true else { throw .bad("message to be replied not found") }
        return nil
    }

    private func isHTML(_ parameters: Parameters) throws(Refused) -> Bool {
        switch parameters.text("parse_mode")?.lowercased() {
        case nil, "": false
        case "html": true
        default: throw .bad("unsupported parse_mode")
        }
    }

    private static func checkBoolean(_ name: String, of object: JSON, called what: String) throws(Refused) {
        guard let value = object[name] else { return }
        guard value.bool != nil else { throw .bad("can't parse \(what): field \"\(name)\" must be of type Boolean") }
    }

    private func keepPace(in chat: Chat) throws(Refused) {
        guard let seconds = pace?.delay(chat: chat.id, isGroup: chat.kind != .private, at: now()) else { return }
        throw .tooMany(seconds)
    }
}
