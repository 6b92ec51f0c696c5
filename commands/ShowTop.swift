import ChatOps
import Domain
import GlitchTip

/// Lists what happens most, and what happens to most people.
struct ShowTop: Command {
    static let manual = Manual(
        "top", "[PROJECT] [PERIOD]", "List the issues with most events and most users.",
        examples: ["/top", "/top shop-web 7d"])

    private static let rows = 5
    /// Whose users are asked for, one request each.
    private static let candidates = 15

    let glitchtip: GlitchTipAPI

    func run(_ call: Call) async throws -> Reply {
        let scope = try await Scope(call.arguments, usual: .day, glitchtip: glitchtip)
        guard scope.period.seconds <= IssueCounts.longest.seconds else {
            throw Refusal("GlitchTip counts single issues for 14 days: \(HTML.code("/top 14d")) is the longest.")
        }

        let counts = try await IssueCounts(glitchtip, project: scope.project, period: scope.period, now: call.date)
        let events = counts.top(Self.rows)
        let users = try await users(of: counts.top(Self.candidates).leaders)

        guard !events.leaders.isEmpty else { return Reply("No events\(scope.words). 🎉") }
        return Reply(text(events, users, scope), keyboard: keyboard(events, users))
    }

    private struct Audience: Sendable {
        let issue: Issue
        let users: Int
    }

    private func users(of rows: [IssueCounts.Row]) async throws -> Top<Audience> {
        let audiences = try await withThrowingTaskGroup(of: Audience.self) { group in
            for row in rows {
                group.addTask {
                    Audience(issue: row.issue, users: try await glitchtip.tags(of: row.issue.id).users ?? 0)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        return Top(Self.rows, of: audiences, by: \.users) { $0.issue.shortID }
    }

    private func text(_ events: Top<IssueCounts.Row>, _ users: Top<Audience>, _ scope: Scope) -> HTML {
        var lines: [HTML] = ["🔝 <b>Most events</b>\(scope.words)"]
        lines += events.leaders.map { line($0.issue, $0.events == 1 ? "1 event" : "\($0.events) events") }
        if events.others > 0 {
            let issues = events.others == 1 ? "1 other issue" : "\(events.others) other issues"
            lines.append("and \(issues) with \(events.otherCount) together")
        }
        guard !users.leaders.isEmpty else {
            return (lines + ["Users: none of these says whom it happened to."]).joined(by: "\n")
        }
        lines.append("\n<b>Most users</b> · of these, ever")
        lines += users.leaders.map { line($0.issue, $0.users == 1 ? "1 user" : "\($0.users) users") }
        return lines.joined(by: "\n")
    }

    private func line(_ issue: Issue, _ count: String) -> HTML {
        "\(issue.mark) <b>\(count)</b> · #\(issue.id) \(issue.scrubbedTitle.cut(to: 60)) · \(issue.project.slug)"
    }

    private func keyboard(_ events: Top<IssueCounts.Row>, _ users: Top<Audience>) -> [[Button]] {
        var ids: [Issue.ID] = []
        for id in events.leaders.map(\.issue.id) + users.leaders.map(\.issue.id) where !ids.contains(id) {
            ids.append(id)
        }
        let buttons = ids.map { Button("#\($0)", callbackData: "/issue \($0)") }
        return stride(from: 0, to: buttons.count, by: 5).map { Array(buttons[$0...].prefix(5)) }
    }
}
