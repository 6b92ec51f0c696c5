import Domain
import FoundationEssentials
import Testing

@testable import Runbooks

private typealias Issue = Domain.Issue
private typealias Tag = Domain.Tag

/// Which runbooks fit, how well, and why; rather none than a wrong one.
@Suite struct MatchingTests {
    private func names(_ offer: Matching.Offer) -> [String] { offer.matches.map(\.runbook.name.text) }

    private static let rules: [(String, Double?, [String])] = [
        ("type: StockError", 0.5, ["type is StockError"]),
        ("type: TypeError", nil, []),
        ("type: shop.StockError", 0.5, ["type is shop.StockError"]),
        ("message: out of stock", 0.55, ["message says “out of stock”"]),
        ("message: [nothing, 'sku 2']", 0.45, ["message says “sku 2”"]),
        ("message: [sku, out of stock]", 0.55, ["message says “out of stock”"]),
        ("message_regex: 'sku \\d+ is'", 0.5, [#"message fits /sku \d+ is/"#]),
        ("path: lib/express.js", 0.35, ["a frame is in lib/express.js"]),
        ("path_regex: '^/srv/.*express'", 0.35, ["path fits /^/srv/.*express/"]),
        (
            "type: StockError, culprit: createApplication", 0.625,
            ["type is StockError", "culprit has “createApplication”"]
        ),
        ("type: StockError, culprit_regex: '^create'", 0.675, ["type is StockError", "culprit fits /^create/"]),
        ("type: StockError, project: Shop-Web", 0.575, ["type is StockError", "project is shop-web"]),
        ("type: StockError, project: billing", nil, []),
        (
            "type: StockError, environment: [staging, Production]", 0.525,
            ["type is StockError", "environment is production"]
        ),
        ("type: StockError, level: [fatal, error]", 0.525, ["type is StockError", "level is error"]),
        ("type: StockError, level: fatal", nil, []),
        ("type: StockError, tags: {Server_Name: [WEB-1]}", 0.6, ["type is StockError", "server_name is web-1"]),
        ("type: StockError, tags: {server_name: web}", nil, []),
        ("type: StockError, tags: {none: web-1}", nil, []),
        ("type: StockError, message: sold out", nil, []),
    ]

    @Test(arguments: rules) func `all of a rule must hold`(rule: String, score: Double?, reasons: [String]) throws {
        var subject = Subject.crash("shop.StockError", "sku 2 is out of stock", path: "/srv/shop/lib/express.js")
        subject.project = "shop-web"
        subject.environment = "production"
        subject.level = .error
        subject.culprit = "createApplication(x)"
        subject.tags = [Tag(key: "server_name", value: "web-1")]
        let match = Matching([try .sample("stock", rule)]).match(subject).matches.first
        #expect(match?.score == score)
        #expect((match?.reasons ?? []) == reasons)
    }

    @Test func `the best of several rules counts`() throws {
        let runbook = try Runbook.sample("a", "type: TypeError", "type: TypeError, message: cart is undefined")
        #expect(Matching([runbook]).match(.crash("TypeError", "cart is undefined")).matches[0].score == 0.708)
        #expect(Matching([runbook]).match(.crash("TypeError", "other")).matches[0].score == 0.35)
        #expect(Matching([runbook]).match(.crash("Error", "cart is undefined")).matches.isEmpty)
    }

    @Test(arguments: [
        (["message: cart is empty"], "a"), (["type: TypeError"], nil),
        (["message: cart is empty", "type: TypeError, message: cart is empty"], "b"),
        (["message: cart is empty", "message: is empty"], "a"),
        (["message: cart is empty", "message_regex: 'cart is'"], nil),
        (["message: cart is empty", "message: the cart is empty"], nil),
        ([String](), nil),
    ])
    func `one is linked when it is sure and stands out`(rules: [String], linked: String?) throws {
        let runbooks = try zip(["a", "b"], rules).map { try Runbook.sample($0, $1) }
        let offer = Matching(runbooks).match(.crash("TypeError", "the cart is empty"))
        #expect(offer.linked?.runbook.name.text == linked)
        #expect(offer.matches.count == rules.count)
    }

    @Test func `at most three are offered, best first, and of equals the first by name`() throws {
        let runbooks = try ["e", "d", "c", "b"].map { try Runbook.sample($0, "message: cart is empty") }
        let best = try Runbook.sample("z", "type: CartError, message: cart is empty")
        let offer = Matching(runbooks + [best]).match(.crash("CartError", "cart is empty"))
        #expect(names(offer) == ["z", "b", "c"])
        #expect(offer.linked?.runbook.name.text == "z")
    }

    @Test func `what was unlinked is not offered, and does not keep another from being linked`() throws {
        let runbooks = try ["a", "b"].map { try Runbook.sample($0, "message: cart is empty") }
        let matching = Matching(runbooks)
        let subject = Subject.crash("E", "cart is empty")
        #expect(matching.match(subject).linked == nil)
        let offer = matching.match(subject, excluding: [runbooks[0].name])
        #expect(names(offer) == ["b"])
        #expect(offer.linked?.runbook.name.text == "b")
    }

    @Test func `being like an issue that was solved with it speaks for a runbook`() throws {
        let runbook = try Runbook.sample("a", "type: NeverError")
        let other = try Runbook.sample("b", "type: NeverError")
        var solved = Subject.crash("StockError", "sku 2 is out of stock")
        solved.frames = ["cart.js total", "express.js handle"]
        var same = Subject.crash("StockError", "sku 77 is out of stock")
        same.frames = solved.frames
        let memory = [Solved(runbook: runbook.name, issue: "SHOP-WEB-2", sketch: Sketch(solved))]
        let offer = Matching([runbook, other]).match(same, solved: memory)
        #expect(names(offer) == ["a"])
        #expect(offer.linked?.score == 0.6)
        #expect(offer.matches[0].reasons == ["it is like SHOP-WEB-2, which was solved with it"])

        var unlike = Subject.crash("StockError", "sku 2 is reserved")
        unlike.frames = ["order.js place", "express.js handle"]
        #expect(Matching([runbook]).match(unlike, solved: memory).matches.isEmpty)
        #expect(Matching([runbook]).match(.crash("StockError", "out"), solved: memory).matches.isEmpty)
    }

    @Test func `a sketch leaves out what differs each time and what is private, and survives the ledger`() throws {
        func sketch(_ message: String, _ frame: String) -> Sketch {
            var subject = Subject.crash("StockError", message)
            subject.frames = [frame]
            return Sketch(subject)
        }
        #expect(sketch("sku 2 is out", "a.js f") == sketch("sku 31 is out", "a.js f"))
        #expect(sketch("sku 2 is out", "a.js f") != sketch("sku 2 is out", "b.js f"))
        #expect(!sketch("mail to ada@example.com failed", "a.js f").words.contains("ada"))
        let kept = sketch("sku 2", "a.js f")
        #expect(try JSONDecoder().decode(Sketch.self, from: JSONEncoder().encode(kept)) == kept)
    }

    @Test func `a regular expression without end costs its rule, and is named`() throws {
        let slow = Runbook(
            name: try #require(Runbook.Name("slow")), title: "", severity: nil, owners: [], links: [], body: Body(""),
            file: "slow.md",
            rules: [Rule(line: 1, [.pattern(.message, [try Pattern("(a+)+$", isProbed: false)])])], examples: [],
            counterexamples: [])
        let quick = try Runbook.sample("quick", "message_regex: 'b cart'")
        let offer = Matching([slow, quick]).match(.crash("E", String(repeating: "a", count: 1000) + "b"))
        #expect(names(offer).isEmpty)
        #expect(offer.tooSlow.map(\.text) == ["slow"])
    }

    @Test func `when the time is up, regular expressions are left out and words still count`() throws {
        let runbooks = try [
            Runbook.sample("a", "message_regex: 'cart is'"), Runbook.sample("b", "message: cart is empty"),
        ]
        let offer = Matching(runbooks, patience: .zero).match(.crash("E", "cart is empty"))
        #expect(names(offer) == ["b"])
        #expect(offer.tooSlow.map(\.text) == ["a"])
    }
}

/// What rules see of an issue and its event.
@Suite struct SubjectTests {
    private static func issue(title: String = "t", _ metadata: Issue.Metadata = .init()) -> Issue {
        Issue(
            id: Issue.ID(1), shortID: "S-1", title: title, level: .fatal, status: .unresolved,
            project: Project(id: 1, slug: "shop-web", name: "Shop"), count: 1,
            firstSeen: Date(timeIntervalSince1970: 0), lastSeen: Date(timeIntervalSince1970: 0), metadata: metadata)
    }

    @Test func `an event's chain of causes, its frames and its tags`() {
        let event = Event(
            id: "1", title: "B: outer", message: "B: outer", transaction: "GET /cart",
            exceptions: [
                Exception(type: "A", value: "inner", frames: [Frame(filename: "a/b.py", function: "f", module: "a.b")]),
                Exception(
                    type: "B", value: "outer",
                    frames: [Frame(filename: "c.py"), Frame(filename: "/srv/d.py", function: "g")]),
            ],
            tags: [Tag(key: "environment", value: "staging")])
        let subject = Subject(issue: Self.issue(), event: event)
        #expect(subject.types == ["A", "B"])
        #expect(subject.messages == ["inner", "outer"])
        #expect(subject.paths == ["/srv/d.py", "c.py", "a/b.py", "a.b"])
        #expect(subject.frames == ["d.py g", "c.py ", "b.py f"])
        #expect(subject.environment == "staging")
        #expect(subject.culprit == "GET /cart")
        #expect(subject.project == "shop-web")
        #expect(subject.level == .fatal)
    }

    @Test func `a message beside an exception is another line, a message alone is the message`() {
        let exception = Exception(type: "A", value: "inner")
        let both = Event(id: "1", title: "A: inner", message: "Order 17 failed", exceptions: [exception])
        #expect(Subject(issue: nil, event: both).messages == ["inner", "Order 17 failed"])
        let wrapped = Event(id: "1", title: "t", message: "Retry failed: inner", exceptions: [exception])
        #expect(Subject(issue: nil, event: wrapped).messages == ["inner", "Retry failed: inner"])
        let alone = Event(id: "1", title: "Order 17 failed", message: "Order 17 failed")
        #expect(Subject(issue: nil, event: alone).messages == ["Order 17 failed"])
    }

    @Test func `without an event the issue says what it can`() {
        let typed = Self.issue(title: "A: x…", .init(type: "A", value: "x and more"))
        #expect(Subject(issue: typed, event: nil).types == ["A"])
        #expect(Subject(issue: typed, event: nil).messages == ["x and more"])
        #expect(Subject(issue: Self.issue(title: "Disk full"), event: nil).messages == ["Disk full"])
    }

    @Test func `hostile events are cut to a measure`() {
        let long = String(repeating: "é", count: 3000)
        let frames = (0..<300).map { Frame(filename: "\($0)\(long)") }
        let event = Event(
            id: "1", title: long, message: long, transaction: long,
            exceptions: (0..<100).map { Exception(type: "\(long)\($0)", value: long, frames: frames) },
            tags: (0..<1000).map { Tag(key: "\($0)", value: long) })
        let subject = Subject(issue: nil, event: event)
        #expect(subject.types.count == 5 && subject.messages.count == 5)
        #expect(subject.paths.count == 50 && subject.frames.count == 50 && subject.tags.count == 100)
        let texts = subject.types + subject.messages + subject.paths + subject.frames + subject.tags.map(\.value)
        #expect(texts.allSatisfy { $0.utf8.count <= 1002 })
    }
}
