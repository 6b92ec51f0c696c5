import Domain
import FoundationEssentials
import Investigation
import Storage

/// What the desk learns from the team and from the issues it has seen.
extension InvestigationDesk {
    /// The same desk with a memory.
    ///
    /// - Parameter runbookTitle: the title of a runbook by its name; nil for one whose file is gone.
    package func learning(
        in ledger: Ledger, runbookTitle: @escaping @Sendable (String) async -> String?
    ) -> InvestigationDesk {
        var desk = self
        desk.ledger = ledger
        desk.runbookTitle = runbookTitle
        return desk
    }

    package func issue(_ reference: IssueReference) async throws -> Issue { try await glitchtip.issue(reference) }

    /// Takes an answer down; nil when no report on the issue has named the commit.
    package func record(
        _ isRight: Bool, _ sha: String, on issue: Issue, by person: Call.Sender, at date: Date
    ) async throws -> NamedCommit? {
        guard let ledger, let named = try await ledger.named(sha, for: issue.id) else { return nil }
        try await ledger.record(
            Verdict(
                issue: issue.id, sha: named.sha, person: person.id, name: person.name, isRight: isRight, date: date))
        return named
    }

    /// Keeps the commit that it was, and counts it as this person's answer to the one that was named first.
    ///
    /// Refuses a commit that the clone does not know.
    package func teach(
        _ sha: String, as person: Call.Sender, on issue: Issue, at date: Date
    ) async throws -> (Culprit, NamedCommit?) {
        let code = try await code(of: issue.project)
        guard !code.repositories.isEmpty else {
            throw Refusal("\(code.notes.first ?? "No code.") So I cannot check whether there is such a commit.")
        }
        var found: Finding.TaughtCommit?
        for repository in code.repositories where found == nil {
            found = await investigator.commit(sha, in: repository, saidBy: person.name)
        }
        guard let commit = found else {
            let place = code.repositories.count == 1 ? "The repository" : "No repository"
            let commit = code.repositories.count == 1 ? "no commit" : "a commit"
            throw Refusal("\(place) of \(issue.project.slug) has \(commit) \(HTML.code(sha)), or more than one.")
        }
        let culprit = Culprit(
            sha: commit.sha, author: commit.author, subject: commit.subject, committedAt: commit.date,
            name: person.name, date: date)
        guard let ledger else { return (culprit, nil) }
        try await ledger.teach(culprit, for: issue.id)
        let named = try await ledger.named(for: issue.id)
        if let first = named.first {
            _ = try await record(first.sha == culprit.sha, first.sha, on: issue, by: person, at: date)
        }
        return (culprit, named.first { $0.sha == culprit.sha })
    }

    /// The result as people have answered to it; what it shows is written down, so that they can.
    func taught(_ result: Result, at date: Date, _ isShown: Bool) async throws -> Result {
        guard let ledger else { return result }
        let named = result.finding.suspects.enumerated().map {
            NamedCommit(sha: $1.sha, place: $0 + 1, isLikely: $1.isLikely)
        }
        if isShown { try await ledger.name(named, for: result.issue.id, at: date) }
        let culprit = try await ledger.culprit(of: result.issue.id)
        let answers = try await ledger.verdicts(on: result.issue.id)
        let lesson = Lesson(
            culprit: culprit.map(Finding.TaughtCommit.init),
            answers: answers.map { .init(sha: $0.sha, person: $0.name, isRight: $0.isRight) })
        return Result(
            issue: result.issue, event: result.event, finding: result.finding.taught(lesson), cachedAt: result.cachedAt)
    }
}

extension InvestigationDesk {
    // The newest ones: what we wrote there ourselves says nothing of how it ended.
    private static let comments = 5

    /// How an issue ended, by what the team did here and what it wrote in GlitchTip. What neither gives is only missed.
    func ending(of issue: Issue) async -> Finding.Ending {
        async let comments =
            issue.commentCount > 0
            ? try? glitchtip.comments(on: issue.id, limit: Self.comments) : []
        let kept = try? await ledger?.ending(of: issue.id)
        // It may have been resolved before as well, and be open again.
        let resolved = issue.status == .resolved ? kept?.resolved : nil
        var titles: [String] = []
        for name in kept?.runbooks ?? [] { if let title = await runbookTitle(name) { titles.append(title) } }
        let comment = await comments?.first { !Finding.isReport($0.text) }
        return Finding.Ending(
            date: resolved?.at, person: resolved?.by,
            culprit: kept?.culprit.map(Finding.TaughtCommit.init),
            named: kept?.named.map { .init(sha: $0.sha, isConfirmed: kept?.isConfirmed == true) }, runbooks: titles,
            lastComment: comment?.text)
    }
}

extension Finding.TaughtCommit {
    init(_ culprit: Culprit) {
        self.init(
            sha: culprit.sha, author: culprit.author, date: culprit.committedAt, subject: culprit.subject,
            person: culprit.name)
    }
}
