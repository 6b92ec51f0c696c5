import Domain
import FoundationEssentials
import Testing

private typealias Issue = Domain.Issue

@Suite struct IssueIDTests {
    @Test(arguments: [("2", 2), ("#2", 2), ("4711", 4711), ("007", 7), ("9223372036854775807", Int.max)])
    func `is a number, with or without a hash`(text: String, number: Int) {
        #expect(Issue.ID(text: text) == Issue.ID(number))
        #expect(Issue.ID(text: text)?.description == String(number))
    }

    @Test(arguments: [
        "", "#", "##2", "0", "#0", "-1", "+1", " 2", "2 ", "2.5", "1e3", "0x10", "9223372036854775808", "two", "٣", "２",
        "2\u{301}",
        "2\u{0}", "2;",
    ])
    func `is nothing else`(text: String) {
        #expect(Issue.ID(text: text) == nil)
    }

    @Test func `sorts by number, and is a plain number in JSON`() throws {
        #expect([10, 2, 1].map(Issue.ID.init).sorted() == [1, 2, 10].map(Issue.ID.init))
        #expect(String(decoding: try JSONEncoder().encode([Issue.ID(2)]), as: UTF8.self) == "[2]")
    }
}

@Suite struct IssueReferenceTests {
    @Test(arguments: [
        ("2", 2), ("#2", 2), ("https://glitchtip.example.com/acme/issues/42", 42),
        ("http://127.0.0.1:8000/acme/issues/42/?x=1#top", 42), ("https://x.example/acme/issues/42/events/1", 42),
        ("https://x.example/acme/issues/42?project=7", 42), ("https://x.example/acme/issues/42#comments", 42),
        ("https://x.example/issues/issues/42", 42),
    ])
    func `a number or a link names an issue`(text: String, number: Int) {
        #expect(IssueReference(text: text) == .id(Issue.ID(number)))
    }

    @Test(arguments: [
        ("SHOP-WEB-2", "SHOP-WEB-2"), ("shop-web-1a", "SHOP-WEB-1A"), ("API_2-F", "API_2-F"), ("a-1", "A-1"),
        ("2FA-3", "2FA-3"),
    ])
    func `a short id names an issue`(text: String, expected: String) {
        #expect(IssueReference(text: text) == .shortID(expected))
    }

    @Test(arguments: [
        "", "#", "0", "-1", "2.5", "99999999999999999999", "two", "https://x.example/issues",
        "https://x.example/issues/abc",
        "https://x.example/acme/42", "x.example/acme/issues/42", "https://x.example/?next=/issues/42",
        "https://x.example/issues/-1",
        "../../etc/passwd", "SHOP-", "-2", "12-34", "SHOP WEB-2", "--exec=x-1", "-rf-1", "SHOP-WEB-２", "ЩОП-2",
        "SHOP-123456789",
        "A\u{0}B-2", String(repeating: "A", count: 100) + "-2",
    ])
    func `anything else does not`(text: String) {
        #expect(IssueReference(text: text) == nil)
    }
}

@Suite struct PeriodTests {
    @Test(arguments: [
        ("30m", 1800), ("24h", 86_400), ("7d", 604_800), ("2w", 1_209_600), ("90s", 90), ("366d", 31_622_400),
        ("52w", 31_449_600),
    ])
    func `is a number and a unit`(text: String, seconds: Int) {
        #expect(Period(text: text)?.seconds == seconds)
        #expect(Period(text: text)?.description == text)
    }

    @Test(arguments: [("24H", "24h"), ("7D", "7d"), ("30M", "30m")])
    func `takes the unit in capitals, as a phone may write it`(text: String, same: String) {
        #expect(Period(text: text) == Period(text: same))
        #expect(Period(text: text)?.description == same)
    }

    @Test(arguments: [
        "", "h", "24", "0h", "-1h", "+1h", "1.5h", "1_0h", " 1h", "1 h", "367d", "53w", "99999999h", "h24",
        "database", "٣h", "1y",
        "1hh",
    ])
    func `is nothing else`(text: String) {
        #expect(Period(text: text) == nil)
    }

