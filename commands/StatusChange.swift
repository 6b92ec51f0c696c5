import ChatOps
import Domain
import GlitchTip

/// What `/resolve`, `/unresolve` and `/ignore` have in common: read the issue, set its status, offer the way back.
struct StatusChange {
    let status: Issue.Status
    let glitchtip: GlitchTipAPI
    let alerts: AlertDesk

    init(to status: Issue.Status, glitchtip: GlitchTipAPI, alerts: AlertDesk) {
        self.status = status
        self.glitchtip = glitchtip
        self.alerts = alerts
    }

    func run(_ call: Call, say text: (Issue) -> HTML) async throws -> Reply {
        var arguments = call.arguments
        let reference = try arguments.issue()
        try arguments.end()

        // Read first: the answer names the issue, and Undo must know what it was.
        let before = try await glitchtip.issue(reference)
        // After a crash in the middle GlitchTip may have it already; the desk may not.
        guard before.status != status || call.isRepeated else {
            try await alerts.notice(before)
            return Reply("\(before.headline)\nIt was \(status.word.lowercased()) already.", about: before.id)
        }
        let after = try await glitchtip.set(status, on: before.id)
        let placement = try await alerts.note(.set, on: after, call)

        let previous = before.status == status ? .unresolved : before.status
        return Reply(
            "\(text(after))\n\(after.shortID) · \(after.timesSeen) · by \(call.sender.name)",
            keyboard: [[.undo(to: previous, after.id), .open(glitchtip.link(to: after.id))]], about: after.id,
            placement: placement, outcome: "\(before.status) → \(after.status)")
    }
}
