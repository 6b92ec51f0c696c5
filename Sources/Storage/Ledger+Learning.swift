import Domain
import FoundationEssentials

/// What the team says of the commits that investigations name.
extension Ledger {
    /// Writes down what a report shows; the places may change when it is looked for anew, the first date stays.
    package func name(_ commits: [NamedCommit], for issue: Issue.ID, at date: Date) async throws {
        try await database.transaction { connection in
            for commit in commits {
                try connection.run(
                    """
                    INSERT INTO named (issue, sha, place, is_likely, named_at) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT (issue, sha) DO UPDATE SET place = excluded.place, is_likely = excluded.is_likely
                    """,
                    [
                        .integer(issue.number), .text(commit.sha), .integer(commit.place),
                        .integer(commit.isLikely ? 1 : 0), .date(date),
                    ])
            }
        }
    }

    /// The commit that a report on the issue showed; nil when none began so.
    package func named(_ prefix: String, for issue: Issue.ID) async throws -> NamedCommit? {
        try await database.transaction { connection in
            try connection.run(
                "SELECT sha, place, is_likely FROM named WHERE issue = $1 AND substr(sha, 1, $2) = $3 LIMIT 1",
                [.integer(issue.number), .integer(prefix.count), .text(prefix)]
            ).first.map(Self.named)
        }
    }

    /// All that reports on the issue have shown, the first place first.
    package func named(for issue: Issue.ID) async throws -> [NamedCommit] {
        try await database.transaction { connection in
            try connection.run(
                "SELECT sha, place, is_likely FROM named WHERE issue = $1 ORDER BY place, named_at DESC",
                [.integer(issue.number)]
            ).map(Self.named)
        }
    }

    private static func named(_ row: Row) throws -> NamedCommit {
        NamedCommit(sha: try row.text("sha"), place: try row.int("place"), isLikely: try row.int("is_likely") == 1)
    }

    /// One verdict a person and commit: a second one takes the first one's place.
    package func record(_ verdict: Verdict) async throws {
        try await change(
            """
            INSERT INTO verdicts (issue, sha, person, name, is_right, said_at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (issue, sha, person)
            DO UPDATE SET name = excluded.name, is_right = excluded.is_right, said_at = excluded.said_at
            """,
            [
                .integer(verdict.issue.number), .text(verdict.sha), .integer(verdict.person), .text(verdict.name),
                .integer(verdict.isRight ? 1 : 0), .date(verdict.date),
            ])
    }

    /// The oldest first.
    package func verdicts(on issue: Issue.ID) async throws -> [Verdict] {
        try await database.transaction { connection in
            try connection.run(
                "SELECT * FROM verdicts WHERE issue = $1 ORDER BY said_at, person", [.integer(issue.number)]
            ).map(Self.verdict)
        }
    }

    private static func verdict(_ row: Row) throws -> Verdict {
        Verdict(
            issue: Issue.ID(try row.int("issue")), sha: try row.text("sha"), person: try row.integer("person"),
            name: try row.text("name"), isRight: try row.int("is_right") == 1, date: try row.date("said_at"))
    }

    /// One an issue: who teaches last is believed.
    package func teach(_ culprit: Culprit, for issue: Issue.ID) async throws {
        try await change(
            """
            INSERT INTO culprits (issue, sha, author, subject, committed_at, name, said_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (issue) DO UPDATE SET sha = excluded.sha, author = excluded.author,
                subject = excluded.subject, committed_at = excluded.committed_at, name = excluded.name,
                said_at = excluded.said_at
            """,
            [
                .integer(issue.number), .text(culprit.sha), .text(culprit.author), .text(culprit.subject),
                .date(culprit.committedAt), .text(culprit.name), .date(culprit.date),
            ])
    }

    package func culprit(of issue: Issue.ID) async throws -> Culprit? {
        try await database.transaction { connection in
            try connection.run("SELECT * FROM culprits WHERE issue = $1", [.integer(issue.number)]).first.map { row in
                Culprit(
                    sha: try row.text("sha"), author: try row.text("author"), subject: try row.text("subject"),
                    committedAt: try row.date("committed_at"), name: try row.text("name"),
                    date: try row.date("said_at"))
            }
        }
    }

    /// How often the commit that stood first was the one, among the issues whose first report fell in the time.
    ///
    /// The last word on an issue counts once, however many people answered.
    package func hitRate(from start: Date, to end: Date) async throws -> HitRate {
        try await database.transaction { connection in
            let span: [Value] = [.date(start), .date(end)]
            let shown = try connection.run(
                """
                SELECT count(*) AS n FROM (
                    SELECT issue FROM named GROUP BY issue HAVING min(named_at) >= $1 AND min(named_at) < $2) AS shown
                """, span)
            let answers = try connection.run(
                """
                SELECT verdicts.* FROM verdicts JOIN named ON named.issue = verdicts.issue AND named.sha = verdicts.sha
                WHERE named.place = 1 AND named.named_at >= $1 AND named.named_at < $2 ORDER BY said_at
                """, span
            ).map(Self.verdict)
            let last = Dictionary(answers.map { ($0.issue, $0.isRight) }) { $1 }
            let right = last.values.count(where: \.self)
            return HitRate(
                right: right, wrong: last.count - right, investigations: try shown.first?.int("n") ?? 0)
        }
    }
}