    @Test(arguments: [
        (0.0, "0 s"), (0.9, "0 s"), (59.9, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (3660, "1 h 1 min"),
        (8040, "2 h 14 min"), (86_399, "23 h 59 min"), (86_400, "1 day"), (90_000, "1 day 1 h"),
        (200_000, "2 days 7 h"),
        (604_799, "6 days 23 h"), (604_800, "7 days"), (2_000_000, "23 days"), (-5, "0 s"), (.nan, "0 s"),
        (.infinity, "0 s"),
        (1e300, "11574074 days"),
    ])
    func `a length of time is spoken`(seconds: Double, words: String) {
        #expect(spoken(seconds: seconds) == words)
    }
}

@Suite struct SecretTests {
    @Test(arguments: [
        ("s3cret", true), ("s3cre", false), ("s3crets", false), ("s3crets3cret", false), ("S3cret", false), ("", false),
        ("s3cre\u{301}t", false),
    ])
    func `knows who knows it`(guess: String, isRight: Bool) {
        #expect(Secret("s3cret").matches(guess) == isRight)
    }

    @Test func `nobody knows an empty one`() {
        #expect(!Secret("").matches(""))
    }

    private struct Account {
        let name = "bot"
        let token: Secret
        let old: Secret?
    }

    @Test func `is never printed by accident`() {
        let secret = Secret("hunter2")
        let account = Account(token: secret, old: secret)
        var dumped = ""
        dump(account, to: &dumped)
        dump([secret], to: &dumped)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), String(describing: [secret: secret]),
            String(describing: account), String(reflecting: account), dumped,
        ]
        #expect(texts[0] == "•••")
        for text in texts { #expect(!text.contains("hunter2")) }
    }

    @Test func `has nothing to look into, and no JSON`() {
        let secret = Secret("hunter2")
        #expect(Mirror(reflecting: secret).children.isEmpty)
        let anything: Any = secret
        #expect(!(anything is any Encodable))
    }

    @Test func `shows itself only when asked`() {
        #expect(Secret("hunter2").reveal() == "hunter2")
        #expect(Secret("a") == Secret("a"))
        #expect(Secret("a") != Secret("b"))
    }
}

@Suite struct VocabularyTests {
    @Test func `each role may do what the ones before it may`() {
        #expect(Role.allCases.sorted() == [.observer, .responder, .admin])
        #expect(Role.allCases.map(\.description) == ["observer", "responder", "admin"])
        #expect(Role.admin >= .responder && Role.responder >= .responder && Role.observer < .responder)
    }

    @Test func `release and environment are tags, the first of a name counts`() {
        let tags = [("release", "a@1"), ("environment", "staging"), ("release", "a@2")].map(Tag.init)
        let event = Event(id: "1", title: "", tags: tags)
        #expect(event.release == "a@1")
        #expect(event.environment == "staging")
        #expect(event.tag("region") == nil)
        #expect(Event(id: "1", title: "").release == nil)
    }

    @Test func `an issue survives the ledger`() throws {
        let issue = Issue(
            id: Issue.ID(2), shortID: "SHOP-WEB-2", title: "x", level: .fatal, status: .ignored,
            project: Project(id: 1, slug: "shop-web", name: "Shop"), count: 3,
            firstSeen: Date(timeIntervalSince1970: 1), lastSeen: Date(timeIntervalSince1970: 2), commentCount: 4,
            metadata: .init(type: "TypeError", value: "cart is <null>", filename: "lib/cart.js", function: "total"))
        let copy = try JSONDecoder().decode(Issue.self, from: JSONEncoder().encode(issue))
        #expect(copy == issue)
    }

    @Test func `status and level have GlitchTip's words`() {
        #expect(Issue.Status.allCases.map(\.rawValue) == ["unresolved", "resolved", "ignored"])
        #expect(Issue.Level.allCases.map(\.rawValue) == ["sample", "debug", "info", "warning", "error", "fatal"])
    }
}
