import Domain
import FoundationEssentials

/// How much happened, and what became of it: what reports are made from.
extension Ledger {
    /// Keeps what GlitchTip counted; of an hour that was kept before, the larger count, for GlitchTip forgets.
    package func keep(_ hours: [Date: Int], ofProject project: Int) async throws {
        try await database.transaction { connection in
            for (date, events) in hours {
                try connection.run(
                    """
                    INSERT INTO project_hours (project, hour, events) VALUES ($1, $2, $3)
                    ON CONFLICT (project, hour) DO UPDATE SET events =
                        CASE WHEN excluded.events > project_hours.events THEN excluded.events ELSE project_hours.events END
                    """, [.integer(project), .integer(Self.hour(date)), .integer(events)])
            }
        }
    }

    /// Events by project in the hours that begin within the span.
    package func events(from start: Date, to end: Date) async throws -> [Int: Int] {
        try await sums("project_hours", by: "project", from: start, to: end, most: 10_000)
    }

    /// The first hour of which anything is known; nil when nothing is.
    package func countedSince() async throws -> Date? {
        try await database.transaction { connection in
            try connection.run("SELECT min(hour) AS hour FROM project_hours").first?.optionalInt("hour")
                .map { Date(timeIntervalSince1970: Double($0) * 3600) }
        }
    }

    /// How often the chat was told of an issue that was new or came back.
    package func alerts(in period: Range<Date>) async throws -> Int {
        try await database.transaction { connection in
            try connection.run(
                """
                SELECT count(*) AS n FROM episodes
                WHERE announced IN ('message', 'digest') AND announced_at >= $1 AND announced_at < $2
                """, [.date(period.lowerBound), .date(period.upperBound)]
            ).first?.int("n") ?? 0
        }
    }

    /// Silences that came to their end in a time by themselves, not by a hand.
    package func expiredSilences(in period: Range<Date>) async throws -> [ExpiredSilence] {
        try await database.transaction { connection in
            try connection.run(
                "SELECT * FROM silences WHERE ended_at >= $1 AND ended_at < $2 ORDER BY number",
                [.date(period.lowerBound), .date(period.upperBound)]
            ).compactMap { row in
                let silence = try Book.decode(Silence.self, row, "state")
                let events = try row.int("events")
                guard silence.isOver(held: events, at: try row.date("ended_at")) else { return nil }
                return ExpiredSilence(target: silence.target, events: events + (try row.int("carried")))
            }
        }
    }

    /// The issues that happened most in the hours that begin within the span, by our own counts.
    package func busiestIssues(from start: Date, to end: Date, most: Int) async throws -> [Issue.ID: Int] {
        let sums = try await sums("episode_hours", by: "issue", from: start, to: end, most: most)
        return Dictionary(sums.map { (Issue.ID($0.key), $0.value) }) { first, _ in first }
    }

    /// What is open, and what began or ended within the span.
    package func episodes(from start: Date, to end: Date) async throws -> [Episode] {
        try await database.transaction { connection in
            try connection.run(
                """
                SELECT state FROM episodes WHERE opened_at < $2
                    AND (is_open = 1 OR opened_at >= $1 OR closed_at >= $1) ORDER BY opened_at, issue
                """, [.date(start), .date(end)]
            ).map { try Book.decode(Episode.self, $0, "state") }
        }
    }

    /// What began within the span.
    package func episodesBegun(from start: Date, to end: Date) async throws -> [Episode] {
        try await database.transaction { connection in
            try connection.run(
                "SELECT state FROM episodes WHERE opened_at >= $1 AND opened_at < $2", [.date(start), .date(end)]
            ).map { try Book.decode(Episode.self, $0, "state") }
        }
    }

    private func sums(
        _ table: String, by key: String, from start: Date, to end: Date, most: Int
    ) async throws -> [Int: Int] {
        try await database.transaction { connection in
            let rows = try connection.run(
                """
                SELECT \(key) AS key, sum(events) AS n FROM \(table) WHERE hour >= $1 AND hour < $2
                GROUP BY \(key) ORDER BY sum(events) DESC, \(key) LIMIT $3
                """, [.integer(Self.hour(start, up: true)), .integer(Self.hour(end, up: true)), .integer(most)])
            return Dictionary(try rows.map { (try $0.int("key"), try $0.int("n")) }) { first, _ in first }
        }
    }

    /// From 1970; the one that a moment is in, or the first that begins not before it.
    static func hour(_ date: Date, up: Bool = false) -> Int {
        Int((date.timeIntervalSince1970 / 3600).rounded(up ? .up : .down))
    }
}
