import FoundationEssentials

/// What runbooks did for the team in a time: which helped, which nobody opens, and what has none.
package struct RunbookEffects: Sendable, Hashable {
    /// By name; those that neither fitted nor were opened are not among them.
    package let runbooks: [RunbookEffect]
    /// Kinds of error that came often and have no runbook, the most frequent first.
    package let lacking: [Lack]
    /// Fit often, and nobody opens them.
    package let unopened: [String]
    /// Were opened, and more people said that they did not help than that they did.
    package let unhelpful: [String]

    /// A kind of error without a runbook.
    package struct Lack: Sendable, Hashable {
        /// Its slug.
        package let project: String
        package let kind: String
        /// Issues of it.
        package let count: Int
    }

    /// From so many issues on, a kind of error or a runbook that fits is worth a word.
    package static let often = 3

    package init(_ record: RunbookRecord) {
        let names = Set(record.uses.map(\.runbook) + record.verdicts.map(\.runbook) + record.unlinks)
        let runbooks = names.sorted().map { RunbookEffect($0, record) }
        self.runbooks = runbooks
        unopened = runbooks.filter { $0.opened == 0 && $0.matched >= Self.often }.map(\.runbook)
        unhelpful = runbooks.filter { $0.didNotHelp > $0.helped }.map(\.runbook)
        let served = Set(record.uses.map(\.issue))
        let without = Dictionary(grouping: record.cases.filter { !served.contains($0.issue) }) {
            [$0.project, $0.kind]
        }
        lacking = without.compactMap { key, cases in
            let count = Set(cases.map(\.issue)).count
            return count < Self.often ? nil : Lack(project: key[0], kind: key[1], count: count)
        }.sorted { ($1.count, $0.project, $0.kind) < ($0.count, $1.project, $1.kind) }
    }
}

/// What one runbook did.
package struct RunbookEffect: Sendable, Hashable {
    package let runbook: String
    /// Issues that it fits.
    package let matched: Int
    /// Issues for which somebody opened it.
    package let opened: Int
    /// What people said: one word a person and issue.
    package let helped: Int
    package let didNotHelp: Int
    /// How often the team said that it was the wrong one.
    package let wrongLinks: Int
    /// Until an issue was resolved, where somebody had opened it before.
    package let with: Spread
    /// The same for issues that it fits as well, where nobody had.
    package let without: Spread

    init(_ runbook: String, _ record: RunbookRecord) {
        let uses = record.uses.filter { $0.runbook == runbook }
        let verdicts = record.verdicts.filter { $0.runbook == runbook }
        self.runbook = runbook
        matched = uses.count { $0.matchedAt != nil }
        opened = uses.count { $0.openedAt != nil }
        helped = verdicts.count { $0.hasHelped }
        didNotHelp = verdicts.count { !$0.hasHelped }
        wrongLinks = record.unlinks.count { $0 == runbook }
        let openings = Dictionary(uses.map { ($0.issue, $0.openedAt) }) { first, _ in first }
        func spread(opened isWanted: Bool) -> Spread {
            Spread(
                record.cases.compactMap { episode in
                    guard let resolved = episode.resolvedAt, let opening = openings[episode.issue] else { return nil }
                    let isOpened = opening.map { $0 <= resolved } ?? false
                    return isOpened == isWanted ? resolved.timeIntervalSince(episode.openedAt) : nil
                })
        }
        with = spread(opened: true)
        without = spread(opened: false)
    }
}

/// What the ledger knows of runbooks in a time.
package struct RunbookRecord: Sendable, Hashable {
    package let uses: [Use]
    package let verdicts: [Verdict]
    /// The names of those that were unlinked, one for each time.
    package let unlinks: [String]
    package let cases: [Case]

    /// A runbook and an issue that met.
    package struct Use: Sendable, Hashable {
        package let runbook: String
        package let issue: Issue.ID
        /// When it was found to fit.
        package let matchedAt: Date?
        /// When somebody first opened it for the issue.
        package let openedAt: Date?

        package init(runbook: String, issue: Issue.ID, matchedAt: Date? = nil, openedAt: Date? = nil) {
            self.runbook = runbook
            self.issue = issue
            self.matchedAt = matchedAt
            self.openedAt = openedAt
        }
    }

    package struct Verdict: Sendable, Hashable {
        package let runbook: String
        package let hasHelped: Bool

        package init(runbook: String, hasHelped: Bool) {
            self.runbook = runbook
            self.hasHelped = hasHelped
        }
    }

    /// An issue that troubled the team once.
    package struct Case: Sendable, Hashable {
        package let issue: Issue.ID
        /// Its slug.
        package let project: String
        package let kind: String
        package let openedAt: Date
        /// Ignored and deleted ones never were.
        package let resolvedAt: Date?

        package init(issue: Issue.ID, project: String, kind: String, openedAt: Date, resolvedAt: Date? = nil) {
            self.issue = issue
            self.project = project
            self.kind = kind
            self.openedAt = openedAt
            self.resolvedAt = resolvedAt
        }
    }

    package init(uses: [Use], verdicts: [Verdict], unlinks: [String], cases: [Case]) {
        self.uses = uses
        self.verdicts = verdicts
        self.unlinks = unlinks
        self.cases = cases
    }
}
