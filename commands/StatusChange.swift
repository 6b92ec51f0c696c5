import ChatOps
import Domain
import GlitchTip

/// What `/resolve`, `/unresolve` and `/ignore` have in common: read the issue, set its status, offer the way back.
struct StatusChange {
    let status: Issue.Status
    let glitchtip: GlitchTipAPI

    init(to status: Issue.Status, glitchtip: GlitchTipAPI) {
        self.status = status
        self.glitchtip = glitchtip
    }

    func run(_ call: Call, say text: (Issue) -> HTML) async throws -> Reply {
        var arguments = call.arguments
        let reference = try arguments.issue()
        try arguments.end()

        // Read first: the answer names the issue, and Undo must know what it was.
        let before = try await glitchtip.issue(reference)
        guard before.status != status else {
            return Reply("\(before.headline)\nIt was \(status.word.lowercased()) already.", about: before.id)
        }
        let after = try await glitchtip.set(status, on: before.id)

        return Reply(
            "\(text(after))\n\(after.shortID) · \(after.timesSeen) · by \(call.sender.name)",
            keyboard: [[.undo(to: before.status, after.id), .open(glitchtip.link(to: after.id))]], about: after.id,
            outcome: "\(before.status) → \(after.status)")
    }
}
