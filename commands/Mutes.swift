import ChatOps
import Domain
import Storage

/// Lists what is muted, until when, and how much it held back so far.
struct Mutes: Command {
    static let manual = Manual("mutes", "", "List what is muted, and until when.")

    let alerts: AlertDesk

    func run(_ call: Call) async throws -> Reply {
        try call.arguments.end()

        let silences = try await alerts.silences()

        guard !silences.isEmpty else { return Reply("Nothing is muted.") }
        let rows = silences.map { row($0, call) }
        let buttons = silences.prefix(8).map { Button("🔔 \($0.number)", callbackData: "/unmute \($0.number)") }
        return Reply(
            "<b>Muted</b>\n\n\(rows.joined(by: "\n"))",
            keyboard: stride(from: 0, to: buttons.count, by: 4).map { Array(buttons[$0...].prefix(4)) })
    }

    private func row(_ stored: StoredSilence, _ call: Call) -> HTML {
        let silence = stored.silence
        let held = stored.events == 1 ? "1 event held back" : "\(stored.events) events held back"
        return
            "<b>\(stored.number)</b> \(silence.target.words) · \(silence.words(alerts.zone, now: call.date)) · \(held)"
    }
}
