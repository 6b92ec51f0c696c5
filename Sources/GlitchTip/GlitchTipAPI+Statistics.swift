import Domain
import FoundationEssentials

extension GlitchTipAPI {
    /// GlitchTip answers at most 1,000 intervals.
    private static let mostHours = 960

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
        let wire = try await door.get("/api/0/organizations/\(organization)/stats_v2/", query, as: Wire.self)
        let counts = wire.groups.first?.series["sum(quantity)"] ?? []
        return zip(wire.intervals, counts).compactMap { hour, count in count.map { (hour, $0) } }
    }

    /// Events of each issue in each of the last 24 hours, or each of the last 14 days; those without any are left out.
    package func eventsPerInterval(of issues: [Issue.ID], days: Bool = false) async throws -> [Issue.ID: [Date: Int]] {
        guard !issues.isEmpty else { return [:] }
        struct Wire: Decodable {
            let id: WireNumber
            let stats: [String: [[Double]]]?
        }
        let period = days ? "14d" : "24h"
        let query = issues.prefix(200).map { ("groups", String($0.number)) } + [("statsPeriod", period)]
        let wire = try await door.get(
            "/api/0/organizations/\(organization)/issues-stats/", query, as: [Wire].self)
        var result: [Issue.ID: [Date: Int]] = [:]
        for entry in wire {
            let points = (entry.stats?[period] ?? []).filter { $0.count == 2 }
            result[Issue.ID(entry.id.value)] = Dictionary(
                points.map { (Date(timeIntervalSince1970: $0[0]), Int($0[1])) }
            ) { $0 + $1 }
        }
        return result
    }
}
