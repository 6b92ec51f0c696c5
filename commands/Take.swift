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
        let isOwn = owner.map { Self.isSame($0, call.sender) } ?? false
        guard !isOwn || call.isRepeated else {
            return Reply("\(issue.headline)\nYou have it already.", about: issue.id)
        }
        let placement = try await alerts.note(.take, on: issue, call)

        return Reply(
            text(issue, isOwn ? nil : owner?.by, call), keyboard: [[.investigate(issue.id), .resolve(issue.id)]],
            about: issue.id,
            placement: placement, outcome: "taken")
    }

    /// Two people may have one name, but what an older program wrote has no more than that.
    private static func isSame(_ owner: Episode.Touch, _ sender: Call.Sender) -> Bool {
        owner.id.map { $0 == sender.id } ?? (owner.by == sender.name)
    }

    private func text(_ issue: Issue, _ owner: String?, _ call: Call) -> HTML {
        let before = owner.map { " from \($0)" } ?? ""
        return "🙋 \(call.sender.name) takes \(issue.shortID)\(before) · <b>\(issue.scrubbedTitle)</b>"
    }
}
