import Domain
import FoundationEssentials
import Testing

@testable import Runbooks

private typealias Issue = Domain.Issue
private typealias Tag = Domain.Tag

/// Values of an issue in the text of a runbook: as text, scrubbed, and never as code that does more than was written.
@Suite struct FillingTests {
    private static let issue = Issue(
        id: Issue.ID(42), shortID: "SHOP-WEB-2", title: "TypeError: <b>x</b>", level: .error, status: .unresolved,
        project: Project(id: 1, slug: "shop-web", name: "Shop"), count: 312,
        firstSeen: Date(timeIntervalSince1970: 1_795_468_459), lastSeen: Date(timeIntervalSince1970: 1_795_468_519))

    private static func event(_ tags: [Tag] = []) -> Event {
        let frames = [
            Frame(filename: "lib/cart.js", function: "total", line: 31, isInApp: true),
            Frame(filename: "node_modules/x.js", function: "call", line: 7, isInApp: false),
        ]
        return Event(
            id: "e1", title: "t", message: "for ada@example.com", platform: "node", transaction: "GET /cart",
            exceptions: [Exception(type: "TypeError", value: "x is\nundefined", frames: frames)],
            tags: [Tag(key: "release", value: "2.3.1"), Tag(key: "environment", value: "production")] + tags)
    }

    private func fill(_ text: String, in place: Filling.Place = .text, _ tags: Tag...) -> String {
        Filling(issue: Self.issue, event: Self.event(tags)).fill(text, in: place)
    }

    @Test(arguments: [
        ("{{issue.id}} {{ issue.shortId }} {{issue.count}}", "42 SHOP-WEB-2 312"),
        ("{{issue.project}} {{issue.level}} {{issue.status}}", "shop-web error unresolved"),
        ("{{issue.firstSeen}}", "2026-11-23T21:14:19Z"), ("{{issue.title}}", "TypeError: <b>x</b>"),
        ("{{event.release}} {{event.environment}} {{event.transaction}}", "2.3.1 production GET /cart"),
        ("{{exception.type}}: {{exception.value}}", "TypeError: x is undefined"),
        ("{{frame.path}}:{{frame.line}} {{frame.function}}", "lib/cart.js:31 total"),
        ("{{event.message}}", "for [e-mail]"), ("{{tags.release}}", "2.3.1"),
        ("{{frame.module}} {{tags.none}} {{issue.name}}", "{{frame.module}} {{tags.none}} {{issue.name}}"),
        ("{{#each x}} {{ a | b }} {{}} {{", "{{#each x}} {{ a | b }} {{}} {{"), ("{{{issue.id}}}", "{42}"),
    ])
    func `fills in what is known and leaves the rest as it is`(text: String, filled: String) {
        #expect(fill(text) == filled)
    }

    @Test func `an event or an issue alone is enough`() {
        #expect(
            Filling(issue: nil, event: Self.event()).fill("{{event.id}} {{issue.id}}", in: .text) == "e1 {{issue.id}}")
        #expect(
            Filling(issue: Self.issue, event: nil).fill("{{event.id}} {{issue.id}}", in: .text) == "{{event.id}} 42")
    }

    @Test(arguments: [
        ("web-1.example.com:8080", true), ("lib/cart.js", true), ("127.0.0.1", true), ("shop@2.3.1+5", true),
        ("web 1", false), ("$(reboot)", false), ("`reboot`", false), ("a;reboot", false), ("a|b", false),
        ("a&b", false),
        ("-rf", false), ("--exec=x", false), ("../../etc/passwd", false), ("~root", false), ("*", false),
        ("a'b", false),
        ("a\"b", false), ("a\nb", false), ("<x", false), ("PATH=x", false), ("größe", false), ("a\\b", false),
        ("#", false),
        ("{a,b}", false), ("!!", false),
    ])
    func `into code goes only what is one word for any shell`(value: String, isFilled: Bool) {
        let tag = Tag(key: "server_name", value: value)
        #expect(
            fill("ssh {{tags.server_name}}", in: .code, tag) == (isFilled ? "ssh \(value)" : "ssh {{tags.server_name}}")
        )
    }

    @Test func `a value in an address is one part of it`() {
        let tag = Tag(key: "server_name", value: "a&b=c/../é#")
        #expect(
            fill("https://x/?h={{tags.server_name}}", in: .address, tag) == "https://x/?h=a%26b%3Dc%2F..%2F%C3%A9%23")
    }

    @Test func `a value is one short line without secrets and turning characters`() {
        #expect(fill("{{tags.a}}", Tag(key: "a", value: " x\n\n y\u{202E}z\u{0} ")) == "x yz")
        #expect(fill("{{tags.password}}", Tag(key: "password", value: "hunter2")) == "[password]")
        #expect(fill("{{tags.a}}", Tag(key: "a", value: "token=abcdef1234567890")) == "token=[token]")
        let long = fill("{{tags.a}}", Tag(key: "a", value: String(repeating: "ab ", count: 100_000)))
        #expect(long.count == 200 && long.hasSuffix("…"))
        #expect(fill("{{tags.a}}", Tag(key: "a", value: " \n ")) == "{{tags.a}}")
    }

    @Test func `a value is not filled in again, nor read as Markdown or markup`() {
        let tag = Tag(key: "a", value: "{{issue.id}} **b** `c` <i>d</i> [e](https://f)")
        let body = Body("- {{tags.a}}")
        let filling = Filling(issue: Self.issue, event: Self.event([tag]))
        #expect(
            body.sections[0].items[0].pieces.html(filling).markup
                == "{{issue.id}} **b** `c` &lt;i&gt;d&lt;/i&gt; [e](https://f)")
    }

    @Test func `the first of two tags of one name counts`() {
        #expect(fill("{{tags.a}}", Tag(key: "a", value: "1"), Tag(key: "a", value: "2")) == "1")
    }
}
