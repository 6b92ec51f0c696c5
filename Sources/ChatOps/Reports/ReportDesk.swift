import Charts
import Domain
import FoundationEssentials
import GlitchTip
import Logging
import Storage

/// Makes reports, and knows which chat gets which of them when.
package struct ReportDesk: Sendable {
    // Of these the report names five; some are muted or ignored.
    private static let mostIssues = 200

    let ledger: Ledger
    package let history: History
    private let glitchtip: GlitchTipAPI
    package let zone: Zone
    /// The team's chat, which has reports unless it does not want them.
    let home: Destination
    private let standard: Schedules
    let record: TeamRecord
    private let draw: @Sendable (EventsChart) throws -> [UInt8]
    let log: Logger

    package init(
        ledger: Ledger, glitchtip: GlitchTipAPI, zone: Zone, home: Destination, standard: Schedules, record: TeamRecord,
        log: Logger, draw: @escaping @Sendable (EventsChart) throws -> [UInt8] = { try $0.png() }
    ) {
        history = History(ledger: ledger, glitchtip: glitchtip)
        self.draw = draw
        self.ledger = ledger
        self.glitchtip = glitchtip
        self.zone = zone
        self.home = home
        self.standard = standard
        self.record = record
        self.log = log
    }

    // MARK: Reports

    /// The report as it is sent: with its picture, when there is something to draw and it can be drawn.
    package func reply(_ span: ReportSpan, project: Project? = nil, late: Bool = false) async throws -> Reply {
        let report = try await report(span, project: project)
        return report.reply(late: late, picture: picture(of: report), zone: zone)
    }

    private func picture(of report: Report) -> Picture? {
        guard let hours = report.hours else { return nil }
        let chart = ReportChart(report: report, hours: hours, zone: zone)
        do {
            let picture = Picture(png: try draw(chart.chart), caption: chart.caption)
            if picture == nil { log.error("the picture of a report is empty, or too large to be kept") }
            return picture
        } catch {
            log.error("the picture of a report could not be drawn", metadata: ["error": "\(describe(error))"])
            return nil
        }
    }

    /// Never fails for GlitchTip's sake: what it does not tell is taken from what was kept, and what is missing is said.
    ///
    /// - Parameter project: only of this one.
    package func report(_ span: ReportSpan, project: Project? = nil) async throws -> Report {
        var material = Report.Material()
        let reach = try await history.read(from: span.beginning, to: span.end, project: project)
        try await count(span, reach, into: &material)
        material.project = project?.slug
        if let error = reach.error {
            material.gap = gap(span, reach, project, error)
        } else if project == nil {
            material.monitors = (try? await glitchtip.monitors()) ?? []
        }
        material.episodes = Self.only(project, try await ledger.episodes(from: span.start, to: span.end))
        material.counts = try await ledger.busiestIssues(from: span.start, to: span.end, most: Self.mostIssues)
        let began = try await ledger.setting(WatchSetting.began).flatMap { Double($0) }
        for earlier in span.earlier {
            let isKnown = began.map { $0 <= earlier.start.timeIntervalSince1970 } ?? false
            material.earlierEpisodes.append(
                isKnown ? Self.only(project, try await ledger.episodesBegun(from: earlier.start, to: earlier.end)) : nil
            )
        }
        return Report(span, material)
    }

    /// What is counted only in part is not compared, and no picture is made of it.
    private func count(_ span: ReportSpan, _ reach: History.Reach, into material: inout Report.Material) async throws {
        let names = Dictionary(reach.projects.map { ($0.id, $0.slug) }) { first, _ in first }
        guard reach.counted?.contains(span.start) ?? false else { return }
        let events = try await ledger.events(from: span.start, to: span.end).filter { names[$0.key] != nil }
        material.events = Dictionary(events.map { (names[$0.key] ?? "", $0.value) }, uniquingKeysWith: +)
        guard reach.covers(from: span.start, to: span.end) else { return }
        for earlier in span.earlier {
            guard reach.covers(from: earlier.start, to: earlier.end) else {
                material.earlier.append(nil)
                continue
            }
            let before = try await ledger.events(from: earlier.start, to: earlier.end)
            material.earlier.append(before.filter { names[$0.key] != nil }.values.reduce(0, +))
        }
        material.releases = try await history.releases(from: span.start, to: span.end, in: reach.projects)
        guard let before = span.earlier.first, reach.covers(from: before.start, to: before.end),
            span.end.timeIntervalSince(span.start) <= Double(ReportChart.mostHours) * 3600 + 1
        else { return }
        let hours = try await history.hours(from: before.start, to: span.end, in: reach.projects)
        material.hours = HourlyCounts(hours, from: span.start, to: span.end, before: before.start)
    }

    private func gap(
        _ span: ReportSpan, _ reach: History.Reach, _ project: Project?, _ error: GlitchTipError
    ) -> String {
        let uptime = project == nil ? ", and uptime is not known" : ""
        let known =
            if reach.covers(from: span.start, to: span.end) {
                "Counted before GlitchTip went away\(uptime)"
            } else if let counted = reach.counted, counted.contains(span.start) {
                "Events are counted until \(wallClock(counted.upperBound, zone)) only\(uptime)"
            } else {
                "The events could not be counted"
            }
        return "\(known). GlitchTip: \(error.explanation)"
    }

    private static func only(_ project: Project?, _ episodes: [Episode]) -> [Episode] {
        guard let project else { return episodes }
        return episodes.filter { $0.subject.project.slug == project.slug }
    }

    // MARK: Schedules

    private static let setting = "report.schedules"

    /// One for each chat, the home chat always among them. A group that became a supergroup is the same chat, and so are
    /// all of its topics: a schedule is changed wherever somebody writes.
    func schedules() async throws -> [Destination: Schedules] {
        let home = try await current(home)
        var all = [home: standard]
        for (name, schedules) in try await kept() {
            guard let place = Destination(text: name) else { continue }
            let now = try await current(place)
            all[now.chat == home.chat ? home : now] = schedules
        }
        return all
    }

    package func schedules(of place: Destination) async throws -> Schedules {
        try await schedules().first { $0.key.chat == place.chat }?.value ?? Schedules(daily: nil, weekly: nil)
    }

    package func change(_ change: Schedules.Change, of place: Destination) async throws -> Schedules {
        let changed = try await schedules(of: place).changed(change)
        var all = try await kept()
        for name in all.keys {
            guard let other = Destination(text: name), try await current(other).chat == place.chat else { continue }
            all[name] = nil
        }
        all[place.description] = changed
        try await ledger.set(String(decoding: try JSONEncoder().encode(all), as: UTF8.self), for: Self.setting)
        return changed
    }

    private func current(_ place: Destination) async throws -> Destination {
        Destination(chat: try await ledger.currentChat(for: place.chat), thread: place.thread)
    }

    private func kept() async throws -> [String: Schedules] {
        guard let text = try await ledger.setting(Self.setting) else { return [:] }
        return (try? JSONDecoder().decode([String: Schedules].self, from: Data(text.utf8))) ?? [:]
    }
}
