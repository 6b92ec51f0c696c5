import ChatOps
import Domain
import FoundationEssentials
import GlitchTip

/// How often each issue happened in a period, ignored ones left out.
struct IssueCounts {
    struct Row {
        let issue: Issue
        let events: Int
    }

    /// GlitchTip counts single issues by the hour for a day and by the day for a fortnight, and no further back.
    static let longest = Period(days: 14)

    let rows: [Row]

    init(_ glitchtip: GlitchTipAPI, project: Project? = nil, period: Period, now: Date) async throws {
        let start = now.addingTimeInterval(-Double(period.seconds))
        let filter = IssueFilter(projects: project.map { [$0.id] } ?? [])
        let issues = try await glitchtip.issues(filter) { $0.lastSeen >= start }.filter { $0.status != .ignored }
        guard !issues.isEmpty else {
            rows = []
            return
        }
        let isByDay = period.seconds > Period.day.seconds
        let counts = try await glitchtip.eventsPerInterval(of: issues.map(\.id), days: isByDay)
        // The interval in which the period begins counts as a whole.
        let first = start.addingTimeInterval(isByDay ? -86_400 : -3600)
        rows = issues.map { issue in
            let inPeriod = (counts[issue.id] ?? [:]).filter { $0.key > first }
            return Row(issue: issue, events: inPeriod.reduce(0) { $0 + $1.value })
        }
    }

    func top(_ limit: Int) -> Top<Row> { Top(limit, of: rows, by: \.events) { $0.issue.shortID } }
}
