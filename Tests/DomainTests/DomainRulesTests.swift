import Domain
import FoundationEssentials
import Testing

private typealias Issue = Domain.Issue

@Suite struct IssueReferenceTests {
    @Test(arguments: [
        ("2", 2), ("#2", 2), ("https://glitchtip.example.com/acme/issues/42", 42),
        ("http://127.0.0.1:8000/acme/issues/42/?x=1#top", 42), ("https://x.example/acme/issues/42/events/1", 42),
    ])
    func `a number or a link names an issue`(text: String, number: Int) {
        #expect(IssueReference(text: text) == .id(Issue.ID(number)))
    }

    @Test(arguments: [("SHOP-WEB-2", "SHOP-WEB-2"), ("shop-web-1a", "SHOP-WEB-1A"), ("API_2-F", "API_2-F")])
    func `a short id names an issue`(text: String, expected: String) {
        #expect(IssueReference(text: text) == .shortID(expected))
    }

    @Test(arguments: [
        "", "#", "0", "-1", "2.5", "99999999999999999999", "two", "https://x.example/issues",
        "https://x.example/issues/abc",
        "../../etc/passwd", "SHOP-", "-2", "12-34", "SHOP WEB-2", "--exec=x-1",
    ])
    func `anything else does not`(text: String) {
        #expect(IssueReference(text: text) == nil)
    }
}

@Suite struct PeriodTests {
    @Test(arguments: [("30m", 1800), ("24h", 86_400), ("7d", 604_800), ("2w", 1_209_600), ("90s", 90)])
    func `is a number and a unit`(text: String, seconds: Int) {
        #expect(Period(text: text)?.seconds == seconds)
        #expect(Period(text: text)?.description == text)
    }

    @Test(arguments: ["", "h", "24", "0h", "-1h", "1.5h", "400d", "99999999h", "24H", "h24", "database"])
    func `is nothing else`(text: String) {
        #expect(Period(text: text) == nil)
    }

    @Test(arguments: [
        (0.0, "0 s"), (59.9, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (8040, "2 h 14 min"),
        (86_400, "1 day"), (90_000, "1 day 1 h"), (200_000, "2 days 7 h"), (2_000_000, "23 days"), (-5, "0 s"),
        (.nan, "0 s"), (.infinity, "0 s"),
    ])
    func `a length of time is spoken`(seconds: Double, words: String) {
        #expect(spoken(seconds: seconds) == words)
    }
}

@Suite struct SecretTests {
    @Test func `is never printed by accident`() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump([secret], to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.reveal() == "hunter2")
    }
}

@Suite struct VocabularyTests {
    @Test func `each role may do what the ones before it may`() {
        #expect(Role.observer < .responder && Role.responder < .admin)
        #expect(Role.allCases.map(\.description) == ["observer", "responder", "admin"])
    }

    @Test func `release and environment are tags`() {
        let event = Event(
            id: "1", title: "", tags: [Tag(key: "release", value: "a@1"), Tag(key: "environment", value: "staging")])
        #expect(event.release == "a@1")
        #expect(event.environment == "staging")
        #expect(event.tag("region") == nil)
    }

    @Test func `an issue survives the ledger`() throws {
        let issue = Issue(
            id: Issue.ID(2), shortID: "SHOP-WEB-2", title: "x", level: .fatal, status: .ignored,
            project: Project(id: 1, slug: "shop-web", name: "Shop"), count: 3,
            firstSeen: Date(timeIntervalSince1970: 1), lastSeen: Date(timeIntervalSince1970: 2))
        let copy = try JSONDecoder().decode(Issue.self, from: JSONEncoder().encode(issue))
        #expect(copy == issue)
        #expect(Issue.ID(2) < Issue.ID(10))
    }
}
