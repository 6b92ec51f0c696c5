import Domain
import FoundationEssentials

/// What an investigation found, once; rendered as chat message, GlitchTip comment, JSON and terminal text.
///
/// Everything in it that came from the event has been scrubbed, so it may be cached, sent and logged.
package struct Finding: Sendable, Codable, Hashable {
    package var issueID: Issue.ID?
    package var shortID: String?
    package var title: String
    /// The class of the exception, such as `TypeError`.
    package var type: String
    /// Its message.
    package var value: String
    package var project: String?
    package var release: String?
    package var environment: String?
    /// The commit the code was read at; nil when there was no code.
    package var revision: ReadRevision?
    /// Places in the team's own code, the crash first.
    package var locations: [Location] = []
    package var handover: Handover?
    /// Best first, at most ten.
    package var files: [RankedFile] = []
    /// Best first, at most ten.
    package var suspects: [Suspect] = []
    /// The commit that it was, as somebody has taught.
    package var taughtCommit: TaughtCommit?
    /// What people said about the suspects, in sentences.
    package var verdicts: [String] = []
    /// What kind of fault it looks like, and by what; nil when that is unknown.
    package var fault: Fault?
    package var circumstances = Circumstances()
    /// What changed the code of the crash after the release that failed.
    package var laterChanges: [LaterChange] = []
    /// Resolved ones first.
    package var similar: [SimilarIssue] = []
    /// What was not found, and why, in sentences.
    package var notes: [String] = []
    /// Who answers for the file of the crash by `CODEOWNERS`, without the sign that would call them.
    package var owners: [String] = []
    /// Where its commits and lines can be looked at; nil when that is not known.
    package var forge: Forge?
    /// The repositories, where the project has several; paths begin with their names then.
    package var sources: [Source] = []
    /// What the trace says of where the project's files are, by the name of the repository.
    package var paths: [String: PathLesson] = [:]
    package var steps: [Step] = []
    package var totalMilliseconds = 0

    /// One that knows only what the event says; the rest is filled in as it is found.
    package init(
        issueID: Issue.ID? = nil, shortID: String? = nil, title: String, type: String = "", value: String = "",
        project: String? = nil, release: String? = nil, environment: String? = nil
    ) {
        self.issueID = issueID
        self.shortID = shortID
        self.title = title
        self.type = type
        self.value = value
        self.project = project
        self.release = release
        self.environment = environment
    }
}

extension Finding {
    /// Nothing is likely where the place itself is a guess.
    mutating func promiseNothing() {
        laterChanges = []
        accuseNobody()
    }

    private mutating func accuseNobody() {
        handover = nil
        for index in suspects.indices { suspects[index].isLikely = false }
    }

    /// Takes over who is suspected; nobody is likely to have caused what lies around the program.
    mutating func take(_ ranking: Ranking) {
        files = ranking.files
        suspects = ranking.suspects
        handover = ranking.handover
        if fault?.kind.isOutside == true { accuseNobody() }
    }

    /// One of several repositories.
    package struct Source: Sendable, Codable, Hashable {
        package let name: String
        package let revision: ReadRevision
        /// The commits of it that the finding names.
        var commits: Set<String>
        /// Where its commits and lines can be looked at; nil when that is not known.
        package let forge: Forge?
    }

    /// A commit, and in words why this one.
    package struct ReadRevision: Sendable, Codable, Hashable {
        package let sha: String
        package let date: Date?
        /// "release 2.3.1" or "HEAD, as the clone does not know 2.3.1".
        package let choice: String
    }

    /// A frame that is in the repository.
    package struct Location: Sendable, Codable, Hashable {
        package let path: String
        /// The line at the revision; nil when only the file is known.
        package let line: Int?
        package let function: String?
        package let code: [CodeLine]
        /// Says that the line was found again elsewhere in the file.
        package let moved: String?
        /// What became of the line after the revision: "moved to line 44 since".
        package var since: String?
    }

    package struct CodeLine: Sendable, Codable, Hashable {
        package let number: Int
        package let text: String
        package let isFailing: Bool
    }

    package struct RankedFile: Sendable, Codable, Hashable {
        package let path: String
        package let line: Int?
        /// From 0 to 1.
        package let score: Double
    }

    /// A commit that may be to blame.
    package struct Suspect: Sendable, Codable, Hashable {
        package let sha: String
        package let author: String
        package let date: Date
        package let subject: String
        /// From 0 to 1.
        package let score: Double
        /// Only when it leads the next one clearly.
        package var isLikely: Bool
        /// "changed lib/cart.js:29–33, 2 lines from the crash".
        package var reasons: [String]
    }

    /// A commit after the release that touched the lines of the crash: it may be the fix.
    package struct LaterChange: Sendable, Codable, Hashable {
        package let path: String
        package let line: Int
        package let sha: String
        package let date: Date
        package let subject: String
        /// The first tag that has it; nil when none has.
        package var tag: String?
    }

    package struct SimilarIssue: Sendable, Codable, Hashable {
        package let id: Issue.ID
        package let shortID: String
        package let title: String
        package let status: Issue.Status
        /// From 0 to 1.
        package let score: Double
        /// Open under two numbers, as one and the same.
        package let hasSameStack: Bool
        package let firstSeen: Date
        package internal(set) var ending: Ending
    }

    /// How long one step took.
    package struct Step: Sendable, Codable, Hashable {
        package let name: String
        package let milliseconds: Int
    }
}
