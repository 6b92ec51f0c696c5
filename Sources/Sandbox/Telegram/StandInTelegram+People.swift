import FoundationEssentials

/// What people do in the chats.
extension StandInTelegram {
    /// Somebody writes. A number that was used before delivers that update again, as Telegram does when our
    /// confirmation was lost.
    ///
    /// Returns the message's id.
    @discardableResult
    package func say(
        _ text: String, by person: Person, in chat: Int64 = teamChat, thread: Int? = nil, replyingTo reply: Int? = nil,
        updateID: Int? = nil
    ) -> Int {
        if let updateID, let known = redeliver(updateID) { return known["message"]?["message_id"]?.int ?? 0 }
        var room = chats[chat] ?? newChat(chat, with: person)
        if let thread, room.topics[thread] == nil { room.topics[thread] = true }
        let message = StoredMessage(
            id: room.nextMessageID(), author: person, date: now(), thread: thread, replyTo: reply,
            text: MessageText(typed: text), source: text)
        room.messages[message.id] = message
        chats[chat] = room
        // Where it was put out, the bot hears nothing any more.
        if room.barrier == nil { enqueue("message", wire(message, in: room), id: updateID) }
        return message.id
    }

    /// Somebody presses a button, or a client pretends that he did. Returns the id of the callback query.
    @discardableResult
    package func press(
        _ data: String, under message: Int, by person: Person, in chat: Int64 = teamChat, updateID: Int? = nil
    ) -> String {
        if let updateID, let known = redeliver(updateID) { return known["callback_query"]?["id"]?.string ?? "" }
        lastCallback += 1
        let id = "4815162342\(lastCallback)"
        callbacks.insert(id)
        let room = chats[chat] ?? newChat(chat, with: person)
        // Of a message that is gone only its place is told.
        let shown =
            room.messages[message].map { wire($0, in: room) } ?? [
                "message_id": .int(message), "date": 0, "chat": wire(room),
            ]
        enqueue(
            "callback_query",
            [
                "id": .string(id), "from": wire(person), "message": shown, "chat_instance": .string("chat\(chat)"),
                "data": .string(data),
            ], id: updateID)
        return id
    }

    /// The spinner has waited too long: nobody can answer this press any more.
    package func expire(callback id: String) { callbacks.remove(id) }

    /// Somebody puts the bot into a chat, or out of it; or blocks it in a private one.
    package func setMembership(_ isMember: Bool, in chat: Int64, by person: Person = .ada) {
        var room = chats[chat] ?? newChat(chat, with: person)
        let words =
            room.kind == .private ? "bot was blocked by the user" : "bot was kicked from the \(room.kind.rawValue) chat"
        room.barrier = isMember ? nil : .forbidden(words)
        chats[chat] = room
        let account = wire(bot, isBot: true)
        let inside: JSON = ["user": account, "status": "member"]
        let outside: JSON = ["user": account, "status": "kicked", "until_date": 0]
        enqueue(
            "my_chat_member",
            [
                "chat": wire(room), "from": wire(person), "date": .int(Int(now().timeIntervalSince1970)),
                "old_chat_member": isMember ? outside : inside, "new_chat_member": isMember ? inside : outside,
            ])
    }

    /// The group becomes a supergroup: its old id is only good for the new one's. Both chats say so.
    package func upgrade(_ chat: Int64, to new: Int64, by person: Person = .ada) {
        guard var room = chats[chat] else { return }
        var next = Chat(id: new, kind: .supergroup, title: room.title)
        let notice = { (chat: Chat, id: Int, field: String, other: Int64) -> JSON in
            [
                "message_id": .int(id), "chat": self.wire(chat), "from": self.wire(person),
                "date": .int(Int(self.now().timeIntervalSince1970)), field: .int(Int(other)),
            ]
        }
        enqueue("message", notice(room, room.nextMessageID(), "migrate_to_chat_id", new))
        enqueue("message", notice(next, next.nextMessageID(), "migrate_from_chat_id", chat))
        room.barrier = .movedTo(new)
        chats[chat] = room
        chats[new] = next
    }

    /// Opens a topic, or closes it; nil removes it.
    package func setTopic(_ thread: Int, isOpen: Bool?, in chat: Int64 = teamChat) {
        chats[chat]?.topics[thread] = isOpen
    }

    /// Somebody with another program set a webhook for this bot.
    package func setWebhook() { hasWebhook = true }

    /// An update as it is written, valid or not.
    package func inject(rawUpdate: String) {
        let bytes = Array(rawUpdate.utf8)
        push(PendingUpdate(id: (try? JSON(parsing: bytes))?["update_id"]?.int, bytes: bytes))
    }

    /// Switches Telegram's limits on or off; off, so that tests are not slowed down by what they don't test.
    package func limitSending(_ isOn: Bool) { pace = isOn ? SendingPace() : nil }

    /// Updates that the bot has not confirmed.
    package var unconfirmed: Int { pending.count }

    private func newChat(_ id: Int64, with person: Person) -> Chat {
        if id > 0 { return Chat(id: id, kind: .private, title: person.firstName) }
        return Chat(id: id, kind: id < -1_000_000_000_000 ? .supergroup : .group, title: "Another chat")
    }

    /// An update that was there before comes again, and is returned.
    private func redeliver(_ id: Int) -> JSON? {
        guard let bytes = delivered[id] else { return nil }
        push(PendingUpdate(id: id, bytes: bytes, isForced: true))
        return try? JSON(parsing: bytes)
    }
}
