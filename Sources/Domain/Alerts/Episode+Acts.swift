import FoundationEssentials

extension Episode {
    /// What people do about it, as far as reports tell the one from the other.
    package enum Act: Sendable { case investigated, commented, other }

    /// When people did something about it for the first time. Later ones do not move these.
    package struct Acts: Sendable, Hashable, Codable {
        package var first: Date
        package var investigated: Date?
        package var commented: Date?
    }

    package mutating func note(_ act: Act, at date: Date) {
        var acts = acts ?? Acts(first: date)
        switch act {
        case .investigated: acts.investigated = acts.investigated ?? date
        case .commented: acts.commented = acts.commented ?? date
        case .other: break
        }
        self.acts = acts
    }
}

extension Incident {
    /// What a report counts with; nil for an episode that the chat was not told of: nobody could react to it.
    package init?(_ episode: Episode) {
        switch episode.announcement {
        case .message, .digest: break
        case .none, .held, .nowhere: return nil
        }
        guard episode.cause != .known else { return nil }
        let closing = episode.closing.flatMap { $0.how == .deleted ? nil : $0 }
        let acts = episode.acts
        self.init(
            issue: episode.issue, title: episode.subject.title, project: episode.subject.project.slug,
            openedAt: episode.announcedAt ?? episode.openedAt,
            firstActAt: [acts?.first, episode.taken?.at, episode.investigated?.at, closing?.touch.at].compactMap { $0 }
                .min(),
            investigatedAt: acts?.investigated ?? episode.investigated?.at, commentedAt: acts?.commented,
            resolvedAt: closing?.how == .resolved ? closing?.touch.at : nil,
            hasRunbook: episode.details?.runbook != nil, onDuty: episode.onDuty, takenBy: episode.taken?.by)
    }
}
