import FoundationEssentials

/// Chats that moved, wait or do not want us.
extension Ledger {
    /// Telegram wants quiet in this chat, and only in this one.
    package func postpone(chat: Int64, until date: Date, at now: Date) async throws {
        try await change(
            """
            INSERT INTO chats (chat, not_before, put_off_at) VALUES ($1, $2, $3)
            ON CONFLICT (chat) DO UPDATE SET not_before = excluded.not_before, put_off_at = excluded.put_off_at
            """, [.integer(chat), .date(date), .date(now)])
    }

    /// We were blocked or thrown out: the chat's messages wait until `resume`.
    package func pause(chat: Int64, reason: String, at date: Date) async throws {
        try await change(
            """
            INSERT INTO chats (chat, paused_at, trouble) VALUES ($1, $2, $3)
            ON CONFLICT (chat) DO UPDATE SET paused_at = excluded.paused_at, trouble = excluded.trouble
            """, [.integer(chat), .date(date), .text(reason)])
    }

    /// We hear from the chat again.
    package func resume(chat: Int64) async throws {
        try await change("UPDATE chats SET paused_at = NULL, trouble = NULL WHERE chat = $1", [.integer(chat)])
    }

    /// The group became a supergroup with another id: for good, for what waits and for what comes.
    package func migrate(chat: Int64, to newChat: Int64) async throws {
        guard chat != newChat else { return }
        let ids = [Value.integer(chat), .integer(newChat)]
        try await database.transaction { connection in
            try connection.run(
                """
                INSERT INTO chats (chat, moved_to) VALUES ($1, $2)
                ON CONFLICT (chat) DO UPDATE SET moved_to = excluded.moved_to
                """, ids)
            // One that had come to the old id moves on, and one never goes in circles.
            try connection.run("UPDATE chats SET moved_to = $2 WHERE moved_to = $1", ids)
            try connection.run("UPDATE chats SET moved_to = NULL WHERE chat = $1", [.integer(newChat)])
            // The old messages have other numbers there: what was sent cannot be edited or replied to any more.
            try connection.run(
                "UPDATE outbox SET chat = $2, message_id = NULL, reply_to = NULL WHERE chat = $1", ids)
        }
    }

    /// The id under which a chat is known today.
    package func currentChat(for chat: Int64) async throws -> Int64 {
        try await database.transaction { connection in try Self.currentChat(for: chat, connection) }
    }

    static func currentChat(for chat: Int64, _ connection: any Connection) throws -> Int64 {
        let rows = try connection.run(
            "SELECT moved_to FROM chats WHERE chat = $1 AND moved_to IS NOT NULL", [.integer(chat)])
        return try rows.first?.integer("moved_to") ?? chat
    }
}
