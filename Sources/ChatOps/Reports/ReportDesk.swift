import Domain
import FoundationEssentials
import GlitchTip
import Logging
import Storage

/// Makes reports, and knows which chat gets which of them when.
package struct ReportDesk: Sendable {
    private static let mostAtOnce = 4
    // Of these the report names five; some are muted or ignored.
    private static let mostIssues = 200

    let ledger: Ledger
    private let glitchtip: GlitchTipAPI
    package let zone: Zone
    /// The team's chat, which has reports unless it does not want them.
    let home: Destination
    private let standard: Schedules
    let record: TeamRecord
    let log: Logger

    package init(
        ledger: Ledger, glitchtip: GlitchTipAPI, zone: Zone, home: Destination, standard: Schedules, record: TeamRecord,
        log: Logger
    ) {
        self.ledger = ledger
        self.glitchtip = glitchtip
        self.zone = zone
        self.home = home
        self.standard = standard
        self.record = record
        self.log = log
    }

    // MARK: Reports

    /// Never fails for GlitchTip's sake: what it does not tell is left out, and that is said.
    ///
    /// - Parameter project: only of this one.
    package func report(_ span: ReportSpan, project: Project? = nil) async throws -> Report {
        var material = Report.Material()
        do {
            let projects = if let project { [project] } else { try await glitchtip.projects() }
            try await keep(from: span.beginning, to: span.end, projects)
            let names = Dictionary(projects.map { ($0.id, $0.slug) }) { first, _ in first }
            let events = try await ledger.events(from: span.start, to: span.end).filter { names[$0.key] != nil }
            material.events = Dictionary(events.map { (names[$0.key] ?? "", $0.value) }, uniquingKeysWith: +)
            for earlier in span.earlier {
                let before = try await ledger.events(from: earlier.start, to: earlier.end)
                material.earlier.append(before.filter { names[$0.key] != nil }.values.reduce(0, +))
            }
            material.monitors = project == nil ? (try? await glitchtip.monitors()) ?? [] : []
        } catch let error as GlitchTipError {
            material.gap = "The events could not be counted. GlitchTip: \(error.explanation)"
        }
        material.episodes = try await ledger.episodes(from: span.start, to: span.end).filter {
            project == nil || $0.subject.project.slug == project?.slug
        }
        material.counts = try await ledger.busiestIssues(from: span.start, to: span.end, most: Self.mostIssues)
        return Report(span, material)
    }

    /// Reads the hours of all projects and keeps them: history must outlive GlitchTip's retention.
    func keepHours(from start: Date, to end: Date) async throws {
        try await keep(from: start, to: end, try await glitchtip.projects())
    }

    private func keep(from start: Date, to end: Date, _ projects: [Project]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, project) in projects.enumerated() {
                if index >= Self.mostAtOnce { try await group.next() }
                group.addTask {
                    let hours = try await glitchtip.eventsPerHour(from: start, to: end, projects: [project.id])
                    try await ledger.keep(hours, ofProject: project.id)
                }
            }
            try await group.waitForAll()
        }
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
