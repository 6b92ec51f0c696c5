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

    /// Notes a sighting and says what deserves it. True when the issue has a new message of its own.
    @discardableResult
    func see(_ sighting: Sighting, _ background: Background = Background()) throws -> Bool {
        let current = try book.episode(of: sighting.issue.id)
        let (heard, news) = heard(sighting, current, background)
        var episode = heard
        let gained = gained(episode, current)
        if gained > 0 { try count(gained, of: episode) }
        switch news {
        case .opened where episode.cause == .known: try book.save(episode)
        case .opened, .alerted:
            if let current, current.number != episode.number { try retire(current) }
            return try announce(episode, gained: max(1, gained), background)
        case .changed: try show(&episode)
        case .counted:
            let isMilestone = Milestone.isCrossed(from: episode.shownCount, to: episode.subject.count)
            if isMilestone { try show(&episode) } else { try book.save(episode) }
        case .nothing: if episode != current { try book.save(episode) }
        }
        return try notice(&episode)
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

    // MARK: Announcing

    /// Says it, unless a silence, a route or a storm has it otherwise.
    private func announce(_ episode: Episode, gained: Int, _ background: Background = Background()) throws -> Bool {
        var episode = episode
        let since = now.addingTimeInterval(-Double(Label.days) * 86_400)
        let alike = try book.episodesAlike(episode.subject, since: since, most: Label.most)
        episode.label = Label(episodes: alike + 1)
        episode.announcedAt = now
        episode.announcement = try announcement(of: episode, background)
        if case .held(let silence) = episode.announcement {
            episode.silence = silence
            try book.hold(episode.issue, events: gained, by: silence)
        }
        episode.shownCount = episode.subject.count
        try book.save(episode)
        switch episode.announcement {
        case .message(let place):
            try book.say(message(episode, at: place, .alert), at: now)
            return true
        case .digest(let storm): try join(storm)
        case .none, .held, .nowhere: break
        }
        return false
    }

    private func announcement(of episode: Episode, _ background: Background) throws -> Episode.Announcement {
        let silences = try book.silences()
        if let silence = silences.first(where: { $0.silence.matches(episode.subject) }) {
            return .held(silence: silence.number)
        }
        let time = rules.zone.local(now).time
        let environment = episode.details?.environment
        guard let place = rules.routes.place(for: episode.subject, environment: environment, at: time) else {
            return .nowhere
        }
        let destination = place.destination
        if let storm = try book.openStorm(at: destination) { return .digest(storm: storm.number) }
        if background.isAfterOutage {
            return .digest(storm: try book.beginStorm(at: destination, cause: .outage, date: now).number)
        }
        let recent = try book.announced(in: destination.chat, since: now.addingTimeInterval(-StormRule.window))
        guard StormRule.begins(announcedInWindow: recent) else { return .message(place) }
        return .digest(storm: try book.beginStorm(at: destination, cause: .rush, date: now).number)
    }

    /// The first line of a storm comes at once; later ones when the desk next looks at its storms.
    private func join(_ number: Int) throws {
        try book.joinStorm(number, at: now)
        guard let storm = try book.storm(number), try !book.has(StormDigest.key(number)) else { return }
        try say(storm, .alert)
    }

    func say(_ storm: StoredStorm, _ priority: Message.Priority) throws {
        let digest = StormDigest(storm: storm, groups: try book.groups(of: storm.number), zone: rules.zone)
        try book.say(
            Message(
                key: StormDigest.key(storm.number), chat: storm.destination.chat, thread: storm.destination.thread,
                priority: priority, content: try digest.posting.json()), at: now)
    }

    /// The message of an episode that is over: its buttons would act on the new one.
    private func retire(_ episode: Episode) throws {
        guard let place = episode.place else { return }
        var live = try liveMessage(episode)
        live.isPast = true
        try book.edit(message(episode.key, live, at: place, .edit), at: now)
    }

    // MARK: Showing

    /// Saves the episode and brings its live message up to date.
    func show(_ episode: inout Episode, _ priority: Message.Priority = .edit) throws {
        if episode.place != nil { episode.shownCount = episode.subject.count }
        try book.save(episode)
        guard let place = episode.place else { return }
        try book.edit(message(episode, at: place, priority), at: now)
    }

    private func message(_ episode: Episode, at place: Place, _ priority: Message.Priority) throws -> Message {
        try message(episode.key, try liveMessage(episode), at: place, priority)
    }

    private func message(_ key: String, _ live: LiveMessage, at place: Place, _ priority: Message.Priority) throws
        -> Message
    {
        Message(
            key: key, chat: place.destination.chat, thread: place.destination.thread,
            subject: Subject.issue(live.episode.issue), priority: priority, content: try live.posting.json())
    }

    func liveMessage(_ episode: Episode) throws -> LiveMessage {
        let silence = try episode.silence.flatMap { number in try book.silences().first { $0.number == number } }
        return LiveMessage(
            episode: episode, silence: silence, link: rules.link(episode.issue), zone: rules.zone, now: now)
    }

    /// A message of its own below the live one, for what must not go unheard.
    func remark(_ text: HTML, _ name: String, on episode: Episode, keyboard: [[Button]] = [], isSilent: Bool = false)
        throws
    {
        guard let place = episode.place else { return }
        try book.say(
            Message(
                key: "\(episode.key):\(name)", chat: place.destination.chat, thread: place.destination.thread,
                replyTo: try book.messageID(of: episode.key), subject: Subject.issue(episode.issue), priority: .alert,
                content: try Posting(text, keyboard: keyboard, isSilent: isSilent).json()), at: now)
    }

    // MARK: Getting worse

    /// Far more events than usual, or far more people. Said aloud, also when nothing was said so far.
    private func notice(_ episode: inout Episode) throws -> Bool {
        guard episode.isOpen, !episode.isBare, episode.silence == nil, episode.announcement != .nowhere else {
            return false
        }
        let memory = max(episode.subject.firstSeen, try book.date(WatchSetting.began) ?? episode.subject.firstSeen)
        let hours = try book.hours(of: episode.issue, since: Surge.hour(of: now) - 7 * 24)
        if let surge = episode.surge {
            guard surge.isOver(hours, at: now) else { return false }
            episode.surge = nil
            try show(&episode)
            return false
        }
        let people = Surge.judge(users: episode.details?.users, before: episode.knownUsers, at: now)
        guard let surge = Surge.judge(hours, firstSeen: memory, at: now) ?? people else { return false }
        episode.surge = surge
        episode.knownUsers = episode.details?.users
        guard episode.place != nil else { return try announce(episode, gained: 1) }
        // Worse: whoever deleted the message sees it again.
        try book.revive(episode.key)
        try show(&episode)
        let live = try liveMessage(episode)
        try remark(
            "\(live.headline)\n\(surge.reason).", "surge:\(Int(surge.since.timeIntervalSince1970))", on: episode,
            keyboard: live.keyboard)
        return false
    }
}
