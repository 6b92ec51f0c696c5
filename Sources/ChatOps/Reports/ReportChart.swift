import Charts
import Domain
import FoundationEssentials

/// The picture under a day's report: its events by the hour, the time before behind, first seen releases marked.
struct ReportChart {
    /// Of more hours, a bar could not be told from the next on a phone.
    static let mostHours = 48
    private static let mostNamed = 5

    let report: Report
    let hours: HourlyCounts
    let zone: Zone

    private var before: String { report.span.earlier.first?.words ?? "before" }

    var chart: EventsChart {
        EventsChart(
            title: ["Events per hour", report.project, report.span.title].compactMap(\.self).joined(separator: " · "),
            legend: hours.total == 1 ? "1 event" : "\(hours.total) events",
            legendBefore: "\(before): \(hours.totalBefore)", bars: hours.now, before: hours.before, labels: labels,
            marks: report.releases.compactMap { release in
                release.firstSeen.map {
                    EventsChart.Mark(position: $0.timeIntervalSince(hours.start) / 3600, text: release.version)
                }
            })
    }

    /// All that is in the picture, in words.
    var caption: HTML {
        let peak = hours.busiest.map { ", most at \(time($0.start)): \($0.events)" } ?? ""
        var lines: [HTML] = [
            """
            Blue: \(hours.total == 1 ? "1 event" : "\(hours.total) events") by the hour\(peak). \
            Grey, behind: \(hours.totalBefore) \(before).
            """
        ]
        let seen = report.releases.compactMap { release in
            release.firstSeen.map { "\(release.version.cut(to: 60)) at \(time($0))" }
        }
        if !seen.isEmpty {
            let others = seen.count > Self.mostNamed ? " and \(seen.count - Self.mostNamed) more" : ""
            lines.append("First seen: \(seen.prefix(Self.mostNamed).joined(separator: ", "))\(others)")
        }
        return lines.joined(by: "\n")
    }

    /// About six, where the clock shows a round time.
    private var labels: [EventsChart.Label] {
        let step = hours.now.count > 24 ? 8 : hours.now.count > 12 ? 4 : hours.now.count > 6 ? 2 : 1
        return hours.now.indices.compactMap { hour in
            let local = zone.local(hours.start.addingTimeInterval(Double(hour) * 3600)).time
            return local.seconds / 3600 % step == 0 ? EventsChart.Label(bar: hour, text: local.description) : nil
        }
    }

    /// With its day when there are several.
    private func time(_ date: Date) -> String {
        let isOneDay = zone.local(report.span.start).day == zone.local(report.span.end.addingTimeInterval(-1)).day
        return isOneDay ? zone.local(date).time.description : wallClock(date, zone)
    }
}
