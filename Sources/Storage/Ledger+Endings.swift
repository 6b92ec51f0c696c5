import Domain
import FoundationEssentials

/// How an issue ended, as far as anybody told us or did it here.
package struct KeptEnding: Sendable, Hashable {
    /// By nobody when it was done in GlitchTip's own pages; nil when we did not see it.
    package let resolved: Episode.Touch?
    /// The commit that it was, if somebody has taught it.
    package let culprit: Culprit?
    /// The commit that a person called right, else the likely one of its investigation unless it was called wrong.
    package let named: NamedCommit?
    package let isConfirmed: Bool
    /// Names of the runbooks that helped.
    package let runbooks: [String]
}

extension Ledger {
    /// Nil for one that GlitchTip had resolved when we first saw it: that tells neither when nor by whom.
    private static func resolved(_ episode: Episode) -> Episode.Touch? {
        guard let closing = episode.closing, closing.how == .resolved else { return nil }
        return episode.cause == .known && closing.touch.by == nil ? nil : closing.touch
    }

    package func ending(of issue: Issue.ID) async throws -> KeptEnding {
        let culprit = try await culprit(of: issue)
        let word = Dictionary(try await verdicts(on: issue).map { ($0.sha, $0.isRight) }) { $1 }
        let named = try await named(for: issue)
        let right = named.first { word[$0.sha] == true }
        let id = Value.integer(issue.number)
        return try await database.transaction { connection in
            let closed = try connection.run(
                "SELECT state FROM episodes WHERE issue = $1 AND closed_at IS NOT NULL ORDER BY number DESC LIMIT 1",
                [id]
            ).first.map { try Book.decode(Episode.self, $0, "state") }
            let helped = try connection.run(
                "SELECT DISTINCT runbook FROM runbook_verdicts WHERE issue = $1 AND has_helped = 1 ORDER BY runbook",
                [id])
            return KeptEnding(
                resolved: closed.flatMap(Self.resolved), culprit: culprit,
                named: right ?? named.first { $0.isLikely && word[$0.sha] == nil }, isConfirmed: right != nil,
                runbooks: try helped.map { try $0.text("runbook") })
        }
    }
}
