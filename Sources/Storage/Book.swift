import FoundationEssentials

/// The ledger opened for one entry: all that is written in it is kept together, or not at all.
///
/// Deciding and saying in one transaction is what makes an alert one message, however often and by which road it comes,
/// and wherever the process dies.
package struct Book {
    let connection: any Connection

    /// Writes down what a chat should show; see `Ledger.say`.
    package func say(_ message: Message, at date: Date) throws { try Ledger.say(message, at: date, connection) }

    /// The same for a message that was said before. One that is forgotten by now is not said anew, nor one that somebody
    /// deleted in the chat.
    package func edit(_ message: Message, at date: Date) throws {
        let rows = try connection.run(
            "SELECT key FROM outbox WHERE key = $1 AND NOT (given_up_at IS NOT NULL AND coalesce(trouble, '') = $2)",
            [.text(message.key), .text(StoredMessage.deleted)])
        guard !rows.isEmpty else { return }
        try say(message, at: date)
    }

    package func has(_ key: String) throws -> Bool {
        try !connection.run("SELECT key FROM outbox WHERE key = $1", [.text(key)]).isEmpty
    }

    /// Telegram's id of what was said under a key, for replies to it.
    package func messageID(of key: String) throws -> Int? {
        try connection.run("SELECT message_id FROM outbox WHERE key = $1", [.text(key)]).first?
            .optionalInt("message_id")
    }

    /// What was deleted in the chat is sent anew with its next content.
    package func revive(_ key: String) throws {
        try connection.run(
            """
            UPDATE outbox SET message_id = NULL, given_up_at = NULL, trouble = NULL
            WHERE key = $1 AND given_up_at IS NOT NULL AND trouble = $2
            """, [.text(key), .text(StoredMessage.deleted)])
    }

    /// A number that is higher than all before it: what came first is told by it, not by a clock.
    package func nextTurn() throws -> Int {
        let turn = (try setting("turn").flatMap { Int($0) } ?? 0) + 1
        try set(String(turn), for: "turn")
        return turn
    }

    package func setting(_ key: String) throws -> String? {
        try connection.run("SELECT value FROM settings WHERE key = $1", [.text(key)]).first?.text("value")
    }

    package func set(_ value: String?, for key: String) throws { try Ledger.set(value, for: key, connection) }

    /// True the first time it is asked for the key.
    package func once(_ key: String, at date: Date) throws -> Bool { try Ledger.once(key, at: date, connection) }

    static func encode(_ value: some Encodable) throws -> Value {
        .text(String(decoding: try JSONEncoder().encode(value), as: UTF8.self))
    }

    static func decode<T: Decodable>(_ type: T.Type, _ row: Row, _ column: String) throws -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(try row.text(column).utf8))
        } catch is DecodingError {
            throw LedgerError.unexpected(column)
        }
    }
}

extension Ledger {
    /// Runs `work` as one transaction. It may be run again when a commit failed: no effects but on the book.
    package func entry<T: Sendable>(_ work: @escaping @Sendable (Book) throws -> T) async throws -> T {
        try await database.transaction { try work(Book(connection: $0)) }
    }
}
