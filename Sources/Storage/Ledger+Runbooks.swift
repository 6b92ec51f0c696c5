import Domain
import FoundationEssentials

/// Which runbook the team wants for an issue, and which it does not. The ledger knows runbooks by their names.
extension Ledger {
    /// What was said about runbooks and an issue, or one like it.
    package struct RunbookHistory: Sendable, Hashable {
        package let link: RunbookLink?
        /// What was said to be wrong, for the issue and for its kind in its project.
        package let unlinked: [UnlinkedIssue]
        /// Other issues that were solved with a runbook.
        package let solved: [SolvedIssue]
    }

    package struct RunbookLink: Sendable, Hashable {
        package let runbook: String
        /// Who made it.
        package let name: String
    }

    package struct UnlinkedIssue: Sendable, Hashable {
        package let id: Issue.ID
        package let runbook: String
        /// As it was given with the issue; nil when it never was.
        package let sketch: String?
    }

    package struct SolvedIssue: Sendable, Hashable {
        package let runbook: String
        package let shortID: String
        /// As it was given with the issue.
        package let sketch: String
    }

    /// An issue with a few words of it, by which those like it are known.
    package struct SketchedIssue: Sendable, Hashable {
        package let id: Issue.ID
        package let shortID: String
        package let sketch: String

        package init(_ issue: Issue, sketch: String) {
            id = issue.id
            shortID = issue.shortID
            self.sketch = sketch
        }
    }

    package func runbooks(for issue: Issue) async throws -> RunbookHistory {
        let id = Value.integer(issue.id.number)
        return try await database.transaction { connection in
            let link = try connection.run("SELECT runbook, name FROM runbook_links WHERE issue = $1", [id]).first
            let unlinked = try connection.run(
                """
                SELECT w.issue, w.runbook, u.sketch FROM runbook_unlinks AS w
                LEFT JOIN runbook_uses AS u ON u.issue = w.issue AND u.runbook = w.runbook
                WHERE w.issue = $1 OR (w.project = $2 AND w.kind = $3) ORDER BY w.issue <> $1, w.date DESC LIMIT $4
                """, [id, .text(issue.project.slug), .text(issue.kind), .integer(Self.mostUnlinked)])
            return RunbookHistory(
                link: try link.map { RunbookLink(runbook: try $0.text("runbook"), name: try $0.text("name")) },
                unlinked: try unlinked.map {
                    UnlinkedIssue(
                        id: Issue.ID(try $0.int("issue")), runbook: try $0.text("runbook"),
                        sketch: try $0.optionalText("sketch"))
                },
                solved: try Self.helped(butNot: id, connection) + Self.linkedAndResolved(butNot: id, connection))
        }
    }

    /// The issue gets this runbook, whatever fits it, and whatever was unlinked before.
    package func link(_ issue: SketchedIssue, to runbook: String, by name: String, at date: Date) async throws {
        try await database.transaction { connection in
            let id = Value.integer(issue.id.number)
            try Self.note("matched_at", runbook, for: issue, at: date, connection)
            try connection.run(
                "DELETE FROM runbook_unlinks WHERE issue = $1 AND runbook = $2", [id, .text(runbook)])
            try connection.run(
                """
                INSERT INTO runbook_links (issue, runbook, name, date) VALUES ($1, $2, $3, $4)
                ON CONFLICT (issue) DO UPDATE SET
                runbook = excluded.runbook, name = excluded.name, date = excluded.date
                """, [id, .text(runbook), .text(name), .date(date)])
        }
    }

    /// The runbook is wrong for the issue. Its sketch is kept, to know those again for which it is wrong too.
    package func unlink(
        _ issue: Issue, sketch: String, from runbook: String, by name: String, at date: Date
    ) async throws {
        try await database.transaction { connection in
            let id = Value.integer(issue.id.number)
            try connection.run(
                """
                INSERT INTO runbook_uses (issue, runbook, short_id, sketch) VALUES ($1, $2, $3, $4)
                ON CONFLICT (issue, runbook) DO UPDATE SET sketch = excluded.sketch
                """, [id, .text(runbook), .text(issue.shortID), .text(sketch)])
            try connection.run("DELETE FROM runbook_links WHERE issue = $1 AND runbook = $2", [id, .text(runbook)])
            try connection.run(
                """
                INSERT INTO runbook_unlinks (issue, runbook, project, kind, name, date) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (issue, runbook) DO UPDATE SET
                project = excluded.project, kind = excluded.kind, name = excluded.name, date = excluded.date
                """,
                [
                    id, .text(runbook), .text(issue.project.slug), .text(issue.kind), .text(name), .date(date),
                ])
        }
    }

    /// A runbook was found to fit an issue. The first time counts.
    package func noteMatched(_ runbook: String, for issue: SketchedIssue, at date: Date) async throws {
        try await database.transaction { try Self.note("matched_at", runbook, for: issue, at: date, $0) }
    }

    /// Somebody opened a runbook for an issue. The first time counts.
    package func noteOpened(_ runbook: String, for issue: SketchedIssue, at date: Date) async throws {
        try await database.transaction { try Self.note("opened_at", runbook, for: issue, at: date, $0) }
    }

    private static func note(
        _ column: String, _ runbook: String, for issue: SketchedIssue, at date: Date, _ connection: any Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO runbook_uses (issue, runbook, short_id, sketch, \(column)) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (issue, runbook) DO UPDATE SET
            short_id = excluded.short_id, sketch = excluded.sketch,
            \(column) = coalesce(runbook_uses.\(column), excluded.\(column))
            """,
            [
                .integer(issue.id.number), .text(runbook), .text(issue.shortID), .text(issue.sketch), .date(date),
            ])
    }

    // MARK: Solved

    // Of one kind; enough of them are wrong for all of it long before.
    private static let mostUnlinked = 100
    // Each alert is compared with them, and what is older matters less.
    private static let mostSolved = 100

    private static func helped(butNot issue: Value, _ connection: any Connection) throws -> [SolvedIssue] {
        try connection.run(
            """
            SELECT runbook, short_id, sketch FROM runbook_uses AS u WHERE issue <> $1 AND EXISTS (
                SELECT 1 FROM runbook_verdicts AS v
                WHERE v.issue = u.issue AND v.runbook = u.runbook AND v.has_helped = 1)
            ORDER BY coalesce(opened_at, matched_at) DESC LIMIT $2
            """, [issue, .integer(mostSolved)]
        ).map(SolvedIssue.init)
    }

    private static func linkedAndResolved(butNot issue: Value, _ connection: any Connection) throws -> [SolvedIssue] {
        let rows = try connection.run(
            """
            SELECT u.runbook, u.short_id, u.sketch, e.state FROM runbook_links AS l
            JOIN runbook_uses AS u ON u.issue = l.issue AND u.runbook = l.runbook
            JOIN episodes AS e ON e.issue = l.issue AND e.closed_at IS NOT NULL
            WHERE l.issue <> $1 ORDER BY e.closed_at DESC LIMIT $2
            """, [issue, .integer(mostSolved)])
        return try rows.filter { try Book.decode(Episode.self, $0, "state").closing?.how == .resolved }
            .map(SolvedIssue.init)
    }
}

extension Ledger.SolvedIssue {
    fileprivate init(_ row: Row) throws {
        runbook = try row.text("runbook")
        shortID = try row.text("short_id")
        sketch = try row.text("sketch")
    }
}
