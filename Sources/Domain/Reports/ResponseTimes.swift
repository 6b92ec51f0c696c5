import FoundationEssentials

/// How fast a team answers: time to acknowledge (MTTA) and to resolve (MTTR), of what was acknowledged or resolved in a
/// period, whenever it began.
package struct ResponseTimes: Sendable, Hashable {
    package let toFirstAct: Spread
    package let toResolved: Spread
    /// What took longest to resolve, the longest first.
    package let longest: [Incident]

    // More do not fit on a phone.
    private static let mostLongest = 3

    /// - Parameter period: its start belongs to it, its end to the next.
    package init(_ incidents: [Incident], in period: Range<Date>) {
        toFirstAct = Spread(incidents.filter { $0.firstActAt.map(period.contains) ?? false }.compactMap(\.toFirstAct))
        let resolved = incidents.filter { $0.resolvedAt.map(period.contains) ?? false }
        toResolved = Spread(resolved.compactMap(\.toResolved))
        let byLength = resolved.sorted { ($1.toResolved ?? 0, $0.issue) < ($0.toResolved ?? 0, $1.issue) }
        longest = Array(byLength.prefix(Self.mostLongest))
    }

    /// For each project in which something was acknowledged or resolved, in the order of their names.
    package static func byProject(
        _ incidents: [Incident], in period: Range<Date>
    ) -> [(project: String, times: ResponseTimes)] {
        Dictionary(grouping: incidents, by: \.project)
            .map { (project: $0, times: ResponseTimes($1, in: period)) }
            .filter { $0.times.toFirstAct.count + $0.times.toResolved.count > 0 }
            .sorted { $0.project < $1.project }
    }
}
