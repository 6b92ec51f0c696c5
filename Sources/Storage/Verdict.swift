import Domain
import FoundationEssentials

/// What somebody answered to the commit that an investigation named.
package struct Verdict: Sendable, Hashable {
    package let issue: Issue.ID
    package let sha: String
    package let person: Int64
    package let name: String
    package let isRight: Bool
    package let date: Date

    package init(issue: Issue.ID, sha: String, person: Int64, name: String, isRight: Bool, date: Date) {
        self.issue = issue
        self.sha = sha
        self.person = person
        self.name = name
        self.isRight = isRight
        self.date = date
    }
}

/// The commit that it was, as somebody has told us.
package struct Culprit: Sendable, Hashable {
    package let sha: String
    package let author: String
    package let subject: String
    package let committedAt: Date
    /// Who said so.
    package let name: String
    package let date: Date

    package init(sha: String, author: String, subject: String, committedAt: Date, name: String, date: Date) {
        self.sha = sha
        self.author = author
        self.subject = subject
        self.committedAt = committedAt
        self.name = name
        self.date = date
    }
}

/// A commit in a report, by its place.
package struct NamedCommit: Sendable, Hashable {
    package let sha: String
    /// From 1.
    package let place: Int
    package let isLikely: Bool

    package init(sha: String, place: Int, isLikely: Bool) {
        self.sha = sha
        self.place = place
        self.isLikely = isLikely
    }
}
