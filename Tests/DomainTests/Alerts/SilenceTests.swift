import Domain
import FoundationEssentials
import Testing

/// What is muted, and until when.
@Suite struct SilenceTests {
    private static func silence(_ target: Silence.Target, _ end: Silence.End = .events(100)) -> Silence {
        Silence(target: target, end: end, by: "Ada", createdAt: .noon, place: Place(Destination(chat: -1)))
    }

    @Test(arguments: [
        (Silence.Target.issue(Domain.Issue.ID(42)), true), (.issue(Domain.Issue.ID(7)), false),
        (.project("shop-web"), true),
        (.project("Shop Web"), true), (.project("shop"), false), (.words("cart IS"), true), (.words("cart was"), false),
        (.words("in checkout"), true),
    ])
    func `matches an issue, a project or words`(target: Silence.Target, isMatch: Bool) {
        #expect(Self.silence(target).matches(.sample(value: "cart is undefined in Checkout")) == isMatch)
    }

    @Test func `ends at its time, or by its count`() {
        let timed = Self.silence(.project("x"), .date(.noon.plus(60)))
        #expect(!timed.isOver(held: 9999, at: .noon.plus(59)))
        #expect(timed.isOver(held: 0, at: .noon.plus(60)))
        #expect(!Self.silence(.project("x")).isOver(held: 99, at: .distantFuture))
        #expect(Self.silence(.project("x")).isOver(held: 100, at: .noon))
    }

    private static let ends: [(String, Silence.End)] = [
        ("2h", Silence.End.date(.noon.plus(7200))), ("for 30m", .date(.noon.plus(1800))),
        (" 8H ", .date(.noon.plus(28_800))),
        ("90d", .date(.noon.plus(90 * 86_400))), ("until 18:00", .date(.noon.plus(5 * 3600))),
        ("UNTIL 9:00", .date(.noon.plus(20 * 3600))),
        ("until 100 more", .events(100)), ("until 1 more", .events(1)),
    ]

    @Test(arguments: ends)
    func `is read as people write it`(text: String, end: Silence.End) throws {
        // Noon in UTC is 13:00 in Berlin.
        let zone = try #require(Zone(name: "Europe/Berlin"))
        #expect(try Silence.End(text: text, at: .noon, zone: zone) == end)
    }

    private static let mistakes: [(String, Silence.End.Mistake)] = [
        ("", Silence.End.Mistake.missing), ("for", .missing), ("until", .unreadable("until")),
        ("tomorrow", .unreadable("tomorrow")),
        ("until 25:00", .unreadable("until 25:00")), ("until 0 more", .unreadable("until 0 more")), ("91d", .tooLong),
        ("until -5 more", .unreadable("until -5 more")),
        ("until 9999999999999999999999 more", .unreadable("until 9999999999999999999999 more")),
        ("2h please", .unreadable("2h please")), ("1.5h", .unreadable("1.5h")),
    ]

    @Test(arguments: mistakes)
    func `says what it cannot read`(text: String, mistake: Silence.End.Mistake) {
        #expect(throws: mistake) { try Silence.End(text: text, at: .noon, zone: .utc) }
    }
}
