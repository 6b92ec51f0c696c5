import ChatOps
import Domain
import FoundationEssentials
import GlitchTip

/// Says nothing about an issue, a project or certain words for a while, and what it held back at the end.
struct Mute: Command {
    static let manual = Manual(
        "mute", "ISSUE|PROJECT|\"WORDS\" 2h|until 18:00|until 100 more", "Say nothing about something for a while.",
        role: .responder,
        examples: ["/mute 2 8h", "/mute shop-web until 18:00", "/mute \"connection reset\" until 100 more"])

    let glitchtip: GlitchTipAPI
    let alerts: AlertDesk

    func run(_ call: Call) async throws -> Reply {
        if let menu = try await menu(call) { return menu }
        var arguments = call.arguments
        let (target, about) = try await target(&arguments)
        let end = try end(arguments.text(), call)

        let muted = try await alerts.mute(target, end, call)

        let name = about.map { "\($0.shortID) · \($0.scrubbedTitle)" } ?? target.words
        return Reply(
            "🔕 Muted \(muted.end): <b>\(name)</b>\nI count what comes, and say it then.",
            keyboard: [[Button("🔔 Unmute", callbackData: "/unmute \(muted.number)")]], about: about?.id,
            placement: muted.placement, outcome: "muted, number \(muted.number)")
    }

    /// `/mute 2 ▾` and `/mute 2 ‹` are what the buttons of a live message say: for how long, or not after all.
    private func menu(_ call: Call) async throws -> Reply? {
        var arguments = call.arguments
        guard let word = arguments.word(), let id = Issue.ID(text: word) else { return nil }
        let isOpen = arguments.take("▾")
        guard isOpen || arguments.take("‹") else { return nil }
        if let reply = try await alerts.muteMenu(of: id, isOpen: isOpen, call) { return reply }
        throw Refusal(Self.howLong)
    }

    /// Quoted words, a project's slug, or an issue; none when the line replies to an issue's message.
    private func target(_ arguments: inout Arguments) async throws -> (Silence.Target, Issue?) {
        if let words = arguments.quoted() {
            guard words.count >= 3 else { throw Refusal("Fewer than three characters would match too much.") }
            return (.words(words), nil)
        }
        var ahead = arguments
        if let word = ahead.word(), Issue.ID(text: word) == nil,
            let project = try await glitchtip.projects().first(where: { $0.slug == word.lowercased() })
        {
            arguments = ahead
            return (.project(project.slug), nil)
        }
        let issue = try await glitchtip.issue(try arguments.issue())
        return (.issue(issue.id), issue)
    }

    private static let howLong: HTML =
        "For how long? <code>2h</code>, <code>until 18:00</code> or <code>until 100 more</code>."

    private func end(_ text: String, _ call: Call) throws -> Silence.End {
        do throws(Silence.End.Mistake) {
            return try Silence.End(text: text, at: call.date, zone: alerts.zone)
        } catch {
            switch error {
            case .missing: throw Refusal(Self.howLong)
            case .unreadable(let text):
                throw Refusal("I do not understand \(HTML.code(text.cut(to: 60))). \(Self.howLong)")
            case .tooLong: throw Refusal("At most 90 days. What should never be said again is for /ignore.")
            }
        }
    }
}
