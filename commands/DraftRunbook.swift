import ChatOps
import Domain
import FoundationEssentials
import GlitchTip
import Investigation
import Runbooks
import Storage

/// What `/runbook new ISSUE` does: drafts a runbook from an issue that was solved, and writes it on a branch on request.
struct DraftRunbook {
    let glitchtip: GlitchTipAPI
    let desk: InvestigationDesk
    let runbooks: RunbookDesk

    func run(_ arguments: Arguments, _ call: Call) async throws -> Reply {
        var arguments = arguments
        let reference = try arguments.issue()
        let isToBeWritten = arguments.take("commit")
        try arguments.end()
        if isToBeWritten { try call.require(.responder) }

        let issue = try await glitchtip.issue(reference)
        guard issue.status == .resolved else {
            throw Refusal("\(issue.shortID) is not resolved: what helped is not known yet.")
        }
        let drafted = try await draft(of: issue, at: call.date)
        let repository = await runbooks.writable()
        return isToBeWritten
            ? try await write(drafted.draft, repository, issue, call)
            : show(drafted, issue, canWrite: repository != nil)
    }

    /// A draft, and in words what it is made of.
    private struct Drafted {
        let draft: Draft
        let parts: [String]
    }

    private func draft(of issue: Issue, at date: Date) async throws -> Drafted {
        let shelf = await runbooks.library.current()
        async let comments = glitchtip.comments(on: issue.id, limit: 20)
        let result = try await desk.investigate(.id(issue.id), fresh: false, at: date, isShown: false) { _ in }
        let steps = try await runbooks.ledger.steps(doneFor: issue.id).compactMap { done in
            Runbook.Name(done.runbook).flatMap { shelf[$0] }.flatMap { RunbookPage($0).markdown(of: done.step) }
        }
        let words = try await comments.reversed().compactMap { Self.words(of: $0) }
        let cause = try await cause(of: issue, result.finding)
        let fix = result.finding.laterChanges.first.map {
            Draft.Commit(sha: $0.sha, subject: $0.subject, isSure: false)
        }
        let draft = Draft(
            issue: issue, event: result.event, steps: steps, comments: words, cause: cause, fix: fix,
            taken: Set(shelf.runbooks.map(\.name)))
        let counts = [(steps.count, "step", "steps"), (words.count, "comment", "comments")].filter { $0.0 > 0 }
        let commits = [cause, fix].compactMap { $0.map { "commit \($0.sha.prefix(8))" } }
        return Drafted(draft: draft, parts: counts.map { "\($0) \($0 == 1 ? $1 : $2)" } + commits)
    }

    /// The commit that somebody has taught or called right, else the one that is likely.
    private func cause(of issue: Issue, _ finding: Finding) async throws -> Draft.Commit? {
        if let taught = finding.taughtCommit {
            return Draft.Commit(sha: taught.sha, subject: taught.subject, isSure: true)
        }
        let right = try await runbooks.ledger.verdicts(on: issue.id).last(where: \.isRight)?.sha
        if let suspect = finding.suspects.first(where: { $0.sha == right }) {
            return Draft.Commit(sha: suspect.sha, subject: suspect.subject, isSure: true)
        }
        return finding.suspects.first(where: \.isLikely).map {
            Draft.Commit(sha: $0.sha, subject: $0.subject, isSure: false)
        }
    }

    /// What a person wrote; nil for a report of ours.
    private static func words(of comment: Comment) -> String? {
        guard !Finding.isReport(comment.text) else { return nil }
        return comment.text.split(separator: "\n").filter { !($0.hasPrefix("— ") && $0.hasSuffix(", by Tipline")) }
            .joined(separator: " ")
    }

    private func show(_ drafted: Drafted, _ issue: Issue, canWrite: Bool) -> Reply {
        let draft = drafted.draft
        let rule: HTML =
            draft.rule.isEmpty
            ? "It has no rule yet: write one under “matches”."
            : "For errors with \(draft.rule.joined(separator: ", "))."
        let parts: HTML =
            drafted.parts.isEmpty
            ? "Nobody ticked a step or wrote a comment: write what helped."
            : "From \(drafted.parts.joined(separator: ", "))."
        return Reply(
            "📝 A draft from \(issue.shortID), to be edited: \(HTML.code("\(draft.name).md"))\n\(rule)\n\(parts)",
            keyboard: canWrite ? [[Button("Write on branch", callbackData: "/runbook new \(issue.id) commit")]] : [],
            document: Self.document(draft), about: issue.id)
    }

    private static func document(_ draft: Draft) -> Document {
        Document(
            name: "\(draft.name).md", text: draft.text, caption: "Edit it, and put it beside your other runbooks.")
    }

    private func write(
        _ draft: Draft, _ repository: WritableRepository?, _ issue: Issue, _ call: Call
    ) async throws -> Reply {
        guard let repository else {
            throw Refusal("The first folder of \(HTML.code("TIPLINE_RUNBOOKS")) is in no git repository.")
        }
        let (file, branch) = (HTML.code("\(draft.name).md"), "tipline/runbook-\(issue.id)")
        do {
            let commit = try await repository.commit(
                draft.text, as: "\(draft.name).md", on: branch,
                message: "Draft a runbook from \(issue.shortID)\n\nAsked for by \(call.sender.name).", at: call.date)
            let pushed = repository.isClone ? ", pushed" : ""
            return Reply(
                "📝 \(file) is on the branch \(HTML.code(branch)), commit \(HTML.code(commit.prefix(8)))\(pushed).",
                about: issue.id, outcome: "drafted \(draft.name)")
        } catch WritableRepository.Failure.branchExists {
            return Reply("The branch \(HTML.code(branch)) is there already.", about: issue.id)
        } catch WritableRepository.Failure.notPushed(let reason) {
            return Reply(
                "The branch could not be pushed: \(reason). Here is \(file), to be committed by hand.",
                document: Self.document(draft), about: issue.id)
        } catch is WritableRepository.Failure {
            throw Refusal("git refused to write there. May Tipline write to the repository?")
        }
    }
}
