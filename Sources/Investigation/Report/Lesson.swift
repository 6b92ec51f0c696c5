import Domain
import FoundationEssentials

/// What the team said about the commits that a finding names.
package struct Lesson: Sendable, Hashable {
    /// The commit that it was, if somebody has taught it.
    package let culprit: Finding.TaughtCommit?
    package let answers: [Answer]

    /// One person's word on one commit.
    package struct Answer: Sendable, Hashable {
        package let sha: String
        package let person: String
        package let isRight: Bool

        package init(sha: String, person: String, isRight: Bool) {
            self.sha = sha
            self.person = person
            self.isRight = isRight
        }
    }

    /// - Parameter answers: the oldest first.
    package init(culprit: Finding.TaughtCommit?, answers: [Answer]) {
        self.culprit = culprit
        self.answers = answers
    }
}

extension Finding {
    /// The commit that somebody says it was.
    package struct TaughtCommit: Sendable, Codable, Hashable {
        package let sha: String
        package let author: String
        package let date: Date
        package let subject: String
        package let person: String

        package init(sha: String, author: String, date: Date, subject: String, person: String) {
            self.sha = sha
            self.author = author
            self.date = date
            self.subject = subject
            self.person = person
        }
    }

    /// The finding as it reads with what people said: their word stands in it, and a commit that the last of them called
    /// wrong, or that is not the one that was taught, is not called likely any more.
    package func taught(_ lesson: Lesson) -> Finding {
        var finding = self
        finding.taughtCommit = lesson.culprit
        let named = lesson.answers.filter { answer in suspects.contains { $0.sha == answer.sha } }
        finding.verdicts = named.filter { $0.sha != lesson.culprit?.sha }.map { answer in
            "\(Self.clean(answer.person, atMost: 60)) said that \(answer.sha.prefix(8)) is \(answer.isRight ? "right" : "wrong")."
        }
        let word = Dictionary(named.map { ($0.sha, $0.isRight) }) { $1 }
        finding.suspects = suspects.map { suspect in
            let isOther = lesson.culprit.map { $0.sha != suspect.sha } ?? false
            return word[suspect.sha] == false || isOther ? suspect.withdrawn : suspect
        }
        return finding
    }

    /// `2c25aeff “Read vouchers…” by Ravi Menon, 2026-11-22`, for plain text.
    static func spoken(_ commit: TaughtCommit) -> String {
        "\(commit.sha.prefix(8)) “\(commit.subject)” by \(commit.author), \(day(commit.date))"
    }
}

extension Finding.Suspect {
    /// The same, without the promise.
    fileprivate var withdrawn: Self {
        .init(
            sha: sha, author: author, date: date, subject: subject, score: score, isLikely: false, reasons: reasons)
    }
}
