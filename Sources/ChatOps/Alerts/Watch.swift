import Domain
import FoundationEssentials
import GlitchTip
import Logging
import Storage

/// Reads GlitchTip's list of issues again and again: the webhook is for speed, this is for truth.
package struct Watch: Sendable {
    /// Issues may appear in the list a little out of order; seeing one twice does no harm.
    private static let overlap: Double = 120
    /// GlitchTip's largest page.
    static let pageSize = GlitchTipAPI.largestPage
    private static let mostRead = 4

    let desk: AlertDesk
    let glitchtip: GlitchTipAPI
    let ledger: Ledger
    let log: Logger
    let now: @Sendable () -> Date

    package init(
        desk: AlertDesk, glitchtip: GlitchTipAPI, ledger: Ledger, log: Logger, now: @escaping @Sendable () -> Date
    ) {
        self.desk = desk
        self.glitchtip = glitchtip
        self.ledger = ledger
        self.log = log
        self.now = now
    }

    /// Looks once: whatever is new since the last look is said. Stopped anywhere, the next look does what was left.
    package func look() async throws {
        do {
            try await lookOnce()
        } catch let error as GlitchTipError {
            try await noteAbsence(error)
        }
    }

    private func lookOnce() async throws {
        let start = try await desk.ask()
        guard let mark = try await ledger.setting(WatchSetting.mark).flatMap({ Double($0) }) else {
            return try await firstLook(try await began(at: start.date), start)
        }
        let away = try await ledger.setting(WatchSetting.away).flatMap { Absence(text: $0) }
        let background = DeskEntry.Background(isAfterOutage: away?.isSaid ?? false)

        let end = Date(timeIntervalSince1970: mark - Self.overlap)
        let newest = try await walk(back: end, from: start, background)
        try await compare(at: start, background)
        try await finish(mark: newest ?? mark, away: away, at: start.date)
        try await readMonitors()
        await readDetails(background)
    }

    // MARK: The list

    /// Page after page, the newest first, until what was seen the last time. Returns when the newest was seen; the next
    /// look begins there, since what moves up in the list while we read has happened after that.
    private func walk(back end: Date, from start: Asked, _ background: DeskEntry.Background) async throws -> Double? {
        var newest: Double?
        var known: Set<Issue.ID> = []
        var cursor: Cursor?
        repeat {
            let page = try await glitchtip.issues(IssueFilter(), limit: Self.pageSize, after: cursor)
            newest = newest ?? page.items.first?.lastSeen.timeIntervalSince1970
            let new = page.items.filter { $0.lastSeen >= end && known.insert($0.id).inserted }
            try await take(new.map { Sighting($0, asOf: start) }, background)
            // A page that brings nothing new is the last, whatever GlitchTip says.
            cursor = new.isEmpty || new.count < page.items.count ? nil : page.next
        } while cursor != nil
        return newest
    }

    /// The first few news with what their events say, the others at once: in a storm they share a message.
    func take(_ sightings: [Sighting], _ background: DeskEntry.Background) async throws {
        let news = try await desk.news(among: sightings, background)
        let fresh = sightings.filter { news.contains($0.issue.id) }
        let isAllRead = desk.rules.routes.needsEnvironment
        let read = isAllRead ? fresh[...] : background.isAfterOutage ? [] : fresh.prefix(StormRule.fewest)
        for start in stride(from: 0, to: read.count, by: Self.mostRead) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for sighting in read.dropFirst(start).prefix(Self.mostRead) {
                    group.addTask { try await desk.announce(sighting, background) }
                }
                try await group.waitForAll()
            }
        }
        let done = Set(read.map(\.issue.id))
        try await desk.note(sightings.filter { !done.contains($0.issue.id) }, background)
    }

    /// Issues that are open here may have been resolved, ignored or deleted there, which does not move them up in the list.
    private func compare(at start: Asked, _ background: DeskEntry.Background) async throws {
        let ids = try await ledger.entry { try $0.takeForChecking(limit: Self.pageSize, at: start.date) }
        guard !ids.isEmpty else { return }
        let page = try await glitchtip.issues(IssueFilter(ids: ids), limit: Self.pageSize)
        try await desk.note(page.items.map { Sighting($0, asOf: start) }, background)
        for id in Set(ids).subtracting(page.items.map(\.id)).sorted() { try await noteMissing(id, at: start) }
    }

    /// The list does not have it; only when it cannot be found either was it deleted. One that cannot be read holds up no
    /// other: the list was read, so GlitchTip is there.
    private func noteMissing(_ id: Issue.ID, at start: Asked) async throws {
        do {
            try await desk.note([Sighting(try await glitchtip.issue(id), asOf: start)], .init())
        } catch GlitchTipError.notFound {
            try await desk.entry { entry in
                guard let episode = try entry.book.episode(of: id), episode.isOpen else { return }
                var deleted = episode.deleted(at: try entry.asked())
                try entry.show(&deleted)
            }
        } catch let error as GlitchTipError {
            switch error {
            case .unreachable, .unauthorized: throw error
            case .forbidden, .notFound, .notGlitchTip, .busy, .server, .refused, .tooLarge, .malformed:
                log.info(
                    "an open issue could not be compared", metadata: ["issue": "\(id)", "error": "\(describe(error))"])
            }
        }
    }

    /// A webhook that was lost leaves a site down, or up, for ever. Without them GlitchTip is there all the same: a token
    /// may not be allowed to see them.
    private func readMonitors() async throws {
        do {
            let asked = try await desk.ask()
            let monitors = try await glitchtip.monitors()
            try await desk.entry { try $0.see(monitors, asOf: asked) }
        } catch let error as GlitchTipError {
            log.info("the monitors could not be read", metadata: ["error": "\(describe(error))"])
        }
    }

    /// What was announced without details gets them; what happens much more often, newer ones.
    private func readDetails(_ background: DeskEntry.Background) async {
        do {
            let date = now()
            let ids = try await ledger.entry { try $0.takeForReading(limit: Self.mostRead, at: date) }
            for id in ids {
                try await desk.note(
                    [try await desk.reading.read(id, isAlert: false, at: try await desk.ask())], background)
            }
        } catch is CancellationError {
            return
        } catch {
            log.info("details of an issue could not be read", metadata: ["error": "\(describe(error))"])
        }
    }

    func finish(mark: Double, away: Absence?, at start: Date) async throws {
        try await desk.entry { entry in
            try entry.book.set(String(mark), for: WatchSetting.mark)
            try entry.book.set(String(start.timeIntervalSince1970), for: WatchSetting.look)
            guard let away else { return }
            try entry.book.set(nil, for: WatchSetting.away)
            guard away.isSaid else { return }
            let length = spoken(seconds: entry.now.timeIntervalSince(away.since))
            try entry.tell("🔌 GlitchTip is back after \(length).", "\(away.key):back")
        }
    }
}

/// What the watch remembers of itself.
enum WatchSetting {
    static let began = "watch.began"
    /// When the newest issue that we know was last seen, by GlitchTip's clock.
    static let mark = "watch.mark"
    /// When we last looked, by ours.
    static let look = "watch.look"
    static let away = "watch.away"
    /// After which turn a webhook last told of a monitor.
    static let uptimeHeard = "watch.uptime.heard"
    /// When monitors were last read, and which were down.
    static let uptimeView = "watch.uptime.view"
}

extension Book {
    /// A setting that is a moment.
    func date(_ key: String) throws -> Date? {
        try setting(key).flatMap { Double($0) }.map { Date(timeIntervalSince1970: $0) }
    }
}
