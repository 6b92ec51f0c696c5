import Domain
import FoundationEssentials

/// Many new issues at once, told in one message.
package struct StoredStorm: Sendable, Hashable {
    package let number: Int
    package let destination: Destination
    package let cause: Cause
    package let openedAt: Date
    package let joinedAt: Date
    package let closedAt: Date?

    package enum Cause: String, Sendable, Hashable {
        /// They came faster than a chat can take messages.
        case rush
        /// They came while GlitchTip could not be asked.
        case outage
        /// A silence had held them back, and they were told in the message at its end. Over as soon as it is written down.
        case silence
    }
}

/// Issues of one kind in one project.
package struct StormGroup: Sendable, Hashable {
    package let project: String
    package let kind: String
    package let issues: Int
    package let events: Int
}

extension Book {
    package func openStorms() throws -> [StoredStorm] {
        try connection.run("SELECT * FROM storms WHERE closed_at IS NULL ORDER BY number").map(Self.storm)
    }

    package func storm(_ number: Int) throws -> StoredStorm? {
        try connection.run("SELECT * FROM storms WHERE number = $1", [.integer(number)]).first.map(Self.storm)
    }

    package func openStorm(at destination: Destination) throws -> StoredStorm? {
        try connection.run(
            """
            SELECT * FROM storms WHERE closed_at IS NULL AND chat = $1 AND coalesce(thread, 0) = $2
            ORDER BY number DESC LIMIT 1
            """, [.integer(destination.chat), .integer(destination.thread ?? 0)]
        ).first.map(Self.storm)
    }

    package func beginStorm(at destination: Destination, cause: StoredStorm.Cause, date: Date) throws -> StoredStorm {
        let rows = try connection.run(
            """
            INSERT INTO storms (chat, thread, cause, opened_at, joined_at) VALUES ($1, $2, $3, $4, $4) RETURNING *
            """, [.integer(destination.chat), .optional(destination.thread), .text(cause.rawValue), .date(date)])
        guard let row = rows.first else { throw LedgerError.unexpected("number") }
        return try Self.storm(row)
    }

    package func joinStorm(_ number: Int, at date: Date) throws {
        try connection.run("UPDATE storms SET joined_at = $1 WHERE number = $2", [.date(date), .integer(number)])
    }

    package func endStorm(_ number: Int, at date: Date) throws {
        try connection.run("UPDATE storms SET closed_at = $1 WHERE number = $2", [.date(date), .integer(number)])
    }

    /// By project and kind, the largest first.
    package func groups(of storm: Int) throws -> [StormGroup] {
        try connection.run(
            """
            SELECT project, kind, count(*) AS issues, CAST(sum(events) AS BIGINT) AS events FROM episodes WHERE storm = $1
            GROUP BY project, kind ORDER BY issues DESC, events DESC, project, kind
            """, [.integer(storm)]
        ).map { row in
            StormGroup(
                project: try row.text("project"), kind: try row.text("kind"), issues: try row.int("issues"),
                events: try row.int("events"))
        }
    }

    private static func storm(_ row: Row) throws -> StoredStorm {
        guard let cause = StoredStorm.Cause(rawValue: try row.text("cause")) else {
            throw LedgerError.unexpected("cause")
        }
        return StoredStorm(
            number: try row.int("number"),
            destination: Destination(chat: try row.integer("chat"), thread: try row.optionalInt("thread")),
            cause: cause, openedAt: try row.date("opened_at"), joinedAt: try row.date("joined_at"),
            closedAt: try row.optionalDate("closed_at"))
    }
}
