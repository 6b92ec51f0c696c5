import Domain
import FoundationEssentials

/// A silence and what it did so far.
package struct StoredSilence: Sendable, Hashable {
    package let number: Int
    package let silence: Silence
    /// Events that it held back.
    package let events: Int
}

/// What a silence kept from the chat.
package struct HeldBack: Sendable, Hashable {
    package let issue: Issue.ID
    package let events: Int
}

extension Book {
    package func add(_ silence: Silence) throws -> Int {
        let rows = try connection.run(
            "INSERT INTO silences (state) VALUES ($1) RETURNING number", [try Self.encode(silence)])
        guard let row = rows.first else { throw LedgerError.unexpected("number") }
        return try row.int("number")
    }

    /// Those that are not over, the oldest first.
    package func silences() throws -> [StoredSilence] {
        try connection.run("SELECT * FROM silences WHERE ended_at IS NULL ORDER BY number").map { row in
            StoredSilence(
                number: try row.int("number"), silence: try Self.decode(Silence.self, row, "state"),
                events: try row.int("events"))
        }
    }

    /// False when it was over already.
    package func end(silence number: Int, at date: Date) throws -> Bool {
        try !connection.run(
            "UPDATE silences SET ended_at = $1 WHERE number = $2 AND ended_at IS NULL RETURNING number",
            [.date(date), .integer(number)]
        ).isEmpty
    }

    package func hold(_ issue: Issue.ID, events: Int, by silence: Int) throws {
        try connection.run(
            """
            INSERT INTO held_back (silence, issue, events) VALUES ($1, $2, $3)
            ON CONFLICT (silence, issue) DO UPDATE SET events = held_back.events + excluded.events
            """, [.integer(silence), .integer(issue.number), .integer(events)])
        try connection.run(
            "UPDATE silences SET events = events + $1 WHERE number = $2", [.integer(events), .integer(silence)])
    }

    /// The most frequent first.
    package func heldBack(by silence: Int) throws -> [HeldBack] {
        try connection.run(
            "SELECT issue, events FROM held_back WHERE silence = $1 ORDER BY events DESC, issue", [.integer(silence)]
        ).map { HeldBack(issue: Issue.ID(try $0.int("issue")), events: try $0.int("events")) }
    }
}
