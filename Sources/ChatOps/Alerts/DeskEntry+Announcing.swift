import Domain
import FoundationEssentials
import Storage

/// Whether, where and how something is said for the first time.
extension DeskEntry {
    /// Says it, unless a silence, a route or a storm has it otherwise.
    func announce(_ episode: Episode, gained: Int, _ background: Background) throws {
        var episode = episode
        let since = now.addingTimeInterval(-Double(Label.days) * 86_400)
        let alike = try book.episodesAlike(episode.subject, since: since, most: Label.most)
        episode.label = Label(episodes: alike + 1)
        guard let silence = try book.silences().first(where: { $0.silence.matches(episode.subject) }) else {
            return try publish(episode, as: try announcement(of: episode, background))
        }
        episode.silence = silence.number
        try book.hold(episode.issue, events: gained, by: silence.number)
        try publish(episode, as: .held(silence: silence.number))
    }

    /// What a silence held back and is still open is told from now on, as the issues of a storm are: the message at the
    /// silence's end names it, the list and the reports have it. What is fatal is worth a message of its own.
    func announce(_ held: [Episode], by silence: StoredSilence) throws {
        var digest: Int?
        for episode in held {
            guard place(of: episode) != nil else {
                try publish(episode, as: .nowhere)
                continue
            }
            guard episode.subject.level < .fatal else {
                try publish(episode, as: try announcement(of: episode, Background()))
                continue
            }
            let number = try digest ?? beginDigest(of: silence)
            digest = number
            try publish(episode, as: .digest(storm: number))
        }
    }

    private func beginDigest(of silence: StoredSilence) throws -> Int {
        let destination = silence.silence.place.destination
        let number = try book.beginStorm(at: destination, cause: .silence, date: now).number
        // Nobody joins it: what comes next is not muted any more.
        try book.endStorm(number, at: now)
        return number
    }

    /// Notes when and how it is told, and says it where it does not share what was said.
    private func publish(_ episode: Episode, as announcement: Episode.Announcement) throws {
        var episode = episode
        episode.announcedAt = now
        episode.onDuty = try book.duty()
        episode.announcement = announcement
        episode.shownCount = episode.subject.count
        try book.save(episode)
        switch announcement {
        case .message(let place): try book.say(message(episode, at: place, .alert), at: now)
        case .digest(let storm): try join(storm)
        case .none, .held, .nowhere: break
        }
    }

    private func place(of episode: Episode) -> Place? {
        rules.routes.place(
            for: episode.subject, environment: episode.details?.environment, at: rules.zone.local(now).time)
    }

    private func announcement(of episode: Episode, _ background: Background) throws -> Episode.Announcement {
        guard let place = place(of: episode) else { return .nowhere }
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
        guard let storm = try book.storm(number), storm.closedAt == nil, try !book.has(StormDigest.key(number))
        else { return }
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
    func retire(_ episode: Episode) throws {
        guard let place = episode.place else { return }
        var live = try liveMessage(episode)
        live.isPast = true
        try book.edit(message(episode.key, live, at: place, .edit), at: now)
    }
}
