import ChatOps
import Domain
import GlitchTip

/// Puts an issue aside for good: unlike a resolved one, new events do not bring it back.
struct Ignore: Command {
    static let manual = Manual(
        "ignore", "ISSUE", "Put an issue aside; new events do not bring it back.", role: .responder,
        examples: ["/ignore 2"])

    let glitchtip: GlitchTipAPI
    let alerts: AlertDesk

    func run(_ call: Call) async throws -> Reply {
        try await StatusChange(to: .ignored, glitchtip: glitchtip, alerts: alerts).run(call) { issue in
            "🔕 Ignored · \(issue.project.slug) · <b>\(issue.scrubbedTitle)</b>\nIt stays so, however often it happens."
        }
    }
}
