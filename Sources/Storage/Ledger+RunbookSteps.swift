import Domain
import FoundationEssentials

/// What people did with a runbook for an issue, and what they say of it.
extension Ledger {
    /// A step that somebody did.
    package struct Tick: Sendable, Hashable {
        package let name: String
        package let date: Date
    }

    package struct RunbookProgress: Sendable, Hashable {
        /// By step: `2.1`.
        package let ticks: [String: Tick]
        /// How many say that it helped, and how many that it did not.
        package let helped: Int
        package let didNotHelp: Int
    }

    package func progress(of runbook: String, for issue: Issue.ID) async throws -> RunbookProgress {
        try await database.transaction { try Self.progress(of: runbook, for: issue, $0) }
    }

    /// The steps that were done for an issue, of whatever runbook, in the order in which they were.
    package func steps(doneFor issue: Issue.ID) async throws -> [(runbook: String, step: String)] {
        try await database.transaction { connection in
            try connection.run(
                "SELECT runbook, step FROM runbook_ticks WHERE issue = $1 ORDER BY date, step",
                [.integer(issue.number)]
            ).map { (runbook: try $0.text("runbook"), step: try $0.text("step")) }
        }
    }

    /// Somebody did a step; who was first stays.
    package func tick(
        _ step: String, of runbook: String, for issue: Issue.ID, by name: String, at date: Date
    ) async throws {
        try await change(
            """
            INSERT INTO runbook_ticks (issue, runbook, step, name, date) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (issue, runbook, step) DO NOTHING
            """, [.integer(issue.number), .text(runbook), .text(step), .text(name), .date(date)])
    }

    /// It was not done after all.
    package func untick(_ step: String, of runbook: String, for issue: Issue.ID) async throws {
        try await change(
            "DELETE FROM runbook_ticks WHERE issue = $1 AND runbook = $2 AND step = $3",
            [.integer(issue.number), .text(runbook), .text(step)])
    }

    /// One word a person and issue; the last one counts.
    package func judge(
        _ runbook: String, for issue: Issue.ID, hasHelped: Bool, by person: Int64, name: String, at date: Date
    ) async throws {
        try await change(
            """
            INSERT INTO runbook_verdicts (issue, runbook, person, name, has_helped, date) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (issue, runbook, person) DO UPDATE SET
            name = excluded.name, has_helped = excluded.has_helped, date = excluded.date
            """,
            [
                .integer(issue.number), .text(runbook), .integer(person), .text(name), .integer(hasHelped ? 1 : 0),
                .date(date),
            ])
    }

    private static func progress(
        of runbook: String, for issue: Issue.ID, _ connection: any Connection
    ) throws -> RunbookProgress {
        let key = [Value.integer(issue.number), .text(runbook)]
        let ticks = try connection.run(
            "SELECT step, name, date FROM runbook_ticks WHERE issue = $1 AND runbook = $2", key)
        let verdicts = try connection.run(
            "SELECT has_helped FROM runbook_verdicts WHERE issue = $1 AND runbook = $2", key
        ).map { try $0.int("has_helped") }
        return RunbookProgress(
            ticks: Dictionary(
                try ticks.map { (try $0.text("step"), Tick(name: try $0.text("name"), date: try $0.date("date"))) }
            ) { first, _ in first },
            helped: verdicts.count { $0 == 1 }, didNotHelp: verdicts.count { $0 == 0 })
    }
}
