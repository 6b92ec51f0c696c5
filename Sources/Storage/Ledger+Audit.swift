import FoundationEssentials

/// Who changed what, when, and what came of it.
package struct AuditEntry: Sendable, Hashable {
    package let date: Date
    package let sender: Int64
    package let name: String
    package let chat: Int64
    /// The command line, scrubbed.
    package let line: String
    package let outcome: String

    package init(date: Date, sender: Int64, name: String, chat: Int64, line: String, outcome: String) {
        self.date = date
        self.sender = sender
        self.name = name
        self.chat = chat
        self.line = line
        self.outcome = outcome
    }
}

extension Ledger {
    /// The newest first.
    package func audit(limit: Int) async throws -> [AuditEntry] {
        try await database.transaction { connection in
            try connection.run("SELECT * FROM audit ORDER BY position DESC LIMIT $1", [.integer(limit)]).map { row in
                AuditEntry(
                    date: try row.date("date"), sender: try row.integer("sender"),
                    name: try row.text("name"), chat: try row.integer("chat"), line: try row.text("line"),
                    outcome: try row.text("outcome"))
            }
        }
    }

    package func record(_ entry: AuditEntry) async throws {
        try await database.transaction { connection in try Self.record(entry, connection) }
    }

    static func record(_ entry: AuditEntry, _ connection: any Connection) throws {
        try connection.run(
            """
            INSERT INTO audit (position, date, sender, name, chat, line, outcome)
            VALUES ((SELECT coalesce(max(position), 0) + 1 FROM audit), $1, $2, $3, $4, $5, $6)
            """,
            [
                .date(entry.date), .integer(entry.sender), .text(entry.name),
                .integer(entry.chat), .text(entry.line), .text(entry.outcome),
            ])
    }
}
