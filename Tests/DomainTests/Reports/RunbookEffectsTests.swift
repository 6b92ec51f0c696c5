import Domain
import FoundationEssentials
import Testing

/// What is said of runbooks, from what happened with them.
@Suite struct RunbookEffectsTests {
    private typealias Use = RunbookRecord.Use

    private static let monday = Date(timeIntervalSince1970: 1_795_392_000)

    private static func at(_ minutes: Double) -> Date { monday.addingTimeInterval(minutes * 60) }

    private static func episode(_ id: Int, kind: String = "TypeError", resolvedAfter minutes: Double? = nil)
        -> RunbookRecord.Case
    {
        RunbookRecord.Case(
            issue: .init(id), project: "shop-web", kind: kind, openedAt: monday, resolvedAt: minutes.map(at))
    }

    @Test func `counts what each did, and compares the times of issues that it fits`() throws {
        // Ten issues that it fits: the first five were opened and took 4 minutes, the others 15.
        let uses = (1...10).map { id in
            Use(runbook: "cart", issue: .init(id), matchedAt: Self.at(0), openedAt: id <= 5 ? Self.at(1) : nil)
        }
        let cases = (1...10).map { Self.episode($0, resolvedAfter: $0 <= 5 ? 4 : 15) }
        let verdicts = [true, true, false].map { RunbookRecord.Verdict(runbook: "cart", hasHelped: $0) }
        let effects = RunbookEffects(
            RunbookRecord(uses: uses, verdicts: verdicts, unlinks: ["cart", "other"], cases: cases))
        let effect = try #require(effects.runbooks.first)
        #expect(effects.runbooks.map(\.runbook) == ["cart", "other"])
        #expect((effect.matched, effect.opened) == (10, 5))
        #expect((effect.helped, effect.didNotHelp, effect.wrongLinks) == (2, 1, 1))
        #expect(effect.with.median == 240)
        #expect(effect.without.median == 900)
    }

    @Test func `opened only after the end is without`() {
        let use = Use(runbook: "cart", issue: .init(1), matchedAt: Self.at(0), openedAt: Self.at(9))
        let record = RunbookRecord(
            uses: [use], verdicts: [], unlinks: [], cases: [Self.episode(1, resolvedAfter: 8)])
        let effect = RunbookEffects(record).runbooks[0]
        #expect((effect.with.count, effect.without.count) == (0, 1))
    }

    @Test func `names the kinds that come often and have none, once an issue`() {
        let cases =
            [1, 1, 2, 3].map { Self.episode($0) } + [4, 4, 5].map { Self.episode($0, kind: "KeyError") }
            + [6, 7, 8].map { Self.episode($0, kind: "IOError") }
        let served = Use(runbook: "disk", issue: .init(7), matchedAt: Self.at(0))
        let effects = RunbookEffects(RunbookRecord(uses: [served], verdicts: [], unlinks: [], cases: cases))
        #expect(effects.lacking.map { "\($0.count) \($0.kind) in \($0.project)" } == ["3 TypeError in shop-web"])
    }

    @Test func `names those that nobody opens, and those that do not help`() {
        let uses = (1...3).map { Use(runbook: "dusty", issue: .init($0), matchedAt: Self.at(0)) }
        let opened = Use(runbook: "wrong", issue: .init(4), openedAt: Self.at(0))
        let verdicts = [false, false, true].map { RunbookRecord.Verdict(runbook: "wrong", hasHelped: $0) }
        let effects = RunbookEffects(
            RunbookRecord(uses: uses + [opened], verdicts: verdicts, unlinks: [], cases: []))
        #expect(effects.unopened == ["dusty"])
        #expect(effects.unhelpful == ["wrong"])
    }
}
