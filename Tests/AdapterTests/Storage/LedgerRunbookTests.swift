import Domain
import FoundationEssentials
import Testing

@testable import Storage

/// What the ledger remembers of runbooks.
@Suite struct LedgerRunbookTests {
    private typealias Issue = Domain.Issue

    private static func issue(_ id: Int, _ status: Issue.Status = .unresolved) -> Issue {
        Issue(
            id: Issue.ID(id), shortID: "SHOP-\(id)", title: "TypeError: x", level: .error, status: status,
            project: Project(id: 1, slug: "shop-web", name: "Shop Web"), count: 1, firstSeen: .start,
            lastSeen: .start, metadata: .init(type: "TypeError"))
    }

    private static func sketched(_ id: Int) -> Ledger.SketchedIssue { .init(issue(id), sketch: "words of \(id)") }

    private static func episode(_ id: Int, _ status: Issue.Status) -> Episode {
        var episode = Episode(
            number: 1, cause: .new, openedAt: .start, subject: issue(id), asOf: Asked(turn: 0, date: .start))
        episode.announcement = .message(Place(Destination(chat: -1)))
        return episode.setting(issue(id, status), by: "Ada", at: Asked(turn: 1, date: .start.plus(60)))
    }

    @Test func `solved are those that somebody said so of, and those linked and resolved`() async throws {
        try await withLedger { ledger in
            try await ledger.entry { book in
                try book.save(Self.episode(1, .resolved))
                try book.save(Self.episode(2, .ignored))
                try book.save(Self.episode(3, .unresolved))
            }
            for id in 1...3 { try await ledger.link(Self.sketched(id), to: "linked", by: "Ada", at: .start) }
            for id in 4...6 { try await ledger.noteOpened("opened", for: Self.sketched(id), at: .start) }
            for (id, hasHelped) in [(4, true), (5, false)] {
                try await ledger.judge(
                    "opened", for: .init(id), hasHelped: hasHelped, by: 7, name: "Ada", at: .start)
            }
            let solved = try await ledger.runbooks(for: Self.issue(9)).solved
            #expect(
                solved.map { "\($0.shortID) \($0.runbook): \($0.sketch)" } == [
                    "SHOP-4 opened: words of 4", "SHOP-1 linked: words of 1",
                ])
            #expect(try await ledger.runbooks(for: Self.issue(4)).solved.map(\.shortID) == ["SHOP-1"])
        }
    }

    @Test func `what is wrong for an issue is told with its words, for it and for its kind`() async throws {
        try await withLedger { ledger in
            for (id, runbook) in [(1, "cart"), (2, "disk")] {
                try await ledger.unlink(
                    Self.issue(id), sketch: "words of \(id)", from: runbook, by: "Ada", at: .start.plus(Double(id)))
            }
            try await ledger.noteOpened("disk", for: Self.sketched(2), at: .start)
            let unlinked = try await ledger.runbooks(for: Self.issue(1)).unlinked
            #expect(
                unlinked.map { "\($0.id) \($0.runbook): \($0.sketch ?? "")" } == [
                    "1 cart: words of 1", "2 disk: words of 2",
                ])
            try await ledger.link(Self.sketched(1), to: "cart", by: "Ada", at: .start)
            #expect(try await ledger.runbooks(for: Self.issue(9)).unlinked.map(\.runbook) == ["disk"])
        }
    }

    @Test func `a record holds what happened in its time, the first time of each`() async throws {
        try await withLedger { ledger in
            try await ledger.entry { try $0.save(Self.episode(1, .resolved)) }
            try await ledger.noteMatched("cart", for: Self.sketched(1), at: .start.plus(1))
            try await ledger.noteMatched("cart", for: Self.sketched(1), at: .start.plus(500))
            try await ledger.noteOpened("cart", for: Self.sketched(1), at: .start.plus(30))
            try await ledger.noteMatched("cart", for: Self.sketched(2), at: .start.plus(1000))
            try await ledger.judge("cart", for: .init(1), hasHelped: true, by: 7, name: "Ada", at: .start.plus(70))
            try await ledger.unlink(Self.issue(3), sketch: "words of 3", from: "disk", by: "Ada", at: .start.plus(80))

            let record = try await ledger.runbookRecord(in: Date.start ..< .start.plus(100))
            #expect(
                record
                    == RunbookRecord(
                        uses: [
                            .init(
                                runbook: "cart", issue: .init(1), matchedAt: .start.plus(1), openedAt: .start.plus(30))
                        ], verdicts: [.init(runbook: "cart", hasHelped: true)], unlinks: ["disk"],
                        cases: [
                            .init(
                                issue: .init(1), project: "shop-web", kind: "TypeError", openedAt: .start,
                                resolvedAt: .start.plus(60))
                        ]))
            let later = try await ledger.runbookRecord(in: Date.start.plus(1000) ..< .start.plus(2000))
            #expect(later.uses.map(\.issue) == [Issue.ID(2)])
            #expect(later.cases.isEmpty)
        }
    }
}
