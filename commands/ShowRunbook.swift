import ChatOps
import Domain
import GlitchTip
import Runbooks

/// Shows the runbook that fits an issue, with the issue's own values in its commands, or one by its name.
struct ShowRunbook: Command {
    static let manual = Manual(
        "runbook", "ISSUE|NAME", "Show the runbook for an issue, or one by its name.",
        examples: ["/runbook 2", "/runbook database-connections"])

    let glitchtip: GlitchTipAPI
    let library: Library

    func run(_ call: Call) async throws -> Reply {
        let shelf = await library.current()
        var arguments = call.arguments
        // A runbook's name may look like a short id; the names are few and known.
        var named = arguments
        if let word = named.word(), let name = Runbook.Name(word), let runbook = shelf[name] {
            try named.end()
            return Reply(text(runbook, Filling(), because: []))
        }
        let reference = try arguments.issue()
        try arguments.end()

        let issue = try await glitchtip.issue(reference)
        let event = try await glitchtip.latestEventIfAny(of: issue.id)
        let offer = shelf.matching.match(Subject(issue: issue, event: event))

        guard let best = offer.linked ?? offer.matches.first else {
            return Reply("No runbook fits \(issue.shortID). /runbooks lists them all.", about: issue.id)
        }
        let others = offer.matches.filter { $0.runbook.name != best.runbook.name }
        return Reply(
            text(best.runbook, Filling(issue: issue, event: event), because: best.reasons),
            keyboard: [[.investigate(issue.id)]]
                + others.map { [Button("📕 \($0.runbook.title)", callbackData: "/runbook \($0.runbook.name)")] },
            about: issue.id)
    }

    private func text(_ runbook: Runbook, _ filling: Filling, because reasons: [String]) -> HTML {
        var lines: [HTML] = ["📕 <b>\(runbook.title)</b>"]
        if !reasons.isEmpty { lines.append("Fits because \(reasons.prefix(2).joined(separator: "; ")).") }
        if !runbook.owners.isEmpty { lines.append("Ask \(runbook.owners.joined(separator: ", ")).") }
        for section in runbook.body.sections where !section.items.isEmpty {
            let items = section.items.enumerated().map { number, item -> HTML in
                "\(number + 1). \(item.pieces.html(filling))"
            }
            lines.append("<b>\(section.title)</b>")
            lines.append(.folded(items.joined(by: "\n")))
        }
        return lines.joined(by: "\n")
    }
}
