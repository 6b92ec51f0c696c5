import FoundationEssentials

/// The outbox: messages stand here until Telegram has them.
extension Ledger {
    /// Writes down what chats should show. A key that is there already gets the new content, and is edited if that
    /// differs; its place in the chat stays.
    package func say(_ messages: [Message], at date: Date) async throws {
        try await database.transaction { connection in
            for message in messages { try Self.say(message, at: date, connection) }
        }
    }

    static func say(_ message: Message, at date: Date, _ connection: any Connection) throws {
        try connection.run(
            """
            INSERT INTO outbox (key, position, chat, thread, reply_to, subject, priority, content, created_at)
            VALUES ($1, (SELECT coalesce(max(position), 0) + 1 FROM outbox), $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (key) DO UPDATE SET
                content = excluded.content, subject = coalesce(excluded.subject, outbox.subject),
                -- What waits already is not pushed back because its counter moved on.
                priority = CASE WHEN outbox.wanted > outbox.sent AND outbox.given_up_at IS NULL
                    AND outbox.priority < excluded.priority THEN outbox.priority ELSE excluded.priority END,
                wanted = outbox.wanted + 1, given_up_at = NULL, trouble = NULL, attempts = 0, refusals = 0,
                not_before = 0
            WHERE outbox.content <> excluded.content
            """,
            [
                .text(message.key), .integer(try currentChat(for: message.chat, connection)),
                .optional(message.thread), .optional(message.replyTo), .optional(message.subject),
                .integer(message.priority.rawValue), .blob(message.content), .date(date),
            ])
    }

    /// What Telegram does not have yet; the indexes are made for exactly this condition.
    private static let due = "wanted > sent AND given_up_at IS NULL"

    /// What should go next: the most urgent, then the oldest, of a chat that is free to take it.
    ///
    /// Goes from chat to chat and takes the first of each: what waits for a chat that is not free may be much.
    package func nextMessage(at date: Date, notIn chats: Set<Int64>) async throws -> DueMessage? {
        try await database.transaction { connection in
            try connection.run(
                """
                WITH RECURSIVE waiting (chat) AS (
                    SELECT min(chat) FROM outbox WHERE \(Self.due)
                    UNION ALL
                    SELECT (SELECT min(chat) FROM outbox WHERE \(Self.due) AND chat > waiting.chat)
                    FROM waiting WHERE waiting.chat IS NOT NULL)
                SELECT outbox.* FROM waiting JOIN outbox ON outbox.key = (
                    SELECT key FROM outbox WHERE \(Self.due) AND chat = waiting.chat
                        AND (not_before <= $1 OR put_off_at > $1)
                    ORDER BY priority, position LIMIT 1)
                LEFT JOIN chats ON chats.chat = waiting.chat
                WHERE (coalesce(chats.not_before, 0) <= $1 OR chats.put_off_at > $1) AND chats.paused_at IS NULL
                    AND $2 NOT LIKE ('%,' || CAST(waiting.chat AS TEXT) || ',%')
                ORDER BY priority, position LIMIT 1
                """, [.date(date), Self.list(chats)]
            ).first.map(Self.dueMessage)
        }
    }

    package func message(_ key: String) async throws -> StoredMessage? {
        try await database.transaction { connection in
            try connection.run("SELECT * FROM outbox WHERE key = $1", [.text(key)]).first.map(Self.storedMessage)
        }
    }

    /// When to look again for something that is put off: not later than it is due.
    package func nextDue(after date: Date) async throws -> Date? {
        try await database.transaction { connection in
            let rows = try connection.run(
                """
                SELECT min(date) AS date FROM (
                    SELECT min(not_before) AS date FROM outbox
                    WHERE \(Self.due) AND not_before > 0 AND not_before > $1 AND put_off_at <= $1
                    UNION ALL
                    SELECT min(not_before) FROM chats
                    WHERE not_before > $1 AND put_off_at <= $1 AND paused_at IS NULL
                        AND EXISTS (SELECT 1 FROM outbox WHERE \(Self.due) AND outbox.chat = chats.chat)) AS times
                """, [.date(date)])
            return try rows.first?.optionalDate("date")
        }
    }

    /// Telegram has this revision. When the content changed meanwhile, the message is due again, as an edit.
    ///
    /// When its chat moved meanwhile, the number is forgotten: another message has it there.
    package func delivered(_ due: DueMessage, messageID: Int, at date: Date) async throws {
        try await change(
            """
            UPDATE outbox SET sent = CASE WHEN sent < $1 THEN $1 ELSE sent END,
                message_id = CASE WHEN chat = $2 THEN $3 END, attempts = 0, refusals = 0, not_before = 0,
                trouble = NULL, delivered_at = $4 WHERE key = $5
            """,
            [
                .integer(due.revision), .integer(due.message.chat), .integer(messageID), .date(date),
                .text(due.message.key),
            ])
    }

