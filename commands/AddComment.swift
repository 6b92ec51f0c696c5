import ChatOps
import Domain
import GlitchTip

/// Writes a comment under an issue in GlitchTip, with the name of whoever said it: GlitchTip itself only knows the
/// owner of the token.
struct AddComment: Command {
    static let manual = Manual(
        "comment", "ISSUE TEXT", "Write a comment under an issue in GlitchTip.", role: .responder,
        examples: ["/comment 2 happens only with an empty cart"])

    let glitchtip: GlitchTipAPI
    let alerts: AlertDesk

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        let reference = try await arguments.issue { slug in
            try await glitchtip.projects().contains { $0.slug.lowercased() == slug }
        }
        let words = arguments.text()
        guard !words.isEmpty else { throw Refusal("And the text? Such as \(HTML.code("/comment 2 seen it again")).") }

        let issue = try await glitchtip.issue(reference)
        let text = "\(Scrubber.scrub(words))\n\n— \(call.sender.name), by Tipline"
        if !(try await isWritten(text, on: issue.id, call)) { _ = try await glitchtip.comment(text, on: issue.id) }
        _ = try await alerts.note(.comment, on: issue, call)

        return Reply(
            "💬 Written under \(issue.shortID) · <b>\(issue.scrubbedTitle)</b>",
            keyboard: [[.open(glitchtip.link(to: issue.id))]], about: issue.id, outcome: "commented")
    }

    /// After a crash in the middle GlitchTip may have the comment already.
    private func isWritten(_ text: String, on id: Issue.ID, _ call: Call) async throws -> Bool {
        guard call.isRepeated else { return false }
        return try await glitchtip.comments(on: id, limit: 20).contains { $0.text == text && $0.date >= call.date }
    }
}
