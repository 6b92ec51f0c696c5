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
    let history: History
    let zone: Zone
    let log: Logger
    var draw: @Sendable (EventsChart) throws -> [UInt8] = { try $0.png() }

    func run(_ call: Call) async throws -> Reply {
        let scope = try await Scope(call.arguments, usual: .day) { try await history.projects() }
        guard (3600...Self.longest.seconds).contains(scope.period.seconds) else {
            throw Refusal("From \(HTML.code("1h")) to \(HTML.code("90d")), please.")
        }

        let figures = try await figures(scope, call.date)

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
        let releases: [Release]
        /// What only GlitchTip knows; nil when it is away.
        let issues: Issues?
        /// What is missing then.
        let gap: String?
    }

    private struct Issues {
        let new: NewIssues
        /// Nil when GlitchTip does not count single issues that far back.
        let top: Top<IssueCounts.Row>?
    }

    /// From the hours that are kept: they go further back than GlitchTip's, and are there when it is not.
    private func figures(_ scope: Scope, _ now: Date) async throws -> Figures {
        let hours = max(1, scope.period.seconds / 3600)
        let start = HourlyCounts.start(hours: 2 * hours, now: now)
        // One after the other they would be three times as long.
        async let new = NewIssues(glitchtip, project: scope.project, since: scope.range(until: now).lowerBound)
        async let top = top(scope, now)
        let reach = try await history.read(from: start, to: now, project: scope.project)
        if let error = reach.error, !(reach.counted?.overlaps(start..<now) ?? false) { throw error }
        let found = try await history.hours(from: start, to: now, in: reach.projects)
        let counts = HourlyCounts(found, hours: hours, now: now)
        let releases = try await history.releases(
            from: counts.range.lowerBound, to: counts.range.upperBound, in: reach.projects)
        let issues: Issues? = if reach.error == nil { Issues(new: try await new, top: try await top) } else { nil }
        return Figures(counts: counts, releases: releases, issues: issues, gap: gap(reach))
    }

    private func gap(_ reach: History.Reach) -> String? {
        guard let error = reach.error, let counted = reach.counted else { return nil }
        let until = wallClock(counted.upperBound, zone)
        return "Counted until \(until) only; which issues are new is not known. GlitchTip: \(error.explanation)"
    }

    private func top(_ scope: Scope, _ now: Date) async throws -> Top<IssueCounts.Row>? {
        guard scope.period.seconds <= IssueCounts.longest.seconds else { return nil }
        return try await IssueCounts(glitchtip, project: scope.project, period: scope.period, now: now).top(Self.top)
    }

    private func text(_ figures: Figures, _ scope: Scope) -> HTML {
        let counts = figures.counts
        let events = counts.total == 1 ? "1 event" : "\(counts.total) events"
        var lines: [HTML] = ["📊 <b>\(events)</b>\(scope.words)"]
        // What is counted only in part is not compared.
        if figures.gap == nil {
            let comparison = counts.comparison.words(than: "the \(scope.period) before").capitalizedFirst
            lines.append("\(comparison) (\(counts.totalBefore))")
        }
        if counts.total > 0, counts.now.count > 1, let busiest = counts.busiest {
            lines.append("Busiest hour: \(wallClock(busiest.start, zone)), \(busiest.events)")
        }
        if let issues = figures.issues { lines.append(HTML(issues.new.words)) }
        for release in figures.releases.prefix(Self.top) {
            let seen: HTML = release.firstSeen.map { " · first seen \(wallClock($0, zone))" } ?? ""
            lines.append("🚀 \(release.version.cut(to: 60))\(seen)")
        }
        let others = figures.releases.count - Self.top
        if others > 0 { lines.append("and \(others) more \(others == 1 ? "release" : "releases")") }
        if let top = figures.issues?.top, !top.leaders.isEmpty {
            lines.append("<b>Most events</b>")
            lines += top.leaders.map {
                "\($0.issue.mark) \($0.events) · #\($0.issue.id) \($0.issue.scrubbedTitle.cut(to: 60))"
            }
        }
        if let gap = figures.gap { lines.append("<i>\(gap)</i>") }
        return lines.joined(by: "\n")
    }

    private func keyboard(_ figures: Figures) -> [[Button]] {
        let buttons = (figures.issues?.top?.leaders ?? []).map {
            Button("#\($0.issue.id)", callbackData: "/issue \($0.issue.id)")
        }
        return buttons.isEmpty ? [] : [buttons]
    }
}
