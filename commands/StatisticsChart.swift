import Charts
import ChatOps
import Domain
import FoundationEssentials

/// The picture under `/stats`: events by the hour, the time before behind, releases marked.
struct StatisticsChart {
    let counts: HourlyCounts
    let releases: [Release]
    let scope: Scope
    let zone: Zone

    private static let mostBars = 60

    var chart: EventsChart {
        let (hours, now, before) = counts.grouped(atMost: Self.mostBars)
        let each = hours == 1 ? "Events per hour" : hours == 24 ? "Events per day" : "Events per \(hours) hours"
        return EventsChart(
            title: [each, scope.project?.slug, "last \(scope.period)"].compactMap { $0 }.joined(separator: " · "),
            legend: "last \(scope.period): \(counts.total)",
            legendBefore: "the \(scope.period) before: \(counts.totalBefore)",
            bars: now, before: before, labels: labels(hours, now.count), marks: marks(hours))
    }

    /// About six, where the clock shows a round time.
    private func labels(_ hours: Int, _ count: Int) -> [EventsChart.Label] {
        let isByDay = counts.now.count > 48
        let step = isByDay ? 24 : counts.now.count > 12 ? 4 : counts.now.count > 6 ? 2 : 1
        return (0..<counts.now.count).compactMap { hour -> EventsChart.Label? in
            let local = zone.local(counts.start.addingTimeInterval(Double(hour) * 3600))
            guard local.time.seconds / 3600 % step == 0, hour % hours < hours, hour / hours < count else { return nil }
            return EventsChart.Label(bar: hour / hours, text: isByDay ? local.day.words : local.time.description)
        }
    }

    private func marks(_ hours: Int) -> [EventsChart.Mark] {
        releases.compactMap { release in
            release.firstSeen.map {
                EventsChart.Mark(
                    position: $0.timeIntervalSince(counts.start) / (Double(hours) * 3600), text: release.version)
            }
        }
    }

    /// What the picture shows, in words.
    var caption: HTML {
        let peak = counts.busiest.map { ", most at \(wallClock($0.start, zone)): \($0.events)" } ?? ""
        let seen = releases.compactMap { release in
            release.firstSeen.map { "\(release.version.cut(to: 60)) \(wallClock($0, zone))" }
        }
        let list = seen.prefix(5).joined(separator: ", ") + (seen.count > 5 ? " and \(seen.count - 5) more" : "")
        let releases: HTML = seen.isEmpty ? "" : "\nReleases first seen: \(list)"
        return """
            Blue: \(counts.total) events in the last \(scope.period)\(peak). Grey, behind: \(counts.totalBefore) in the \
            \(scope.period) before.\(releases)
            """
    }
}
