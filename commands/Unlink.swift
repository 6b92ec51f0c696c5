import ChatOps
import Domain
import GlitchTip
import Runbooks

/// Says that a runbook is the wrong one: it is not offered again for the issue, nor for others that crash in the same place.
struct Unlink: Command {
    static let manual = Manual(
        "unlink", "ISSUE [NAME]", "Say that a runbook is the wrong one for an issue.", role: .responder,
        examples: ["/unlink 2"])

    let glitchtip: GlitchTipAPI
    let alerts: AlertDesk
    let runbooks: RunbookDesk

    func run(_ call: Call) async throws -> Reply {
        let shelf = await runbooks.library.current()
        var arguments = call.arguments
        let (reference, named) = try arguments.issueAndRunbook(from: shelf)
        try arguments.end()

        let issue = try await glitchtip.issue(reference)
        let event = try await glitchtip.latestEventIfAny(of: issue.id)
        let choice = try await runbooks.choice(for: issue, event, from: shelf)
        guard let runbook = named ?? choice.best?.runbook else {
            return Reply("\(issue.shortID) has no runbook.", about: issue.id)
        }
        try await runbooks.ledger.unlink(
            issue, sketch: choice.issue.sketch, from: runbook.name.text, by: call.sender.name, at: call.date)
        let now = try await runbooks.choice(for: issue, event, from: shelf)
        _ = try await alerts.note(
            .runbook(now.best.flatMap { $0.isSure ? $0.runbook.title : nil }), on: issue, call)

        let reach = now.unlinks.reach(of: runbook.name, for: now.sketch)
        return Reply(
            "📕 <b>\(runbook.title)</b> is not offered again for \(issue.shortID)\(Self.words(reach, issue)).",
            keyboard: [[Button("↩︎ Link it", callbackData: "/link \(issue.id) \(runbook.name)")]], about: issue.id,
            outcome: "unlinked \(runbook.name)")
    }

    private static func words(_ reach: Unlinks.Reach, _ issue: Issue) -> HTML {
        let kind = HTML.code(Scrubber.scrub(issue.kind).cut(to: 60))
        return switch reach {
        case .issue: ""
        case .place(.frame(let frame)):
            ", nor for another \(kind) in \(HTML.code(Scrubber.scrub(frame).cut(to: 100))) of \(issue.project.slug)"
        case .place(.words): ", nor for another \(kind) of \(issue.project.slug) that says the same"
        case .kind(let count):
            ", nor for any \(kind) of \(issue.project.slug): it was wrong for \(count) of them"
        }
    }
}
