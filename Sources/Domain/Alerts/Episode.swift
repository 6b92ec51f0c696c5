import FoundationEssentials

/// One time that an issue troubles us: from when it is new, or came back, until it is resolved.
///
/// Our own memory of it, kept in the ledger; the live message in the chat is made from this and nothing else.
package struct Episode: Sendable, Hashable, Codable {
    /// From 1 for each issue.
    package let number: Int
    package let cause: Cause
    package let openedAt: Date
    /// The issue as it was last seen.
    package internal(set) var subject: Issue
    /// Whether all we know of the issue is what a webhook said.
    package internal(set) var isBare: Bool
    /// From when `subject` is: what was asked for earlier tells nothing about it.
    package internal(set) var asOf: Asked
    package var details: Details?
    package var label: Label?
    package internal(set) var closing: Closing?
    package var taken: Touch?
    package var investigated: Touch?
    package var reopened: Touch?
    /// When people first did something about it; nil in what an older program wrote.
    package var acts: Acts?
    package var surge: Surge?
    package var announcement: Announcement = .none
    package var announcedAt: Date?
    /// Who was on duty then, as Telegram names; nil in what an older program wrote.
    package var onDuty: [String]?
    /// The silence that it is under.
    package var silence: Int?
    package var escalatedAt: Date?
    /// Events that the live message shows.
    package var shownCount: Int
    /// How many users there were when that was last news.
    package var knownUsers: Int?

    package enum Cause: Sendable, Hashable, Codable {
        case new
        /// It had been resolved, and came back.
        case regressed(Closing)
        /// It was there before we began to watch; nothing is said until there is news.
        case known
    }

    /// Somebody did something to it; no name when it was done in GlitchTip, which does not say by whom.
    package struct Touch: Sendable, Hashable, Codable {
        package let by: String?
        /// Telegram's, since names are not unique; nil where it does not matter, and in what an older program wrote.
        package let id: Int64?
        package let at: Date

        package init(by: String?, id: Int64? = nil, at: Date) {
            self.by = by
            self.id = id
            self.at = at
        }
    }

    package struct Closing: Sendable, Hashable, Codable {
        package let how: How
        package let touch: Touch
        /// The newest release in which it had happened.
        package let release: String?
        /// How often it had happened by then: more than that is a regression.
        package let count: Int

        package enum How: String, Sendable, Hashable, Codable { case resolved, ignored, deleted }
    }

    /// Whether and where the chat was told.
    package enum Announcement: Sendable, Hashable, Codable {
        case none
        case message(Place)
        /// As a part of a storm's digest.
        case digest(storm: Int)
        /// A silence held it back.
        case held(silence: Int)
        /// The routes say that nobody wants to know.
        case nowhere
    }

    package init(
        number: Int, cause: Cause, openedAt: Date, subject: Issue, isBare: Bool = false, asOf: Asked,
        details: Details? = nil, closing: Closing? = nil
    ) {
        self.number = number
        self.cause = cause
        self.openedAt = openedAt
        self.subject = subject
        self.isBare = isBare
        self.asOf = asOf
        self.details = details
        self.closing = closing
        shownCount = subject.count
    }

    package var issue: Issue.ID { subject.id }
    package var isOpen: Bool { closing == nil }

    /// Under which its live message is written, once.
    package var key: String { "alert:issue:\(issue):episode:\(number)" }

    /// Where its live message is; nil when it has none.
    package var place: Place? {
        guard case .message(let place) = announcement else { return nil }
        return place
    }

    /// Whether somebody has done anything about it.
    package var isTouched: Bool { taken != nil || investigated != nil || reopened != nil || silence != nil || !isOpen }
}

/// When GlitchTip was asked for something. The order is by turns, which the ledger counts: clocks are set back.
package struct Asked: Sendable, Hashable, Codable {
    package let turn: Int
    package let date: Date

    package init(turn: Int, date: Date) {
        self.turn = turn
        self.date = date
    }
}

/// A chat, and whether messages make a sound there.
package struct Place: Sendable, Hashable, Codable {
    package let destination: Destination
    package let isSilent: Bool

    package init(_ destination: Destination, isSilent: Bool = false) {
        self.destination = destination
        self.isSilent = isSilent
    }
}

/// What only the newest event tells, and the tags.
package struct Details: Sendable, Hashable, Codable {
    package var environment: String?
    package var release: String?
    /// The first frame in our code: `lib/cart.js:31 in total`.
    package var position: String?
    /// The innermost frames with their lines of code, a line each.
    package var code: [String]
    /// Distinct values of the tag that names users best; nil when nobody is named.
    package var users: Int?
    /// The title of the runbook that is for it; nil when none is.
    package var runbook: String?
    /// Whether the newest event was read, not only a webhook.
    package var isRead: Bool

    package init(
        environment: String? = nil, release: String? = nil, position: String? = nil, code: [String] = [],
        users: Int? = nil, runbook: String? = nil, isRead: Bool = false
    ) {
        self.environment = environment
        self.release = release
        self.position = position
        self.code = code
        self.users = users
        self.runbook = runbook
        self.isRead = isRead
    }
}