    /// Telegram could not be reached, was not well, or refuses it for now: try again later.
    package func postpone(
        _ key: String, until date: Date, reason: String, isRefused: Bool = false, at now: Date
    ) async throws {
        try await change(
            """
            UPDATE outbox SET attempts = attempts + 1, refusals = refusals + $5, not_before = $1, trouble = $2,
                put_off_at = $4 WHERE key = $3
            """, [.date(date), .text(reason), .text(key), .date(now), .integer(isRefused ? 1 : 0)])
    }

    /// Telegram refuses this content for good; when it changed meanwhile, the new one gets its chance.
    package func giveUp(_ due: DueMessage, reason: String, at date: Date) async throws {
        try await change(
            "UPDATE outbox SET given_up_at = $1, trouble = $2 WHERE key = $3 AND wanted = $4",
            [.date(date), .text(reason), .text(due.message.key), .integer(due.revision)])
    }

    /// The message was deleted in the chat: its content is to be sent anew.
    package func forgetMessageID(_ key: String) async throws {
        try await change("UPDATE outbox SET message_id = NULL WHERE key = $1", [.text(key)])
    }

    /// The topic is closed or gone: the message goes to the general one.
    package func moveToGeneralTopic(_ key: String) async throws {
        try await change("UPDATE outbox SET thread = NULL WHERE key = $1", [.text(key)])
    }

    /// What a message in a chat is about.
    package func subject(ofMessage id: Int, in chat: Int64) async throws -> String? {
        try await row("SELECT subject FROM outbox WHERE chat = $1 AND message_id = $2", id, chat)?
            .optionalText("subject")
    }

    /// Under which key a message in a chat was written.
    package func key(ofMessage id: Int, in chat: Int64) async throws -> String? {
        try await row("SELECT key FROM outbox WHERE chat = $1 AND message_id = $2", id, chat)?.text("key")
    }

    package func queues() async throws -> Queues {
        try await database.transaction { connection in
            let inbox = try connection.run(
                "SELECT count(*) AS n, min(received_at) AS oldest FROM inbox WHERE finished_at IS NULL")
            let alerts = try connection.run(
                "SELECT count(*) AS n, min(received_at) AS oldest FROM alerts WHERE finished_at IS NULL")
            let outbox = try connection.run(
                """
                SELECT count(*) AS n, min(created_at) AS oldest, count(CASE WHEN refusals > 0 THEN 1 END) AS refused
                FROM outbox WHERE \(Self.due)
                """)
            let givenUp = try connection.run("SELECT count(*) AS n FROM outbox WHERE given_up_at IS NOT NULL")
            let paused = try connection.run("SELECT count(*) AS n FROM chats WHERE paused_at IS NOT NULL")
            let oldest = try [inbox, alerts, outbox].compactMap { try $0.first?.optionalDate("oldest") }.min()
            return Queues(
                inbox: try inbox.first?.int("n") ?? 0, alerts: try alerts.first?.int("n") ?? 0,
                outbox: try outbox.first?.int("n") ?? 0, refusedSoFar: try outbox.first?.int("refused") ?? 0,
                givenUp: try givenUp.first?.int("n") ?? 0, pausedChats: try paused.first?.int("n") ?? 0,
                oldest: oldest)
        }
    }

    private func row(_ sql: String, _ message: Int, _ chat: Int64) async throws -> Row? {
        try await database.transaction { connection in
            try connection.run(sql, [.integer(chat), .integer(message)]).first
        }
    }

    private static func message(_ row: Row) throws -> Message {
        guard let priority = Message.Priority(rawValue: try row.int("priority")) else {
            throw LedgerError.unexpected("priority")
        }
        return Message(
            key: try row.text("key"), chat: try row.integer("chat"), thread: try row.optionalInt("thread"),
            replyTo: try row.optionalInt("reply_to"), subject: try row.optionalText("subject"),
            priority: priority, content: try row.blob("content"))
    }

    private static func dueMessage(_ row: Row) throws -> DueMessage {
        DueMessage(
            message: try message(row), revision: try row.int("wanted"), messageID: try row.optionalInt("message_id"),
            attempts: try row.int("attempts"), refusals: try row.int("refusals"),
            createdAt: try row.date("created_at"))
    }

    private static func storedMessage(_ row: Row) throws -> StoredMessage {
        StoredMessage(
            message: try message(row), wanted: try row.int("wanted"), sent: try row.int("sent"),
            messageID: try row.optionalInt("message_id"), createdAt: try row.date("created_at"),
            deliveredAt: try row.optionalDate("delivered_at"), refusals: try row.int("refusals"),
            givenUpAt: try row.optionalDate("given_up_at"),
            trouble: try row.optionalText("trouble"))
    }
}
