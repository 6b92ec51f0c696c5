import Domain
import FoundationEssentials

/// A silence and what it did so far.
package struct StoredSilence: Sendable, Hashable {
    package let number: Int
    package let silence: Silence
    /// Events that it holds back, those that it took over from others included.
    package let events: Int
    /// Events that came while it was there: its end is counted by these.
    package let own: Int

    package func isOver(at now: Date) -> Bool { silence.isOver(held: own, at: now) }
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
            let own = try row.int("events")
            return StoredSilence(
                number: try row.int("number"), silence: try Self.decode(Silence.self, row, "state"),
                events: own + (try row.int("carried")), own: own)
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
        try keep(issue, events, silence)
        try connection.run(
            "UPDATE silences SET events = events + $1 WHERE number = $2", [.integer(events), .integer(silence)])
    }

    /// What one silence held back of an issue is another's from now on, which says it at its end. It does not bring that end
    /// nearer: `until 100 more` counts from when it was said.
    package func pass(_ issue: Issue.ID, from silence: Int, to other: Int) throws {
        let rows = try connection.run(
            "DELETE FROM held_back WHERE silence = $1 AND issue = $2 RETURNING events",
            [.integer(silence), .integer(issue.number)])
        guard let events = try rows.first?.int("events") else { return }
        try keep(issue, events, other)
        for (number, change) in [(silence, -events), (other, events)] {
            try connection.run(
                "UPDATE silences SET carried = carried + $1 WHERE number = $2", [.integer(change), .integer(number)])
        }
    }

    private func keep(_ issue: Issue.ID, _ events: Int, _ silence: Int) throws {
        try connection.run(
            """
            INSERT INTO held_back (silence, issue, events) VALUES ($1, $2, $3)
            ON CONFLICT (silence, issue) DO UPDATE SET events = held_back.events + excluded.events
            """, [.integer(silence), .integer(issue.number), .integer(events)])
    }

    /// The most frequent first.
    package func heldBack(by silence: Int) throws -> [HeldBack] {
        try connection.run(
            "SELECT issue, events FROM held_back WHERE silence = $1 ORDER BY events DESC, issue", [.integer(silence)]
        ).map { HeldBack(issue: Issue.ID(try $0.int("issue")), events: try $0.int("events")) }
    }
}
