import FoundationEssentials

/// The bot's memory: what came in, what goes out, who changed what. Each group of methods is in a file of its own.
package struct Ledger: Sendable {
    package let database: any Database

    package init(database: any Database) { self.database = database }

    /// Forgets what is finished and older; the audit log is kept, and so is a message that was edited since.
    package func prune(before date: Date) async throws {
        try await delete("inbox", "update_id", where: "finished_at < $1", date)
        try await delete("alerts", "id", where: "finished_at < $1", date)
        try await delete("outbox", "key", where: "given_up_at < $1", date)
        try await delete("outbox", "key", where: "wanted = sent AND coalesce(delivered_at, created_at) < $1", date)
        try await delete("done_once", "key", where: "date < $1", date)
        // Longer than any report looks back. Whoever knows the address to send events to can name releases without end.
        try await delete("releases", "first_seen", where: "first_seen < $1", date.addingTimeInterval(-365 * 86_400))
        let hour = Int(date.timeIntervalSince1970 / 3600)
        try await change("DELETE FROM episode_hours WHERE hour < $1", [.integer(hour)])
    }

    /// In small portions, so that an alert need not wait for a month's rubbish.
    private func delete(_ table: String, _ key: String, where condition: String, _ date: Date) async throws {
        let sql = """
            DELETE FROM \(table) WHERE \(key) IN (SELECT \(key) FROM \(table) WHERE \(condition) LIMIT 500)
            RETURNING \(key)
            """
        while try await database.transaction({ try !$0.run(sql, [.date(date)]).isEmpty }) {
            try Task.checkCancellation()
        }
    }

    /// One statement that answers nothing.
    func change(_ sql: String, _ values: [Value]) async throws {
        try await database.transaction { connection in _ = try connection.run(sql, values) }
    }
}

/// The bot's small notes to itself.
extension Ledger {
    package func setting(_ key: String) async throws -> String? {
        try await database.transaction { connection in
            try connection.run("SELECT value FROM settings WHERE key = $1", [.text(key)]).first?.text("value")
        }
    }

    package func set(_ value: String?, for key: String) async throws {
        try await database.transaction { connection in try Self.set(value, for: key, connection) }
    }

    static func set(_ value: String?, for key: String, _ connection: any Connection) throws {
        guard let value else {
            try connection.run("DELETE FROM settings WHERE key = $1", [.text(key)])
            return
        }
        try connection.run(
            """
            INSERT INTO settings (key, value) VALUES ($1, $2)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """, [.text(key), .text(value)])
    }

    /// True the first time it is asked for the key: for what must not be done twice.
    package func once(_ key: String, at date: Date) async throws -> Bool {
        try await database.transaction { connection in try Self.once(key, at: date, connection) }
    }

    package func isDone(_ key: String) async throws -> Bool {
        try await database.transaction { connection in
            try !connection.run("SELECT key FROM done_once WHERE key = $1", [.text(key)]).isEmpty
        }
    }

    /// Says something the first time it is asked for the key, and returns whether this was it; both are kept together,
    /// or neither.
    @discardableResult
    package func sayOnce(_ key: String, _ messages: [Message], at date: Date) async throws -> Bool {
        try await database.transaction { connection in
            guard try Self.once(key, at: date, connection) else { return false }
            for message in messages { try Self.say(message, at: date, connection) }
            return true
        }
    }

    static func once(_ key: String, at date: Date, _ connection: any Connection) throws -> Bool {
        let rows = try connection.run(
            "INSERT INTO done_once (key, date) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING RETURNING key",
            [.text(key), .date(date)])
        return !rows.isEmpty
    }

    /// Takes back a `once` whose work failed.
    package func forget(_ key: String) async throws {
        try await change("DELETE FROM done_once WHERE key = $1", [.text(key)])
    }
}
