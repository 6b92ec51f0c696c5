import ChatOps
import Domain
import FoundationEssentials
import GlitchTip

/// How many issues are new since a time, and how many of them are open still: by GlitchTip's own count, for a month of a
/// large organization would be fifty pages to read.
struct NewIssues {
    let count: Int
    let open: Int
    /// Whether there may be more: GlitchTip counts to a thousand.
    let isCapped: Bool

    /// More at once would be felt by others who use GlitchTip.
    private static let mostAtOnce = 4

    init(_ glitchtip: GlitchTipAPI, project: Project?, since start: Date) async throws {
        let whole = try await Self(glitchtip, project.map { [$0.id] } ?? [], start)
        guard whole.isCapped, project == nil else {
            self = whole
            return
        }
        // Each project is counted to a thousand.
        let projects = try await glitchtip.projects()
        let parts = try await withThrowingTaskGroup(of: Self.self) { group in
            var parts: [Self] = []
            for (index, project) in projects.enumerated() {
                if index >= Self.mostAtOnce, let part = try await group.next() { parts.append(part) }
                group.addTask { try await Self(glitchtip, [project.id], start) }
            }
            for try await part in group { parts.append(part) }
            return parts
        }
        count = parts.reduce(0) { $0 + $1.count }
        open = parts.reduce(0) { $0 + $1.open }
        isCapped = parts.contains(where: \.isCapped)
    }

    private init(_ glitchtip: GlitchTipAPI, _ projects: [Int], _ start: Date) async throws {
        let filter = IssueFilter(projects: projects, firstSeenAfter: start)
        async let all = glitchtip.count(filter)
        async let unresolved = glitchtip.count(
            IssueFilter(status: .unresolved, projects: projects, firstSeenAfter: start))
        (count, open) = try await (all, unresolved)
        isCapped = count >= GlitchTipAPI.mostCounted
    }

    /// `12 new issues, 3 still open`
    var words: String {
        guard count > 0 else { return "No new issues" }
        if isCapped { return "\(count) or more new issues, at least \(open) still open" }
        let state = open == count ? "\(open == 1 ? "" : "all ")still open" : "\(open) still open"
        return "\(count == 1 ? "1 new issue" : "\(count) new issues"), \(state)"
    }
}
