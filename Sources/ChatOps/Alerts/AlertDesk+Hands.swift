import Domain
import FoundationEssentials
import Storage

/// What people do to issues in the chat, noted so that the live message shows it.
extension AlertDesk {
    /// What a command does to an episode.
    package enum Deed: Sendable, Hashable {
        /// The issue's new status, as GlitchTip confirmed it.
        case set
        case take
        case investigate
        case comment
    }

    /// Notes what somebody did. One call for each command: the answer says whether the button that was pressed stands under
    /// the live message, which then shows it by itself.
    package func note(_ deed: Deed, on issue: Issue, _ call: Call) async throws -> Reply.Placement {
        let (name, pressed) = (call.sender.name, call.pressed)
        return try await entry { entry in
            let before = try entry.book.episode(of: issue.id)
            var episode = before ?? entry.unseen(issue)
            switch deed {
            case .set: episode = episode.setting(issue, by: name, at: try entry.asked())
            case .take: episode.taken = Episode.Touch(by: name, at: entry.now)
            case .investigate: episode.investigated = Episode.Touch(by: name, at: entry.now)
            case .comment: episode = episode.commented()
            }
            let isOwn = pressed == episode.key && episode.place != nil
            if episode == before {
                try entry.book.save(episode)
            } else {
                try entry.show(&episode, isOwn ? .answer : .edit)
            }
            return isOwn ? .shown : .below
        }
    }

    /// A command has just read an issue: the desk need not wait for its next look.
    package func notice(_ issue: Issue) async throws {
        let sighting = Sighting(issue, asOf: try await ask())
        try await entry { entry in
            guard try entry.book.episode(of: issue.id) != nil else { return }
            try entry.see(sighting)
        }
    }

    /// Who has it, if anybody.
    package func owner(of issue: Issue.ID) async throws -> String? {
        try await entry { try $0.book.episode(of: issue)?.taken?.by }
    }

    // MARK: Silences

    /// A silence with the words for its end.
    package struct Muted: Sendable {
        package let number: Int
        package let end: HTML
        package let placement: Reply.Placement
    }

    /// Silences what matches. One for the same target takes the place of the one before.
    package func mute(_ target: Silence.Target, _ end: Silence.End, _ call: Call) async throws -> Muted {
        let zone = rules.zone
        let silence = Silence(
            target: target, end: end, by: call.sender.name, createdAt: now(), place: Place(call.place))
        let pressed = call.pressed
        return try await entry { entry in
            for old in try entry.book.silences() where old.silence.target == target {
                _ = try entry.end(old, by: silence.by)
            }
            let number = try entry.book.add(silence)
            var placement = Reply.Placement.below
            if case .issue(let id) = target, var episode = try entry.book.episode(of: id) {
                episode.silence = number
                let isOwn = pressed == episode.key && episode.place != nil
                try entry.show(&episode, isOwn ? .answer : .edit)
                placement = isOwn ? .shown : .below
            } else {
                try entry.silence(number, silence)
            }
            return Muted(number: number, end: end.words(zone, now: entry.now), placement: placement)
        }
    }

    /// The live message with the buttons for how long, or with its own again; nil when the issue has none here.
    package func muteMenu(of issue: Issue.ID, isOpen: Bool, _ call: Call) async throws -> Reply? {
        let pressed = call.pressed
        return try await entry { entry in
            guard let episode = try entry.book.episode(of: issue), episode.key == pressed else { return nil }
            let live = try entry.liveMessage(episode)
            return Reply(
                live.text, keyboard: isOpen ? live.muteMenu : live.keyboard, about: issue, placement: .inPlace)
        }
    }

    package func silences() async throws -> [StoredSilence] { try await entry { try $0.book.silences() } }

    /// Ends a silence before its time and says what it held back; nil when there is none of that number.
    package func unmute(_ number: Int, _ call: Call) async throws -> (text: HTML, placement: Reply.Placement)? {
        let (name, pressed) = (call.sender.name, call.pressed)
        return try await entry { entry in
            guard let silence = try entry.book.silences().first(where: { $0.number == number }) else { return nil }
            let keys = try entry.book.episodes(under: number).map(\.key)
            let text = try entry.end(silence, by: name)
            let isOwn = pressed.map { keys.contains($0) } ?? false
            return (text, isOwn && silence.events == 0 ? .shown : .below)
        }
    }

    // MARK: Lists

    package struct OpenAlerts: Sendable {
        package let episodes: [Episode]
        package let count: Int
    }

    /// What is open now, the oldest untouched first; or the issues of a storm.
    package func alerts(storm: Int? = nil, limit: Int, offset: Int) async throws -> OpenAlerts {
        try await entry { entry in
            let (episodes, count) = try entry.book.openAlerts(storm: storm, limit: limit, offset: offset)
            return OpenAlerts(episodes: episodes, count: count)
        }
    }

    package func duty() async throws -> [String] { try await entry { try $0.book.duty() } }

    package func set(duty names: [String]) async throws { try await entry { try $0.book.set(duty: names) } }

    package var zone: Zone { rules.zone }

    package func link(to issue: Issue.ID) -> String { rules.link(issue) }
}

extension DeskEntry {
    /// For an issue that nobody told us of: nothing is said about it, but who did what is remembered.
    fileprivate func unseen(_ issue: Issue) -> Episode {
        Episode(
            number: 1, cause: .known, openedAt: issue.firstSeen, subject: issue, asOf: Asked(turn: 0, date: now))
    }

    /// Marks what is open and matches, so that it is shown as muted and counted.
    fileprivate func silence(_ number: Int, _ silence: Silence) throws {
        for var episode in try book.openEpisodes() where episode.silence == nil && silence.matches(episode.subject) {
            episode.silence = number
            try show(&episode)
        }
    }
}
