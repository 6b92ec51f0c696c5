import ChatOps
import Domain
import Storage

/// What `/right` and `/wrong` have in common: one answer a person and commit, which a second one replaces.
struct Judgement {
    let desk: InvestigationDesk
    let runbooks: RunbookDesk
    let isRight: Bool

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        let (reference, sha) = try arguments.issueAndCommit()
        try arguments.end()

        let issue = try await desk.issue(reference)
        guard let named = try await desk.record(isRight, sha, on: issue, by: call.sender, at: call.date) else {
            throw Refusal(
                "No investigation of \(issue.shortID) has named \(HTML.code(sha.prefix(12))). To teach another commit: "
                    + "\(HTML.code("/culprit \(issue.id) \(sha.prefix(12))"))")
        }
        let outcome = isRight ? "right" : "wrong"
        // A button is under the report, which then shows the answer itself.
        if call.pressed != nil {
            let result = try await desk.investigate(.id(issue.id), fresh: false, at: call.date) { _ in }
            let runbook = try await runbooks.bestFit(for: result, at: call.date)
            return InvestigationReport(result, runbook, link: desk.link(to: issue.id), at: call.date)
                .reply(.inPlace, outcome: outcome)
        }
        return Reply(text(issue, named), about: issue.id, outcome: outcome)
    }

    private func text(_ issue: Issue, _ named: NamedCommit) -> HTML {
        let commit = HTML.code(named.sha.prefix(8))
        guard !isRight else { return "👍 Noted: \(commit) was behind \(issue.shortID)." }
        return "👎 Noted: \(commit) was not behind \(issue.shortID). If you know which one was: "
            + "\(HTML.code("/culprit \(issue.id) SHA"))"
    }
}

extension Arguments {
    /// In a reply to an issue's message the commit alone is enough, and it may look like a number.
    mutating func issueAndCommit() throws -> (IssueReference, String) {
        let words = words()
        if let repliedTo, words.count == 1, Self.isHash(words[0].lowercased()) { return (.id(repliedTo), try commit()) }
        return (try issue(), try commit())
    }

    /// A commit's hash, whole or its beginning.
    private mutating func commit() throws -> String {
        guard let word = word() else {
            throw Refusal("Which commit? Give its hash, such as \(HTML.code("2c25aeff")).")
        }
        let sha = word.lowercased()
        guard Self.isHash(sha) else {
            throw Refusal(
                "\(HTML.code(word.cut(to: 60))) is not a commit. Give at least six characters of its hash.")
        }
        return sha
    }

    private static func isHash(_ word: String) -> Bool {
        (6...40).contains(word.utf8.count)
            && word.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
