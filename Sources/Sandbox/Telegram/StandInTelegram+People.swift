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
        if let updateID, delivered[updateID] != nil {
            enqueue("message", .null, id: updateID)
            return chats[chat]?.lastMessage ?? 0
        }
        var room = chats[chat] ?? newChat(chat, with: person)
        if let thread, room.topics[thread] == nil { room.topics[thread] = true }
        let message = StoredMessage(
            id: room.nextMessageID(), author: person, date: now(), thread: thread, replyTo: reply,
            text: MessageText(typed: text), source: text)
        room.messages[message.id] = message
        chats[chat] = room
        enqueue("message", wire(message, in: room), id: updateID)
        return message.id
    }

    /// Somebody presses a button, or a client pretends that he did. Returns the id of the callback query.
    @discardableResult
    package func press(
        _ data: String, under message: Int, by person: Person, in chat: Int64 = teamChat, updateID: Int? = nil
    ) -> String {
        lastCallback += 1
        let id = "4815162342\(lastCallback)"
        callbacks.insert(id)
        let room = chats[chat]
        let shown =
            room.flatMap { room in room.messages[message].map { wire($0, in: room) } }
            ?? [
                "message_id": .int(message), "date": 0,
                "chat": room.map { wire($0) } ?? ["id": .int(Int(chat)), "type": "supergroup"],
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

    /// Somebody puts the bot into a chat, or out of it.
    package func setMembership(_ isMember: Bool, in chat: Int64, by person: Person = .ada, title: String = "A chat") {
        var room = chats[chat] ?? Chat(id: chat, kind: chat < 0 ? .supergroup : .private, title: title)
        room.barrier = isMember ? nil : .forbidden("bot was kicked from the \(room.kind.rawValue) chat")
        chats[chat] = room
        let status = { (isMember: Bool) -> JSON in
            ["user": self.wire(self.bot, isBot: true), "status": isMember ? "member" : "kicked"]
        }
        enqueue(
            "my_chat_member",
            [
                "chat": wire(room), "from": wire(person), "date": .int(Int(now().timeIntervalSince1970)),
                "old_chat_member": status(!isMember), "new_chat_member": status(isMember),
            ])
    }

    /// The group becomes a supergroup: its old id is only good for the new one's.
    package func upgrade(_ chat: Int64, to new: Int64) {
        guard var room = chats[chat] else { return }
        chats[new] = Chat(id: new, kind: .supergroup, title: room.title)
        room.barrier = .movedTo(new)
        chats[chat] = room
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
        id > 0
            ? Chat(id: id, kind: .private, title: person.firstName)
            : Chat(id: id, kind: .supergroup, title: "Somebody else's chat")
    }
}
