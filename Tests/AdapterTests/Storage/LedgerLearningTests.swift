import Domain
import Storage
import Testing

/// What the ledger keeps of investigations and of what people said to them.
@Suite struct LedgerLearningTests {
    private static let first = String(repeating: "a", count: 40)
    private static let second = String(repeating: "b", count: 40)
    private static let issue = Domain.Issue.ID(7)

    private func show(_ ledger: Ledger, _ issue: Domain.Issue.ID = issue, at seconds: Double = 0) async throws {
        try await ledger.name(
            [
                NamedCommit(sha: Self.first, place: 1, isLikely: true),
                NamedCommit(sha: Self.second, place: 2, isLikely: false),
            ], for: issue, at: .start.plus(seconds))
    }

    private func verdict(
        _ isRight: Bool, _ sha: String = first, on issue: Domain.Issue.ID = issue, by person: Int64 = 1,
        at seconds: Double = 10
    ) -> Verdict {
        Verdict(issue: issue, sha: sha, person: person, name: "Ada", isRight: isRight, date: .start.plus(seconds))
    }

    @Test func `a commit is found by the beginning of its hash, with its place`() async throws {
        try await withLedger { ledger in
            try await show(ledger)
            #expect(
                try await ledger.named("bbbbbb", for: Self.issue)
                    == NamedCommit(sha: Self.second, place: 2, isLikely: false))
            #expect(try await ledger.named("cccccc", for: Self.issue) == nil)
            #expect(try await ledger.named("bbbbbb", for: Domain.Issue.ID(8)) == nil)
            #expect(try await ledger.named("%", for: Self.issue) == nil)
        }
    }

    @Test func `how an issue ended: the commit that was called right, else the likely one that nobody called wrong`()
        async throws
    {
        try await withLedger { ledger in
            #expect(try await ledger.ending(of: Self.issue).named == nil)
            try await show(ledger)
            #expect(try await ledger.ending(of: Self.issue).named?.sha == Self.first)
            try await ledger.record(verdict(false))
            #expect(try await ledger.ending(of: Self.issue).named == nil)
            try await ledger.record(verdict(true, Self.second))
            let ending = try await ledger.ending(of: Self.issue)
            #expect(ending.named?.sha == Self.second)
            #expect(ending.isConfirmed)
        }
    }

    @Test func `a person has one answer to a commit, and may change it`() async throws {
        try await withLedger { ledger in
            try await ledger.record(verdict(true))
            try await ledger.record(verdict(false, at: 20))
            try await ledger.record(verdict(true, by: 2, at: 30))
            #expect(try await ledger.verdicts(on: Self.issue).map(\.isRight) == [false, true])
        }
    }

    @Test func `the last word on the commit named first counts, once an issue`() async throws {
        try await withLedger { ledger in
            for number in 1...4 { try await show(ledger, Domain.Issue.ID(number), at: Double(number)) }
            try await show(ledger, Domain.Issue.ID(5), at: 5000)
            try await ledger.record(verdict(false, on: Domain.Issue.ID(1), by: 1, at: 10))
            try await ledger.record(verdict(true, on: Domain.Issue.ID(1), by: 2, at: 20))
            try await ledger.record(verdict(false, on: Domain.Issue.ID(2)))
            try await ledger.record(verdict(true, Self.second, on: Domain.Issue.ID(3)))
            let rate = try await ledger.hitRate(from: .start, to: .start.plus(1000))
            #expect(rate == HitRate(right: 1, wrong: 1, investigations: 4))
            #expect(
                try await ledger.hitRate(from: .start.plus(9000), to: .start.plus(9999))
                    == HitRate(right: 0, wrong: 0, investigations: 0))
        }
    }

    @Test func `who teaches last is believed`() async throws {
        try await withLedger { ledger in
            let culprit = Culprit(
                sha: Self.first, author: "Ravi", subject: "Cache", committedAt: .start, name: "Ada", date: .start)
            let other = Culprit(
                sha: Self.second, author: "Bob", subject: "Ship", committedAt: .start, name: "Grace",
                date: .start.plus(1))
            try await ledger.teach(culprit, for: Self.issue)
            try await ledger.teach(other, for: Self.issue)
            #expect(try await ledger.culprit(of: Self.issue) == other)
            #expect(try await ledger.culprit(of: Domain.Issue.ID(8)) == nil)
        }
    }

    @Test func `an issue's newest stack takes the old one's place, and each project has its own`() async throws {
        try await withLedger { ledger in
            try await ledger.keep(KeptStack(issue: Self.issue, frames: [1, .max]), in: "shop", at: .start)
            try await ledger.keep(KeptStack(issue: Self.issue, frames: [.max, 3]), in: "shop", at: .start.plus(1))
            try await ledger.keep(
                KeptStack(issue: Domain.Issue.ID(8), frames: [4]), in: "billing", at: .start.plus(2))
            #expect(try await ledger.stacks(in: "shop") == [KeptStack(issue: Self.issue, frames: [.max, 3])])
        }
    }

    @Test func `the oldest stacks are forgotten when a project has too many`() async throws {
        try await withLedger { ledger in
            for number in 1...(Ledger.mostStacks + 3) {
                try await ledger.keep(
                    KeptStack(issue: Domain.Issue.ID(number), frames: [1]), in: "shop",
                    at: .start.plus(Double(number)))
            }
            let kept = try await ledger.stacks(in: "shop")
            #expect(kept.count == Ledger.mostStacks)
            #expect(kept.last?.issue == Domain.Issue.ID(4))
        }
    }
}
