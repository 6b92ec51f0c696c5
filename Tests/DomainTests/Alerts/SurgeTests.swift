import Domain
import FoundationEssentials
import Testing

/// When more is much more.
@Suite struct SurgeTests {
    private static let now = Date.noon.plus(600)
    private static let hour = Surge.hour(of: now)
    private static let old = now.plus(-30 * 86_400)

    /// The hours before this one, from near to far, and this one.
    private static func hours(_ current: Int, past: [Int] = []) -> [Int: Int] {
        Dictionary(
            uniqueKeysWithValues: [(hour, current)] + past.enumerated().map { (hour - $0.offset - 1, $0.element) })
    }

    private static let usual = [Int](repeating: 10, count: 168)
    private static let quiet: [(Int, [Int])] = [
        (19, [0]), (20, [20]), (20, [3, 21]), (40, usual), (49, usual), (0, []),
    ]

    @Test(arguments: quiet)
    func `is not one`(current: Int, past: [Int]) {
        #expect(Surge.judge(Self.hours(current, past: past), firstSeen: Self.old, at: Self.now) == nil)
    }

    @Test func `says how it was decided`() {
        let first = Self.hours(20, past: [19])
        #expect(
            Surge.judge(first, firstSeen: Self.old, at: Self.now)?.reason
                == "20 events this hour; of the past 7 days, an hour had 0.1 on average, 19 at most")
        let busy = Self.hours(50, past: [Int](repeating: 10, count: 168))
        #expect(
            Surge.judge(busy, firstSeen: Self.old, at: Self.now)?.reason
                == "50 events this hour; of the past 7 days, an hour had 10 on average, 10 at most")
    }

    @Test func `with less than a day to compare with an issue is new, not spiking`() {
        let hours = Self.hours(500)
        #expect(Surge.judge(hours, firstSeen: Self.now.plus(-23 * 3600), at: Self.now) == nil)
        #expect(
            Surge.judge(hours, firstSeen: Self.now.plus(-30 * 3600), at: Self.now)?.reason
                == "500 events this hour; of the past 30 hours, an hour had 0 on average, 0 at most")
    }

    private static let people: [(Int?, Int?, Bool)] = [
        (9, 1, false), (10, 3, true), (10, 4, false), (30, 10, true), (30, nil, false), (nil, 3, false), (12, 0, false),
    ]

    @Test(arguments: people)
    func `three times the people is one too`(users: Int?, before: Int?, isSurge: Bool) {
        #expect((Surge.judge(users: users, before: before, at: Self.now) != nil) == isSurge)
    }

    @Test func `is over when two quiet hours have gone`() {
        let surge = Surge(since: Self.now, reason: "")
        #expect(!surge.isOver([:], at: Self.now.plus(7200)))
        #expect(surge.isOver([:], at: Self.now.plus(7201)))
        #expect(!surge.isOver([Self.hour + 2: 20], at: Self.now.plus(7201)))
    }

    @Test func `events are spread over the hours in which we did not look`() {
        #expect(Hours.spread(10, since: nil, until: Self.now) == [Self.hour: 10])
        #expect(Hours.spread(10, since: Self.now.plus(-30), until: Self.now) == [Self.hour: 10])
        #expect(Hours.spread(10, since: Self.now.plus(-3600), until: Self.now) == [Self.hour: 10])
        #expect(Hours.spread(100, since: Self.now.plus(-9 * 3600), until: Self.now).values.allSatisfy { $0 == 10 })
        #expect(Hours.spread(7, since: Self.now.plus(-9 * 3600), until: Self.now).values.reduce(0, +) == 7)
        #expect(Hours.spread(1000, since: Self.now.plus(-90 * 86_400), until: Self.now).values.reduce(0, +) == 1000)
        #expect(Hours.spread(10, since: Self.now.plus(9000), until: Self.now) == [Self.hour: 10])
    }
}

@Suite struct LabelTests {
    @Test(arguments: [
        (0, "first time in 30 days"), (1, "first time in 30 days"), (2, "rare (2 in 30 days)"),
        (4, "rare (4 in 30 days)"),
        (5, "frequent (5 in 30 days)"), (99, "frequent (99 in 30 days)"),
        (100, "frequent (100 or more in 30 days)"),
    ])
    func `counts what is alike`(episodes: Int, words: String) {
        #expect(Label(episodes: episodes).description == words)
    }

    @Test(arguments: [
        ("TypeError", "TypeError: cart is undefined", "TypeError"),
        (nil, "Invoice INV-7 failed (12 pages)", "Invoice # failed # pages)"),
        (nil, "User 5  not found", "User # not found"), ("", "x", "x"), (nil, "", ""),
    ])
    func `alike are those of one type, or of one title without its numbers`(type: String?, title: String, kind: String)
    {
        #expect(Domain.Issue.sample(title: title, type: type).kind == kind)
    }

    @Test(arguments: [
        (9, 10, true), (10, 99, false), (99, 100, true), (5, 1000, true), (1000, 5000, false), (0, 9, false),
    ])
    func `ten, a hundred and a thousand are crossings`(old: Int, new: Int, isCrossed: Bool) {
        #expect(Milestone.isCrossed(from: old, to: new) == isCrossed)
    }
}
