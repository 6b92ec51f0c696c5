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
    let runbooks: RunbookDesk

    // The message has words around it.
    private static let mostCharacters = 3500

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
        let draft = try await draft(of: issue)
        let workTree = await workTree()
        return isToBeWritten
            ? try await write(draft, workTree, issue, call) : show(draft, issue, canWrite: workTree != nil)
    }

    private func draft(of issue: Issue) async throws -> Draft {
        let shelf = await runbooks.library.current()
        async let event = glitchtip.latestEventIfAny(of: issue.id)
        async let comments = glitchtip.comments(on: issue.id, limit: 20)
        let steps = try await runbooks.ledger.steps(doneFor: issue.id).compactMap { done in
            Runbook.Name(done.runbook).flatMap { shelf[$0] }.flatMap { RunbookPage($0).markdown(of: done.step) }
        }
        let words = try await comments.reversed().compactMap { Self.words(of: $0) }
        return Draft(
            issue: issue, event: try await event, steps: steps, comments: words, taken: Set(shelf.runbooks.map(\.name)))
    }

    /// What a person wrote; nil for a report of ours.
    private static func words(of comment: Comment) -> String? {
        guard !Finding.isReport(comment.text) else { return nil }
        return comment.text.split(separator: "\n").filter { !($0.hasPrefix("— ") && $0.hasSuffix(", by Tipline")) }
            .joined(separator: " ")
    }

    private func workTree() async -> WorkTree? {
        guard let folder = runbooks.library.ownFolder else { return nil }
        return await WorkTree.around(folder)
    }

    private func show(_ draft: Draft, _ issue: Issue, canWrite: Bool) -> Reply {
        let head: HTML = "📝 A draft from \(issue.shortID), to be edited: \(HTML.code("\(draft.name).md"))"
        let isLong = draft.text.count > Self.mostCharacters
        let rest = isLong ? "\n…" : ""
        let text = HTML.pre(draft.text.prefix(Self.mostCharacters) + rest, language: "markdown")
        return Reply(
            "\(head)\n\(text)",
            keyboard: canWrite ? [[Button("Write on branch", callbackData: "/runbook new \(issue.id) commit")]] : [],
            about: issue.id)
    }

    private func write(_ draft: Draft, _ workTree: WorkTree?, _ issue: Issue, _ call: Call) async throws -> Reply {
        guard let workTree else {
            throw Refusal("The first folder of \(HTML.code("TIPLINE_RUNBOOKS")) is in no git work tree.")
        }
        let branch = "tipline/runbook-\(issue.id)"
        do {
            let commit = try await workTree.commit(
                draft.text, as: "\(draft.name).md", on: branch,
                message: "Draft a runbook from \(issue.shortID)\n\nAsked for by \(call.sender.name).", at: call.date)
            return Reply(
                "📝 \(HTML.code("\(draft.name).md")) is on the branch \(HTML.code(branch)), commit \(HTML.code(commit.prefix(8))).",
                about: issue.id, outcome: "drafted \(draft.name)")
        } catch WorkTree.Failure.branchExists {
            return Reply("The branch \(HTML.code(branch)) is there already.", about: issue.id)
        } catch is WorkTree.Failure {
            throw Refusal("git refused to write there. May Tipline write to the repository?")
        }
    }
}
