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
        episode.announcedAt = now
        episode.onDuty = try book.duty()
        episode.announcement = try announcement(of: episode, background)
        if case .held(let silence) = episode.announcement {
            episode.silence = silence
            try book.hold(episode.issue, events: gained, by: silence)
        }
        episode.shownCount = episode.subject.count
        try book.save(episode)
        switch episode.announcement {
        case .message(let place): try book.say(message(episode, at: place, .alert), at: now)
        case .digest(let storm): try join(storm)
        case .none, .held, .nowhere: break
        }
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
    func retire(_ episode: Episode) throws {
        guard let place = episode.place else { return }
        var live = try liveMessage(episode)
        live.isPast = true
        try book.edit(message(episode.key, live, at: place, .edit), at: now)
    }
}
