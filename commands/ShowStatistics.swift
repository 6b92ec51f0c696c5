import Charts
import ChatOps
import Domain
import FoundationEssentials
import GlitchTip
import Logging

/// Says how much happened, against the time before, with a picture by the hour.
struct ShowStatistics: Command {
    static let manual = Manual(
        "stats", "[PROJECT] [PERIOD]", "Show events over time, against the time before.",
        examples: ["/stats", "/stats shop-web 7d"])

    /// Beyond, the hours are too many questions to GlitchTip.
    private static let longest = Period(days: 90)
    private static let top = 3

    let glitchtip: GlitchTipAPI
    let zone: Zone
    let log: Logger
    var draw: @Sendable (EventsChart) throws -> [UInt8] = { try $0.png() }

    func run(_ call: Call) async throws -> Reply {
        let scope = try await Scope(call.arguments, usual: .day, glitchtip: glitchtip)
        guard (3600...Self.longest.seconds).contains(scope.period.seconds) else {
            throw Refusal("From \(HTML.code("1h")) to \(HTML.code("90d")), please.")
        }

        // One after the other they would be four times as long.
        async let counts = counts(scope, call.date)
        async let new = NewIssues(glitchtip, project: scope.project, since: scope.range(until: call.date).lowerBound)
        async let releases = glitchtip.releases(of: scope.project?.slug)
        async let top = top(scope, call.date)
        let range = try await counts.range
        let figures = Figures(
            counts: try await counts, new: try await new,
            releases: try await releases.filter { $0.firstSeen.map(range.contains) ?? false }, top: try await top)

        let chart = StatisticsChart(counts: figures.counts, releases: figures.releases, scope: scope, zone: zone)
        return Reply(text(figures, scope), keyboard: keyboard(figures), picture: picture(chart))
    }

    /// Nil when it could not be drawn: the text says all that is in it.
    private func picture(_ chart: StatisticsChart) -> Picture? {
        do {
            let png = try draw(chart.chart)
            if let picture = Picture(png: png, caption: chart.caption) { return picture }
            log.warning("a picture is too large to be kept", metadata: ["bytes": "\(png.count)"])
        } catch {
            log.warning("a picture could not be drawn", metadata: ["error": "\(error)"])
        }
        return nil
    }

    private struct Figures {
        let counts: HourlyCounts
        let new: NewIssues
        let releases: [Release]
        /// Nil when GlitchTip does not count single issues that far back.
        let top: Top<IssueCounts.Row>?
    }

    private func counts(_ scope: Scope, _ now: Date) async throws -> HourlyCounts {
        let projects = scope.project.map { [$0.id] } ?? []
        let hours = max(1, scope.period.seconds / 3600)
        let start = HourlyCounts.start(hours: 2 * hours, now: now)
        let found = try await glitchtip.eventsPerHour(from: start, to: now, projects: projects)
        return HourlyCounts(found, hours: hours, now: now)
    }

    private func top(_ scope: Scope, _ now: Date) async throws -> Top<IssueCounts.Row>? {
        guard scope.period.seconds <= IssueCounts.longest.seconds else { return nil }
        return try await IssueCounts(glitchtip, project: scope.project, period: scope.period, now: now).top(Self.top)
    }

    private func text(_ figures: Figures, _ scope: Scope) -> HTML {
        let counts = figures.counts
        let events = counts.total == 1 ? "1 event" : "\(counts.total) events"
        var lines: [HTML] = [
            "📊 <b>\(events)</b>\(scope.words)",
            "\(counts.comparison.words(than: "the \(scope.period) before").capitalizedFirst) (\(counts.totalBefore))",
        ]
        if counts.total > 0, counts.now.count > 1, let busiest = counts.busiest {
            lines.append("Busiest hour: \(StatisticsChart.time(busiest.start, zone)), \(busiest.events)")
        }
        lines.append(HTML(figures.new.words))
        for release in figures.releases.prefix(Self.top) {
            let seen: HTML = release.firstSeen.map { " · first seen \(StatisticsChart.time($0, zone))" } ?? ""
            lines.append("🚀 \(release.version.cut(to: 60))\(seen)")
        }
        let others = figures.releases.count - Self.top
        if others > 0 { lines.append("and \(others) more \(others == 1 ? "release" : "releases")") }
        if let top = figures.top, !top.leaders.isEmpty {
            lines.append("<b>Most events</b>")
            lines += top.leaders.map {
                "\($0.issue.mark) \($0.events) · #\($0.issue.id) \($0.issue.scrubbedTitle.cut(to: 60))"
            }
        }
        return lines.joined(by: "\n")
    }

    private func keyboard(_ figures: Figures) -> [[Button]] {
        let buttons = (figures.top?.leaders ?? []).map {
            Button("#\($0.issue.id)", callbackData: "/issue \($0.issue.id)")
        }
        return buttons.isEmpty ? [] : [buttons]
    }
}
