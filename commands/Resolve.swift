import ChatOps
import Domain
import GlitchTip

/// Marks an issue as resolved. A new event brings it back: that is GlitchTip's own rule.
struct Resolve: Command {
    static let manual = Manual(
        "resolve", "ISSUE", "Mark an issue as resolved.", role: .responder,
        examples: ["/resolve 2", "/resolve SHOP-WEB-2"])

    let glitchtip: GlitchTipAPI
    let alerts: AlertDesk

    func run(_ call: Call) async throws -> Reply {
        try await StatusChange(to: .resolved, glitchtip: glitchtip, alerts: alerts).run(call) { issue in
            "✅ Resolved · \(issue.project.slug) · <b>\(issue.scrubbedTitle)</b>\nIf it happens again, GlitchTip reopens it."
        }
    }
}
