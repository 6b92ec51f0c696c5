import Domain
import FoundationEssentials
import Storage

/// What the desk decides by.
struct DeskRules: Sendable {
    let routes: Routes
    let zone: Zone
    let escalation: Escalation
    /// The address of an issue in GlitchTip's pages.
    let link: @Sendable (Issue.ID) -> String
}

/// The desk with the book open: decides and says in one transaction.
struct DeskEntry {
    let book: Book
    let rules: DeskRules
    let now: Date

    /// What we know of how a sighting came about.
    struct Background: Sendable {
        /// What GlitchTip saw first before that was there before we began to watch.
        var oldBefore: Date?
        /// New issues are told together, whatever their number.
        var isAfterOutage = false
    }

    /// Now, and after everything that was asked before.
    func asked() throws -> Asked { Asked(turn: try book.nextTurn(), date: now) }

    /// Notes a sighting and says what deserves it.
    func see(_ sighting: Sighting, _ background: Background = Background()) throws {
        let current = try book.episode(of: sighting.issue.id)
        let (heard, news) = heard(sighting, current, background)
        var episode = heard
        let gained = gained(episode, current)
        if gained > 0 { try count(gained, of: episode) }
        switch news {
        case .opened where episode.cause == .known: try book.save(episode)
        case .opened, .alerted:
            if let current, current.number != episode.number { try retire(current) }
            try announce(episode, gained: max(1, gained), background)
        case .changed, .counted, .nothing:
            let turn = try turn(of: &episode, gained, since: current)
            if turn == .begun, episode.place == nil { return try announce(episode, gained: 1, background) }
            let isCrossed = Milestone.isCrossed(from: episode.shownCount, to: episode.subject.count)
            if news == .changed || turn != nil || (news != .nothing && isCrossed) {
                try show(&episode)
            } else if episode != current {
                try book.save(episode)
            }
            if turn == .begun { try sayAloud(episode) }
        }
    }

    /// Whether what is new goes to a storm's digest, for which nothing needs to be read.
    func isStormy(_ sighting: Sighting) throws -> Bool {
        let time = rules.zone.local(now).time
        guard
            let place = rules.routes.place(
                for: sighting.issue, environment: sighting.details?.environment, at: time)
        else { return false }
        return try book.openStorm(at: place.destination) != nil
    }

    /// Whether the sighting would begin an episode that deserves a message: for that its details are worth reading first.
    func isNews(_ sighting: Sighting, _ background: Background) throws -> Bool {
        let (episode, news) = heard(sighting, try book.episode(of: sighting.issue.id), background)
        return (news == .opened && episode.cause != .known) || news == .alerted
    }

    private func heard(_ sighting: Sighting, _ current: Episode?, _ background: Background) -> (Episode, Episode.News) {
        if let current { return current.seeing(sighting, at: now) }
        let isOld = background.oldBefore.map { sighting.issue.firstSeen < $0 } ?? false
        return Episode.first(sighting, isOld: isOld, at: now)
    }

    private func gained(_ episode: Episode, _ current: Episode?) -> Int {
        guard let current, !current.isBare, !episode.isBare else { return 0 }
        return max(0, episode.subject.count - current.subject.count)
    }

    private func count(_ events: Int, of episode: Episode) throws {
        let lastLook = try book.date(WatchSetting.look)
        try book.count(Hours.spread(events, since: lastLook, until: now), of: episode.issue)
        if let silence = episode.silence { try book.hold(episode.issue, events: events, by: silence) }
    }

    // MARK: Getting worse

    private enum Turn { case begun, ended }

    /// Whether it has begun to happen far more often than usual or to far more people, or has ceased to.
    private func turn(of episode: inout Episode, _ gained: Int, since current: Episode?) throws -> Turn? {
        let isMore = gained > 0 || episode.details?.users != current?.details?.users
        guard isMore || episode.surge != nil, episode.isOpen, !episode.isBare, episode.silence == nil,
            episode.announcement != .nowhere
        else { return nil }
        let hours = try book.hours(of: episode.issue, since: Surge.hour(of: now) - 7 * 24)
        if let surge = episode.surge {
            guard surge.isOver(hours, at: now) else { return nil }
            episode.surge = nil
            return .ended
        }
        let memory = max(episode.subject.firstSeen, try book.date(WatchSetting.began) ?? episode.subject.firstSeen)
        let people = Surge.judge(users: episode.details?.users, before: episode.knownUsers, at: now)
        guard let surge = Surge.judge(hours, firstSeen: memory, at: now) ?? people else { return nil }
        episode.surge = surge
        episode.knownUsers = episode.details?.users
        // Worse: whoever deleted the message sees it again.
        try book.revive(episode.key)
        return .begun
    }

    private func sayAloud(_ episode: Episode) throws {
        guard let surge = episode.surge else { return }
        let live = try liveMessage(episode)
        try remark(
            "\(live.headline)\n\(surge.reason).", "surge:\(Int(surge.since.timeIntervalSince1970))", on: episode,
            keyboard: live.keyboard)
    }
}
