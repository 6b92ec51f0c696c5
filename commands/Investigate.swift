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
        let runbook = try await runbook(result, call)
        return Reply(
            text(result, runbook, call), keyboard: keyboard(result, runbook, call), about: result.issue.id)
    }

    /// Not a part of the finding, which is kept: runbooks and links change without it.
    private func runbook(_ result: InvestigationDesk.Result, _ call: Call) async throws -> RunbookDesk.Fit? {
        let shelf = await runbooks.library.current()
        let choice = try await runbooks.choice(for: result.issue, result.event, from: shelf)
        guard let best = choice.best else { return nil }
        try await runbooks.ledger.noteMatched(best.runbook.name.text, for: choice.issue, at: call.date)
        return best
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

    private func text(_ result: InvestigationDesk.Result, _ runbook: RunbookDesk.Fit?, _ call: Call) -> HTML {
        var tail: [HTML] = []
        if let runbook { tail.append("📕 \(runbook.isSure ? "" : "Perhaps: ")<b>\(runbook.runbook.title)</b>") }
        if let since = result.cachedAt {
            let seconds = call.date.timeIntervalSince(since)
            let age = seconds < 60 ? "a moment" : spoken(seconds: seconds)
            tail.append("<i>From \(clock(since)), \(age) old.</i>")
        }
        let room = tail.reduce(HTML.messageLimit) { $0 - $1.length - 1 }
        return ([result.finding.html(atMost: room)] + tail).joined(by: "\n")
    }

    private func keyboard(
        _ result: InvestigationDesk.Result, _ runbook: RunbookDesk.Fit?, _ call: Call
    ) -> [[Button]] {
        let id = result.issue.id
        var first: [Button] = [Button("💬 Post as comment", callbackData: "/investigate \(id) comment")]
        if result.cachedAt != nil { first.append(Button("Fresh", callbackData: "/investigate \(id) fresh")) }
        let second: [Button] =
            result.issue.status == .unresolved ? [.resolve(id), .open(desk.link(to: id))] : [.open(desk.link(to: id))]
        return [first] + (runbook == nil ? [] : [[.runbook(for: id)]]) + [second]
    }
}
