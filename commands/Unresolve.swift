import ChatOps
import Domain
import GlitchTip

/// Takes a resolved or ignored issue back among the open ones.
struct Unresolve: Command {
    static let manual = Manual(
        "unresolve", "ISSUE", "Open an issue again.", role: .responder, examples: ["/unresolve 2"])

    let glitchtip: GlitchTipAPI
    let alerts: AlertDesk

    func run(_ call: Call) async throws -> Reply {
        try await StatusChange(to: .unresolved, glitchtip: glitchtip, alerts: alerts).run(call) { issue in
            "\(issue.mark) Open again · \(issue.project.slug) · <b>\(issue.scrubbedTitle)</b>"
        }
    }
}
