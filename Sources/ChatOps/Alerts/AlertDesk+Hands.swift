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
        /// Its runbook's title from now on; nil when it has none.
        case runbook(String?)
    }

    /// Notes what somebody did. One call for each command: the answer says whether the button that was pressed stands under
    /// the live message, which then shows it by itself.
    package func note(_ deed: Deed, on issue: Issue, _ call: Call) async throws -> Reply.Placement {
        let (name, id, pressed) = (call.sender.name, call.sender.id, call.pressed)
        return try await entry { entry in
            let before = try entry.book.episode(of: issue.id)
            var episode = before ?? entry.unseen(issue)
            switch deed {
            case .set: episode = episode.setting(issue, by: name, at: try entry.asked())
            case .take: episode.taken = Episode.Touch(by: name, id: id, at: entry.now)
            case .investigate: episode.investigated = Episode.Touch(by: name, at: entry.now)
            case .comment: episode = episode.commented()
            case .runbook(let title):
                var details = episode.details ?? Details()
                details.runbook = title
                episode.details = details
            }
            episode.note(deed.act, at: entry.now)
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
    package func owner(of issue: Issue.ID) async throws -> Episode.Touch? {
        try await ledger.entry { try $0.episode(of: issue)?.taken }
    }

    package struct OpenAlerts: Sendable {
        package let episodes: [Episode]
        package let count: Int
    }

    /// What is open now, the oldest untouched first; or the issues of a storm.
    package func alerts(storm: Int? = nil, limit: Int, offset: Int) async throws -> OpenAlerts {
        try await ledger.entry { book in
            let (episodes, count) = try book.openAlerts(storm: storm, limit: limit, offset: offset)
            return OpenAlerts(episodes: episodes, count: count)
        }
    }

    package func duty() async throws -> [String] { try await ledger.entry { try $0.duty() } }

    package func set(duty names: [String]) async throws { try await ledger.entry { try $0.set(duty: names) } }

    package var zone: Zone { rules.zone }

    package func link(to issue: Issue.ID) -> String { rules.link(issue) }
}

extension AlertDesk.Deed {
    fileprivate var act: Episode.Act {
        switch self {
        case .investigate: .investigated
        case .comment: .commented
        case .set, .take, .runbook: .other
        }
    }
}

extension DeskEntry {
    /// For an issue that nobody told us of: nothing is said about it, but who did what is remembered.
    fileprivate func unseen(_ issue: Issue) -> Episode {
        Episode(
            number: 1, cause: .known, openedAt: issue.firstSeen, subject: issue, asOf: Asked(turn: 0, date: now))
    }
}
