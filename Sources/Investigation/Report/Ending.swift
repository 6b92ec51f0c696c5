import Domain
import FoundationEssentials

extension Finding {
    /// How a similar issue ended, as far as it is known.
    package struct Ending: Sendable, Codable, Hashable {
        /// When it was resolved, and by whom; no name when it was done in GlitchTip, which does not say.
        package let date: Date?
        package let person: String?
        /// The commit that it was, if somebody has taught it.
        package let culprit: TaughtCommit?
        /// The commit that its investigation named, and nobody called wrong.
        package let named: Named?
        /// Titles of the runbooks that helped.
        package let runbooks: [String]
        package let lastComment: String?
        /// The commit that has to do with how it ended.
        package internal(set) var fix: Fix?

        package init(
            date: Date? = nil, person: String? = nil, culprit: TaughtCommit? = nil, named: Named? = nil,
            runbooks: [String] = [], lastComment: String? = nil
        ) {
            self.date = date
            self.person = person.map { Finding.clean($0, atMost: 60) }
            self.culprit = culprit
            self.named = named
            self.runbooks = runbooks
            self.lastComment = lastComment.map { Finding.clean($0) }
        }

        package struct Named: Sendable, Codable, Hashable {
            package let sha: String
            /// Whether somebody said that it is right.
            package let isConfirmed: Bool

            package init(sha: String, isConfirmed: Bool) {
                self.sha = sha
                self.isConfirmed = isConfirmed
            }
        }

        package struct Fix: Sendable, Codable, Hashable {
            package let sha: String
            package let author: String
            package let date: Date
            package let subject: String
            /// Else the last comment names it.
            package let namesTheIssue: Bool

            init(_ commit: Commit, namesTheIssue: Bool) {
                sha = commit.sha
                author = Finding.clean(commit.author, atMost: 100)
                date = commit.date
                subject = Finding.clean(commit.subject, atMost: 200)
                self.namesTheIssue = namesTheIssue
            }
        }
    }
}

extension Finding.Ending {
    /// The words of a sentence; a commit becomes a link where its forge is known.
    enum Piece: Sendable, Hashable {
        case words(String)
        case commit(String)
    }

    /// "; resolved by Grace on 2026-10-02; see 9fceb02a", to stand behind the title.
    var summary: [Piece] {
        var pieces: [Piece] = []
        if let date {
            let by = person.map { "by \($0)" } ?? "in GlitchTip"
            pieces.append(.words("; resolved \(by) on \(Finding.day(date))"))
        }
        if let fix { pieces += [.words("; see "), .commit(fix.sha)] }
        if let culprit {
            pieces += [.words("; it was "), .commit(culprit.sha)]
        } else if let named {
            pieces += [.words(named.isConfirmed ? "; it was " : "; likely it was "), .commit(named.sha)]
        }
        if let runbook = runbooks.first { pieces.append(.words("; the runbook “\(runbook)” helped")) }
        return pieces
    }

    /// All that is known, a sentence each.
    var sentences: [[Piece]] {
        var sentences: [[Piece]] = []
        if let date {
            let by = person.map { "by \($0)" } ?? "in GlitchTip"
            sentences.append([.words("Resolved \(by) on \(Finding.day(date)).")])
        }
        if let fix {
            sentences.append([
                .words(fix.namesTheIssue ? "A commit names it: " : "Its last comment names a commit: "),
                .commit(fix.sha), .words(" “\(fix.subject)” by \(fix.author), \(Finding.day(fix.date))."),
            ])
        }
        if let culprit {
            let about = " “\(culprit.subject)” by \(culprit.author), \(Finding.day(culprit.date))"
            sentences.append([
                .words("It was "), .commit(culprit.sha), .words("\(about): \(culprit.person) said so."),
            ])
        } else if let named {
            sentences.append([
                .words(named.isConfirmed ? "It was " : "Likely it was "), .commit(named.sha),
                .words(named.isConfirmed ? ", as the team confirmed." : ", as its investigation found."),
            ])
        }
        if !runbooks.isEmpty {
            sentences.append([.words("Helped: \(runbooks.map { "runbook “\($0)”" }.joined(separator: ", ")).")])
        }
        if let lastComment { sentences.append([.words("“\(lastComment)”")]) }
        return sentences
    }
}
