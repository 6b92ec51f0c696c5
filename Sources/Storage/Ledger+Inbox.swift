import FoundationEssentials

/// A Telegram update as it came, not yet understood.
package struct InboxEntry: Sendable, Hashable {
    package let updateID: Int
    /// Zero when the update belongs to no chat.
    package let chat: Int64
    package let payload: [UInt8]
    package let receivedAt: Date
    /// How often somebody began to handle it, this time included.
    package let attempts: Int

    package init(updateID: Int, chat: Int64, payload: [UInt8], receivedAt: Date, attempts: Int = 0) {
        self.updateID = updateID
        self.chat = chat
        self.payload = payload
        self.receivedAt = receivedAt
        self.attempts = attempts
    }
}

/// The inbox: an update is written here before Telegram is told that we have it.
extension Ledger {
    /// Writes updates down; one that is there already is left as it is.
    package func receive(_ updates: [InboxEntry]) async throws {
        try await database.transaction { connection in
            for update in updates {
                try connection.run(
                    """
                    INSERT INTO inbox (update_id, position, chat, payload, received_at)
                    VALUES ($1, (SELECT coalesce(max(position), 0) + 1 FROM inbox), $2, $3, $4)
                    ON CONFLICT (update_id) DO NOTHING
                    """,
                    [
                        .integer(update.updateID), .integer(update.chat), .blob(update.payload),
                        .date(update.receivedAt),
                    ])
            }
        }
    }

    /// The id of the update that came last, not the highest: after a week of silence Telegram begins anywhere. Nil when
    /// none came since `date`.
    package func lastUpdateID(since date: Date) async throws -> Int? {
        try await database.transaction { connection in
            try connection.run(
                "SELECT update_id FROM inbox WHERE received_at >= $1 ORDER BY position DESC LIMIT 1", [.date(date)]
            ).first?.int("update_id")
        }
    }

    /// The oldest update that is not finished, of a chat for which nobody works at the moment. Counts an attempt.
    ///
    /// - Parameter except: updates that are worked on while their chat goes on.
    package func nextUpdate(notIn chats: Set<Int64>, except updates: Set<Int> = []) async throws -> InboxEntry? {
        try await database.transaction { connection in
            let rows = try connection.run(
                """
                UPDATE inbox SET attempts = attempts + 1 WHERE update_id = (
                    SELECT update_id FROM inbox WHERE finished_at IS NULL
                        AND $1 NOT LIKE ('%,' || CAST(chat AS TEXT) || ',%')
                        AND $2 NOT LIKE ('%,' || CAST(update_id AS TEXT) || ',%')
                    ORDER BY position LIMIT 1)
                RETURNING update_id, chat, payload, received_at, attempts
                """, [Self.list(chats), Self.list(updates)])
            return try rows.first.map { row in
                InboxEntry(
                    updateID: try row.int("update_id"), chat: try row.integer("chat"), payload: try row.blob("payload"),
                    receivedAt: try row.date("received_at"),
                    attempts: try row.int("attempts"))
            }
        }
    }

    /// Takes back the attempt that `nextUpdate` counted: nothing was done with the update, for want of somebody else.
    package func putBack(update id: Int) async throws {
        try await change(
            "UPDATE inbox SET attempts = attempts - 1 WHERE update_id = $1 AND attempts > 0 AND finished_at IS NULL",
            [.integer(id)])
    }

    /// The update is handled: what it says goes to the outbox and what it changed to the audit log, all or nothing.
    /// Finishing twice is finishing once.
    package func finish(
        update id: Int, saying messages: [Message], audit entry: AuditEntry?, at date: Date
    ) async throws {
        try await database.transaction { connection in
            let rows = try connection.run("SELECT finished_at FROM inbox WHERE update_id = $1", [.integer(id)])
            if let row = rows.first, try row.optionalDate("finished_at") != nil { return }
            try connection.run(
                "UPDATE inbox SET finished_at = $1 WHERE update_id = $2", [.date(date), .integer(id)])
            for message in messages { try Self.say(message, at: date, connection) }
            if let entry { try Self.record(entry, connection) }
        }
    }

    /// Numbers as `,1,2,`: one parameter, whose length does not change the statement.
    static func list<Number: FixedWidthInteger & CustomStringConvertible>(_ numbers: Set<Number>) -> Value {
        .text("," + numbers.sorted().map { "\($0)," }.joined())
    }
}
