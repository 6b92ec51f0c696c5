import ChatOps
import Domain
import GlitchTip

/// Says who works on an issue. GlitchTip 5 has no assignment: this one is ours.
struct Take: Command {
    static let manual = Manual(
        "take", "ISSUE", "Say that you work on an issue.", role: .responder, examples: ["/take 2", "/take SHOP-WEB-2"])

    let glitchtip: GlitchTipAPI
    let alerts: AlertDesk

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        let reference = try arguments.issue()
        try arguments.end()

        let issue = try await glitchtip.issue(reference)
        let owner = try await alerts.owner(of: issue.id)
        guard owner != call.sender.name || call.isRepeated else {
            return Reply("\(issue.headline)\nYou have it already.", about: issue.id)
        }
        let placement = try await alerts.note(.take, on: issue, call)

        return Reply(
            text(issue, owner, call), keyboard: [[.investigate(issue.id), .resolve(issue.id)]], about: issue.id,
            placement: placement, outcome: "taken")
    }

    private func text(_ issue: Issue, _ owner: String?, _ call: Call) -> HTML {
        let before = owner.flatMap { $0 == call.sender.name ? nil : " from \($0)" } ?? ""
        return "🙋 \(call.sender.name) takes \(issue.shortID)\(before) · <b>\(issue.scrubbedTitle)</b>"
    }
}
