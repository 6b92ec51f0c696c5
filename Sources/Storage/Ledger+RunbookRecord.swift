import Domain
import FoundationEssentials

extension Ledger {
    /// What happened with runbooks in a time: its start belongs to it, its end to the next.
    package func runbookRecord(in period: Range<Date>) async throws -> RunbookRecord {
        let span = [Value.date(period.lowerBound), .date(period.upperBound)]
        return try await database.transaction { connection in
            let uses = try connection.run(
                """
                SELECT issue, runbook, matched_at, opened_at FROM runbook_uses
                WHERE (matched_at >= $1 AND matched_at < $2) OR (opened_at >= $1 AND opened_at < $2)
                """, span
            ).map {
                RunbookRecord.Use(
                    runbook: try $0.text("runbook"), issue: Issue.ID(try $0.int("issue")),
                    matchedAt: try $0.optionalDate("matched_at"), openedAt: try $0.optionalDate("opened_at"))
            }
            let verdicts = try connection.run(
                "SELECT runbook, has_helped FROM runbook_verdicts WHERE date >= $1 AND date < $2", span
            ).map {
                RunbookRecord.Verdict(runbook: try $0.text("runbook"), hasHelped: try $0.int("has_helped") == 1)
            }
            let unlinks = try connection.run(
                "SELECT runbook FROM runbook_unlinks WHERE date >= $1 AND date < $2", span
            ).map { try $0.text("runbook") }
            let cases = try connection.run(
                "SELECT state FROM episodes WHERE opened_at >= $1 AND opened_at < $2 AND announced <> 'none'", span
            ).map { RunbookRecord.Case(try Book.decode(Episode.self, $0, "state")) }
            return RunbookRecord(uses: uses, verdicts: verdicts, unlinks: unlinks, cases: cases)
        }
    }
}

extension RunbookRecord.Case {
    fileprivate init(_ episode: Episode) {
        let closing = episode.closing.flatMap { $0.how == .resolved ? $0 : nil }
        self.init(
            issue: episode.issue, project: episode.subject.project.slug, kind: episode.subject.kind,
            openedAt: episode.openedAt, resolvedAt: closing?.touch.at)
    }
}
