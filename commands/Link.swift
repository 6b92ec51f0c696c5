import ChatOps
import Domain
import GlitchTip
import Runbooks

/// Says which runbook is for an issue, whatever the rules find.
struct Link: Command {
    static let manual = Manual(
        "link", "ISSUE NAME", "Say which runbook is for an issue.", role: .responder,
        examples: ["/link 2 database-connections"])

    let glitchtip: GlitchTipAPI
    let alerts: AlertDesk
    let runbooks: RunbookDesk

    func run(_ call: Call) async throws -> Reply {
        let shelf = await runbooks.library.current()
        let (reference, runbook) = try arguments(call, shelf)

        let issue = try await glitchtip.issue(reference)
        let event = try await glitchtip.latestEventIfAny(of: issue.id)
        let choice = try await runbooks.choice(for: issue, event, from: shelf)
        try await runbooks.ledger.link(
            choice.issue, to: runbook.name.text, by: call.sender.name, at: call.date)
        _ = try await alerts.note(.runbook(runbook.title), on: issue, call)

        return Reply(
            "📕 \(issue.shortID) has the runbook <b>\(runbook.title)</b>.\n\(issue.headline)",
            keyboard: [
                [
                    Button("📕 Show it", callbackData: "/runbook \(issue.id)"),
                    Button("↩︎ Unlink", callbackData: "/unlink \(issue.id) \(runbook.name)"),
                ]
            ], about: issue.id, outcome: "linked to \(runbook.name)")
    }

    private func arguments(_ call: Call, _ shelf: Shelf) throws -> (IssueReference, Runbook) {
        var arguments = call.arguments
        let (reference, runbook) = try arguments.issueAndRunbook(from: shelf)
        guard let runbook else { throw Refusal("And which runbook? /runbooks lists them.") }
        try arguments.end()
        return (reference, runbook)
    }
}
