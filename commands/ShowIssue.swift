import ChatOps
import Domain
import GlitchTip

/// Shows one issue: what, how often, where, since when.
struct ShowIssue: Command {
    static let manual = Manual(
        "issue", "ISSUE", "Show an issue: what, where, how often.", examples: ["/issue 2", "/issue SHOP-WEB-2"])

    let glitchtip: GlitchTipAPI

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        let reference = try arguments.issue()
        try arguments.end()

        let issue = try await glitchtip.issue(reference)
        let event = try await glitchtip.latestEventIfAny(of: issue.id)

        return Reply(
            text(issue, event, call), keyboard: keyboard(issue), about: issue.id)
    }

    private func text(_ issue: Issue, _ event: Event?, _ call: Call) -> HTML {
        var lines: [HTML] = [
            issue.headline, "\(issue.shortID) · \(issue.level.rawValue) · \(issue.history(now: call.date))",
        ]
        if let value = issue.metadata.value, !issue.title.contains(value) {
            lines.append(.folded("\(Scrubber.scrub(value).cut(to: 800))"))
        }
        if let frame = event?.exceptions.last?.frames.last(where: { $0.isInApp == true })
            ?? event?.exceptions.last?.frames.last
        {
            let place = frame.line.map { "\(frame.filename):\($0)" } ?? frame.filename
            let function = frame.function.map { " in \($0)" } ?? ""
            lines.append("At \(HTML.code(place.cut(to: 160)))\(function.cut(to: 80))")
        }
        let about = [event?.environment, event?.release].compactMap { $0 }.map { Scrubber.scrub($0).cut(to: 80) }
        if !about.isEmpty { lines.append(HTML(about.joined(separator: " · "))) }
        if event == nil { lines.append("GlitchTip has no event of it any more.") }
        if issue.commentCount > 0 {
            lines.append(issue.commentCount == 1 ? "1 comment." : "\(issue.commentCount) comments.")
        }
        return lines.joined(by: "\n")
    }

    private func keyboard(_ issue: Issue) -> [[Button]] {
        let change: [Button] =
            issue.status == .unresolved
            ? [.resolve(issue.id), .ignore(issue.id)] : [Button("Open again", callbackData: "/unresolve \(issue.id)")]
        return [[.investigate(issue.id)], change, [.open(glitchtip.link(to: issue.id))]]
    }
}
