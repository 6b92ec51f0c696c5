import FoundationEssentials

/// A webhook's body as it came, not yet understood.
package struct AlertEntry: Sendable, Hashable {
    /// Never given twice, even when older ones are pruned: what is said about an alert may be keyed by it.
    package let id: Int
    package let payload: [UInt8]
    package let receivedAt: Date
    /// How often somebody began to handle it, this time included.
    package let attempts: Int
}

/// Alerts stand here before GlitchTip hears that we have them.
extension Ledger {
    /// Writes an alert down; it is on the disk when this returns. What comes at the same time shares a commit.
    ///
    /// The same body twice is two alerts: only who understands them can tell a repeat from a second event.
    package func receive(alert payload: [UInt8], at date: Date) async throws -> Int {
        try await database.transaction { connection in
            let rows = try connection.run(
                "INSERT INTO alerts (payload, received_at) VALUES ($1, $2) RETURNING id",
                [.blob(payload), .date(date)])
            guard let row = rows.first else { throw LedgerError.unexpected("id") }
            return try row.int("id")
        }
    }

    /// The oldest alert that is not finished. Counts an attempt.
    ///
    /// It stays the oldest until it is finished: there is one desk, which says what it works at already.
    package func nextAlert(notIn busy: Set<Int> = []) async throws -> AlertEntry? {
        try await database.transaction { connection in
            let rows = try connection.run(
                """
                UPDATE alerts SET attempts = attempts + 1 WHERE id = (
                    SELECT id FROM alerts WHERE finished_at IS NULL
                        AND $1 NOT LIKE ('%,' || CAST(id AS TEXT) || ',%')
                    ORDER BY id LIMIT 1)
                RETURNING id, payload, received_at, attempts
                """, [Self.list(busy)])
            return try rows.first.map { row in
                AlertEntry(
                    id: try row.int("id"), payload: try row.blob("payload"), receivedAt: try row.date("received_at"),
                    attempts: try row.int("attempts"))
            }
        }
    }

    /// The alert is handled, and what it says goes to the outbox: all or nothing. Finishing twice is finishing once.
    package func finishAlert(_ id: Int, saying messages: [Message], at date: Date) async throws {
        try await database.transaction { connection in
            let rows = try connection.run(
                "UPDATE alerts SET finished_at = $1 WHERE id = $2 AND finished_at IS NULL RETURNING id",
                [.date(date), .integer(id)])
            guard !rows.isEmpty else { return }
            for message in messages { try Self.say(message, at: date, connection) }
        }
    }
}
