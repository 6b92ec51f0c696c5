import FoundationEssentials

/// An issue as somebody told us of it.
package struct Sighting: Sendable, Hashable {
    package let issue: Issue
    /// Known only from a webhook, which has no status, no count and no project slug.
    package let isBare: Bool
    /// When the question was asked that this answers.
    package let asOf: Asked
    /// Whether GlitchTip raised an alert for it.
    package let isAlert: Bool
    /// What the webhook or the newest event said.
    package let details: Details?

    package init(_ issue: Issue, isBare: Bool = false, asOf: Asked, isAlert: Bool = false, details: Details? = nil) {
        self.issue = issue
        self.isBare = isBare
        self.asOf = asOf
        self.isAlert = isAlert
        self.details = details
    }
}

extension Episode {
    /// What a sighting means.
    package enum News: Sendable, Hashable {
        case nothing
        /// It begins: to be announced unless its cause is `known`.
        case opened
        /// GlitchTip raised an alert for what we knew and had said nothing of.
        case alerted
        /// The state that people see has changed.
        case changed
        /// It happened that often more.
        case counted(Int)
    }

    /// The first we hear of an issue.
    ///
    /// - Parameter isOld: it was there before we began to watch.
    package static func first(_ sighting: Sighting, isOld: Bool, at now: Date) -> (Episode, News) {
        let isKnown = (isOld && !sighting.isAlert) || sighting.issue.status == .ignored
        var episode = Episode(
            number: 1, cause: isKnown ? .known : .new, openedAt: isKnown ? sighting.issue.firstSeen : now,
            subject: sighting.issue, isBare: sighting.isBare, asOf: sighting.asOf, details: sighting.details)
        episode.close(as: sighting.issue.status, by: nil, at: sighting.asOf.date)
        return (episode, .opened)
    }

    /// The same episode after the sighting, or the next one.
    package func seeing(_ sighting: Sighting, at now: Date) -> (Episode, News) {
        if sighting.isBare { return (self, isOpen && sighting.isAlert && announcement == .none ? .alerted : .nothing) }
        // Asked before somebody changed it, answered after: only the count can be of use.
        let isStale = sighting.asOf.turn < asOf.turn
        let gained = isBare ? 0 : max(0, sighting.issue.count - subject.count)
        var next = self
        next.details = merged(sighting.details)
        next.knownUsers = knownUsers ?? next.details?.users
        guard !isStale else { return (next, next == self ? .nothing : .changed) }

        next.subject = sighting.issue
        next.asOf = sighting.asOf
        next.isBare = false
        switch (closing, sighting.issue.status) {
        case (nil, .unresolved):
            if sighting.isAlert, announcement == .none { return (next, .alerted) }
            if isBare || next.details != details || hasOtherWords(than: next) { return (next, .changed) }
            return (next, gained > 0 ? .counted(gained) : .nothing)
        case (nil, .resolved), (nil, .ignored):
            next.close(as: sighting.issue.status, by: nil, at: sighting.asOf.date)
            return (next, .changed)
        case (let closing?, .unresolved):
            if closing.how == .resolved, sighting.issue.count > closing.count {
                return (following(sighting, closing, at: now), .opened)
            }
            next.closing = nil
            next.reopened = Touch(by: nil, at: sighting.asOf.date)
            return (next, .changed)
        case (let closing?, .resolved) where closing.how == .resolved && sighting.issue.count > closing.count:
            // It came back and was resolved again before anybody looked.
            var short = following(sighting, closing, at: now)
            short.close(as: .resolved, by: nil, at: sighting.asOf.date)
            return (short, .opened)
        case (let closing?, let status):
            guard closing.how.status != status else { return (next, .nothing) }
            next.close(as: status, by: nil, at: sighting.asOf.date)
            return (next, .changed)
        }
    }

    /// The status that somebody set in the chat.
    package func setting(_ issue: Issue, by name: String, at now: Asked) -> Episode {
        var next = self
        next.subject = issue
        next.isBare = false
        next.asOf = now
        if issue.status == .unresolved {
            guard closing != nil else { return next }
            next.closing = nil
            next.reopened = Touch(by: name, at: now.date)
        } else {
            next.close(as: issue.status, by: name, at: now.date)
        }
        return next
    }

    /// Somebody wrote a comment in the chat; GlitchTip's own count comes with the next look.
    package func commented() -> Episode {
        var next = self
        next.subject = Issue(
            id: subject.id, shortID: subject.shortID, title: subject.title, level: subject.level,
            status: subject.status, project: subject.project, count: subject.count, firstSeen: subject.firstSeen,
            lastSeen: subject.lastSeen, commentCount: subject.commentCount + 1, metadata: subject.metadata)
        return next
    }

    /// GlitchTip does not have it any more.
    package func deleted(at now: Asked) -> Episode {
        var next = self
        next.asOf = now
        next.closing = Closing(
            how: .deleted, touch: Touch(by: nil, at: now.date), release: details?.release, count: subject.count)
        return next
    }

    private func following(_ sighting: Sighting, _ closing: Closing, at now: Date) -> Episode {
        Episode(
            number: number + 1, cause: .regressed(closing), openedAt: now, subject: sighting.issue,
            asOf: sighting.asOf, details: sighting.details)
    }

    private mutating func close(as status: Issue.Status, by name: String?, at date: Date) {
        let how: Closing.How
        switch status {
        case .unresolved: return
        case .resolved: how = .resolved
        case .ignored: how = .ignored
        }
        closing = Closing(
            how: how, touch: Touch(by: name, at: date), release: details?.release, count: subject.count)
    }

    private func merged(_ new: Details?) -> Details? {
        guard let new, let old = details else { return new ?? details }
        return Details(
            environment: new.environment ?? old.environment, release: new.release ?? old.release,
            position: new.position ?? old.position, code: new.code.isEmpty ? old.code : new.code,
            users: new.users ?? old.users, runbook: new.isRead ? new.runbook : old.runbook,
            isRead: new.isRead || old.isRead)
    }

    private func hasOtherWords(than other: Episode) -> Bool {
        subject.title != other.subject.title || subject.level != other.subject.level
            || subject.commentCount != other.subject.commentCount
    }
}

extension Episode.Closing.How {
    /// Nil for what GlitchTip does not have any more.
    package var status: Issue.Status? {
        switch self {
        case .resolved: .resolved
        case .ignored: .ignored
        case .deleted: nil
        }
    }
}
