import Domain
import FoundationEssentials
import GlitchTip
import Storage

/// What GlitchTip counted, kept in the ledger: GlitchTip forgets after its retention, and may be away when a report is due.
package struct History: Sendable {
    private static let mostAtOnce = 4
    private static let countedFrom = "report.counted.from"
    private static let countedUntil = "report.counted"
    /// As far back as the first look counts: four weeks to compare, and a day for the zone.
    private static let firstLook: Double = 29 * 86_400
    /// Events come in a little late.
    private static let overlap: Double = 7200

    private let ledger: Ledger
    private let glitchtip: GlitchTipAPI

    package init(ledger: Ledger, glitchtip: GlitchTipAPI) {
        self.ledger = ledger
        self.glitchtip = glitchtip
    }

    /// What is known of a time.
    package struct Reach: Sendable {
        package let projects: [Project]
        /// Why GlitchTip was not there to be asked; nil when it was.
        package let error: GlitchTipError?
        /// The time in which every hour was counted.
        package let counted: Range<Date>?

        package func covers(from start: Date, to end: Date) -> Bool {
            counted.map { $0.lowerBound <= start && $0.upperBound >= end } ?? false
        }
    }

    /// Reads a time anew where GlitchTip answers, and says what is known of it in either case.
    ///
    /// - Parameter project: only of this one.
    package func read(from start: Date, to end: Date, project: Project? = nil) async throws -> Reach {
        do {
            let projects = if let project { [project] } else { try await allProjects() }
            try await count(projects, from: start, to: end)
            return Reach(projects: projects, error: nil, counted: start..<max(start, end))
        } catch let error as GlitchTipError {
            let projects = if let project { [project] } else { try await ledger.projects() }
            return Reach(projects: projects, error: error, counted: try await counted())
        }
    }

    /// Events by the hour, as far as they were read.
    package func hours(from start: Date, to end: Date, in projects: [Project]) async throws -> [Date: Int] {
        try await ledger.hours(from: start, to: end, in: projects)
    }

    /// Those that were first seen within the time, the newest first.
    package func releases(from start: Date, to end: Date, in projects: [Project]) async throws -> [Release] {
        try await ledger.releases(from: start, to: end, in: projects)
    }

    /// GlitchTip's; when it is away those that were there before.
    package func projects() async throws -> [Project] {
        do {
            return try await allProjects()
        } catch let error as GlitchTipError {
            let kept = try await ledger.projects()
            guard !kept.isEmpty else { throw error }
            return kept
        }
    }

    /// Counts each hour once, as long as GlitchTip has it. When GlitchTip is away, next time.
    func keepUp(at now: Date) async throws {
        let counted = try await counted()
        if let last = counted?.upperBound, last <= now, now.timeIntervalSince(last) < 3600 { return }
        let first = now.addingTimeInterval(-Self.firstLook)
        let start = counted.map { max($0.upperBound.addingTimeInterval(-Self.overlap), first) } ?? first
        do {
            try await count(try await allProjects(), from: min(start, now.addingTimeInterval(-Self.overlap)), to: now)
        } catch is GlitchTipError {
            return
        }
        // Hours that GlitchTip did not answer for and has forgotten are a gap: what is known begins behind it.
        let from = counted.map { $0.upperBound < first ? first : $0.lowerBound } ?? first
        try await ledger.set(String(from.timeIntervalSince1970), for: Self.countedFrom)
        try await ledger.set(String(now.timeIntervalSince1970), for: Self.countedUntil)
    }

    private func counted() async throws -> Range<Date>? {
        guard let from = try await time(Self.countedFrom), let until = try await time(Self.countedUntil), from < until
        else { return nil }
        return from..<until
    }

    private func time(_ key: String) async throws -> Date? {
        try await ledger.setting(key).flatMap { Double($0) }.map { Date(timeIntervalSince1970: $0) }
    }

    private func allProjects() async throws -> [Project] {
        let projects = try await glitchtip.projects()
        try await ledger.keep(projects)
        return projects
    }

    private func count(_ projects: [Project], from start: Date, to end: Date) async throws {
        async let releases = glitchtip.releases()
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
        try await ledger.keep(try await releases)
    }
}
