import ChatOps
import Domain
import FoundationEssentials
import GlitchTip

/// Says what the events of a project lack, and what they should not hold.
struct AuditProject: Command {
    static let manual = Manual(
        "audit", "PROJECT [PERIOD]", "Say which fields a project's events lack, and which should not be there.",
        examples: ["/audit shop-web", "/audit shop-web 30d"])

    private static let mostIssues = 20
    private static let eventsEach = 3
    /// Events may have megabytes.
    private static let atOnce = 4
    private static let mostSensitive = 10

    let glitchtip: GlitchTipAPI

    func run(_ call: Call) async throws -> Reply {
        guard !call.arguments.words().isEmpty else {
            throw Refusal("Which project? Such as \(HTML.code("/audit shop-web")).")
        }
        let scope = try await Scope(call.arguments, usual: .week, glitchtip: glitchtip)
        guard let project = scope.project else {
            throw Refusal("Which project? Such as \(HTML.code("/audit shop-web \(scope.period)")).")
        }

        let start = scope.range(until: call.date).lowerBound
        let issues = try await glitchtip.issues(IssueFilter(projects: [project.id]), limit: Self.mostIssues).items
            .filter { $0.lastSeen >= start }
        await call.progress("Reading events…")
        let events = try await events(of: issues).filter { $0.date.map { $0 >= start } ?? true }

        guard !events.isEmpty else { return Reply("No events\(scope.words): nothing to audit.") }
        return Reply(text(ContextCoverage(events), issues.count, scope))
    }

    private func events(of issues: [Issue]) async throws -> [Event] {
        try await withThrowingTaskGroup(of: [Event].self) { group in
            var (found, waiting): ([Event], ArraySlice<Issue>) = ([], issues.dropFirst(Self.atOnce))
            for issue in issues.prefix(Self.atOnce) { group.addTask { try await events(of: issue) } }
            while let some = try await group.next() {
                found += some
                if let issue = waiting.popFirst() { group.addTask { try await events(of: issue) } }
            }
            // Whichever answered first: the same events make the same report.
            return found.sorted { ($0.issue?.number ?? 0, $0.id) < ($1.issue?.number ?? 0, $1.id) }
        }
    }

    /// An event that is too large to be read says nothing; the others do.
    private func events(of issue: Issue) async throws -> [Event] {
        do {
            return try await glitchtip.events(of: issue.id, limit: Self.eventsEach)
        } catch GlitchTipError.tooLarge {
            return []
        }
    }

    private func text(_ coverage: ContextCoverage, _ issues: Int, _ scope: Scope) -> HTML {
        let events = coverage.events == 1 ? "1 event" : "\(coverage.events) events"
        var lines: [HTML] = [
            "🔎 <b>What events lack</b>\(scope.words)", "\(events) of \(issues == 1 ? "1 issue" : "\(issues) issues")",
        ]
        let incomplete = coverage.fields.filter { $0.present < coverage.events }
        lines += incomplete.map { field in
            let examples = field.missing.prefix(3).map { "#\($0)" }.joined(separator: ", ")
            return "<b>\(field.name)</b> in \(percent(field.present, of: coverage.events)) · missing in \(examples)"
        }
        let complete = coverage.fields.filter { $0.present == coverage.events }.map(\.name)
        if !complete.isEmpty { lines.append("In all: \(complete.joined(separator: ", "))") }
        return (lines + sensitive(coverage)).joined(by: "\n")
    }

    private func sensitive(_ coverage: ContextCoverage) -> [HTML] {
        guard !coverage.sensitive.isEmpty else { return ["\nNothing personal or secret was found in them."] }
        let rows = coverage.sensitive.prefix(Self.mostSensitive).map { field -> HTML in
            "\(HTML.code(field.name)) in \(percent(field.events, of: coverage.events))"
        }
        let others = coverage.sensitive.count - rows.count
        return ["\n<b>Personal data and secrets that should not be sent</b>"] + rows
            + (others > 0 ? ["and \(others) more"] : [])
    }

    /// Never all of what is missing in one, nor none of what is in one.
    private func percent(_ part: Int, of all: Int) -> String {
        guard part > 0 else { return "none" }
        return part == all ? "all" : "\(min(99, max(1, (200 * part + all) / (2 * all)))) %"
    }
}
