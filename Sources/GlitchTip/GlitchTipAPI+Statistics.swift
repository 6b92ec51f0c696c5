import Domain
import FoundationEssentials

extension GlitchTipAPI {
    /// GlitchTip answers at most 1,000 intervals.
    private static let mostHours = 960
    /// Nor takes more issues in one question.
    private static let mostGroups = 200

    /// Events received in each hour that begins within the range; an hour without any is left out.
    ///
    /// By hour only: GlitchTip counts one hour of each day for `1d`, and repeats the hour for each minute of `1m`. Hours
    /// are matched by their time, since GlitchTip leaves out some, and gives one more at each end.
    package func eventsPerHour(from start: Date, to end: Date, projects: [Int] = []) async throws -> [Date: Int] {
        var hours: [Date: Int] = [:]
        var from = start
        while from < end {
            let to = min(end, from.addingTimeInterval(Double(Self.mostHours) * 3600))
            for (hour, count) in try await hoursOnce(from, to, projects) where hour >= from && hour < to {
                hours[hour] = count
            }
            from = to
        }
        return hours
    }

    private func hoursOnce(_ start: Date, _ end: Date, _ projects: [Int]) async throws -> [(Date, Int)] {
        struct Wire: Decodable {
            let intervals: [Date]
            let groups: [Group]

            struct Group: Decodable { let series: [String: [Int?]] }
        }
        let query =
            [
                ("category", "error"), ("field", "sum(quantity)"), ("interval", "1h"),
                ("start", WireDate.format(start)), ("end", WireDate.format(end)),
            ] + projects.map { ("project", String($0)) }
        let wire = try await door.get("\(ours)/stats_v2/", query, as: Wire.self)
        let counts = wire.groups.first?.series["sum(quantity)"] ?? []
        return zip(wire.intervals, counts).compactMap { hour, count in count.map { (hour, $0) } }
    }

    /// Events of each issue in each of the last 24 hours, or each of the last 14 days; those without any are left out.
    package func eventsPerInterval(of issues: [Issue.ID], days: Bool = false) async throws -> [Issue.ID: [Date: Int]] {
        var result: [Issue.ID: [Date: Int]] = [:]
        for start in stride(from: 0, to: issues.count, by: Self.mostGroups) {
            let some = issues[start...].prefix(Self.mostGroups)
            result.merge(try await eventsOnce(of: some, period: days ? "14d" : "24h")) { $1 }
        }
        return result
    }

    private func eventsOnce(of issues: ArraySlice<Issue.ID>, period: String) async throws -> [Issue.ID: [Date: Int]] {
        struct Wire: Decodable {
            let id: WireNumber
            let stats: [String: [[Double]]?]?
        }
        let query = issues.map { ("groups", String($0.number)) } + [("statsPeriod", period)]
        let rows = try await door.get("\(ours)/issues-stats/", query, as: Lenient<Wire>.self).items
        return Dictionary(
            rows.map { row in
                let points = (row.stats?[period] ?? nil) ?? []
                let counts = points.compactMap { point -> (Date, Int)? in
                    guard point.count == 2, let count = Int(exactly: point[1]) else { return nil }
                    return (Date(timeIntervalSince1970: point[0]), count)
                }
                return (Issue.ID(row.id.value), Dictionary(counts) { $0 + $1 })
            }
        ) { $1 }
    }
}
