import ChatOps
import Domain
import GlitchTip

/// Finds out what is behind an issue: the code, the likely commit, similar issues; `fresh` looks again instead of
/// showing the finding of the last 24 hours, `comment` writes it under the issue in GlitchTip.
struct Investigate: Command {
    static let manual = Manual(
        "investigate", "ISSUE [fresh]", "Find the code, the likely commit and similar issues.",
        examples: ["/investigate 2", "/investigate SHOP-WEB-2 fresh"])

    let desk: InvestigationDesk
    let alerts: AlertDesk
    let runbooks: RunbookDesk

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        let reference = try arguments.issue()
        let isFresh = arguments.take("fresh")
        let isComment = arguments.take("comment")
        try arguments.end()

        if isComment { return try await comment(reference, call) }
        let result = try await desk.investigate(reference, fresh: isFresh, at: call.date) { step in
            await call.progress("🔍 \(step)…")
        }
        _ = try await alerts.note(.investigate, on: result.issue, call)
        let runbook = try await runbooks.bestFit(for: result, at: call.date)
        return InvestigationReport(result, runbook, link: desk.link(to: result.issue.id), at: call.date).reply()
    }

    private func comment(_ reference: IssueReference, _ call: Call) async throws -> Reply {
        try call.require(.responder)
        let result = try await desk.investigate(reference, fresh: false, at: call.date) { _ in }
        let isNew = try await desk.comment(result, for: call.sender.name)
        if isNew { _ = try await alerts.note(.comment, on: result.issue, call) }
        let about: HTML = "\(result.issue.shortID) · <b>\(result.issue.scrubbedTitle)</b>"
        return Reply(
            isNew ? "💬 The report is under \(about) in GlitchTip." : "The same report is already under \(about).",
            keyboard: [[.open(desk.link(to: result.issue.id))]], about: result.issue.id,
            outcome: isNew ? "commented" : nil)
    }
}
