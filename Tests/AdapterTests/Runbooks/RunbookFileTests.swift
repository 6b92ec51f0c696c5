import Domain
import Testing

@testable import Runbooks

private typealias Issue = Domain.Issue

/// A file becomes a runbook, or a list of what to write instead.
@Suite struct RunbookFileTests {
    private static let whole = """
        ---
        title: "The cart: empty"
        severity: high
        owners: ["@ada", payments]
        links:
          - https://example.com/a
          - {title: Dashboard, url: 'https://example.com/b?x={{tags.a}}'}
        matches:
          - project: shop-web
            environment: [production, staging]
            level: [error, fatal]
            type: TypeError
            message: [cart is empty, 404]
            path: lib/cart.js
            culprit: GET /cart
            tags: {server_name: [web-1, web-2], region: eu}
          - message_regex: 'cart \\d+ of'
            path_regex: '^lib/'
            culprit_regex: '^GET '
        examples:
          - {project: shop-web, level: error, type: [A, B], message: m, path: [p], culprit: c, environment: e, tags: {t: v}}
        counterexamples:
          - message: other
        ---
        ## Check
        1. Look.
        """

    @Test func `reads all there is`() throws {
        let (found, troubles) = Runbook.read(Self.whole, name: "team/Empty-Cart.md")
        #expect(troubles.isEmpty)
        let runbook = try #require(found)
        #expect(runbook.name.description == "empty-cart")
        #expect(runbook.title == "The cart: empty")
        #expect(runbook.severity == .high)
        #expect(runbook.owners == ["@ada", "payments"])
        #expect(
            runbook.links == [
                .init(title: nil, address: "https://example.com/a"),
                .init(title: "Dashboard", address: "https://example.com/b?x={{tags.a}}"),
            ])
        #expect(runbook.rules.map(\.line) == [9, 17])
        #expect(runbook.rules.map(\.conditions.count) == [9, 3])
        #expect(runbook.body.checks.map(\.line) == [26])
        var example = Subject.crash("A", "m", path: "p")
        example.types = ["A", "B"]
        example.project = "shop-web"
        example.level = .error
        example.culprit = "c"
        example.environment = "e"
        example.tags = [Domain.Tag(key: "t", value: "v")]
        #expect(runbook.examples.map(\.subject) == [example])
        #expect(runbook.counterexamples.map(\.line) == [23])
    }

    @Test(arguments: ["\u{FEFF}", ""], ["\n", "\r\n", "\r"])
    func `does not care how the file was saved`(mark: String, lineEnd: String) throws {
        let text = mark + Self.whole.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineEnd)
        let (runbook, troubles) = Runbook.read(text)
        #expect(troubles.isEmpty)
        #expect(runbook?.rules.map(\.line) == [9, 17])
        #expect(runbook?.body.checks.first?.pieces == [.text("Look.")])
    }

    @Test func `a title is enough`() throws {
        let (runbook, troubles) = Runbook.read("---\ntitle: x\n--- \n")
        #expect(troubles.isEmpty)
        #expect(runbook?.body.sections.isEmpty == true)
    }

    @Test(arguments: [
        (
            "",
            "1: error: there is no front matter. Begin the file with a line “---”, then “title: …”, then another “---”."
        ),
        (
            "# Hello\n",
            "1: error: there is no front matter. Begin the file with a line “---”, then “title: …”, then another “---”."
        ),
        ("---\ntitle: x\n", "1: error: the front matter has no end. Close it with a line “---”."),
        ("---\n---\n", "2: error: the front matter has no keys. Begin with “title: …”."),
        ("---\n- a\n---\n", "2: error: the front matter has no keys. Begin with “title: …”."),
        (
            "---\na: b: c\n---\n",
            "2: error: a colon stands where a value cannot begin. Put a value that holds “: ” in quotes, and indent this line like those around it."
        ),
    ])
    func `says what is wrong with the whole`(text: String, trouble: String) {
        #expect(Runbook.read(text).runbook == nil)
        #expect(Runbook.read(text).troubles == ["sample.md:" + trouble])
    }

    @Test(arguments: [
        ("severity: low", "2: error: there is no title. Write “title: What it is about”."),
        ("title:", "2: error: “title” is empty. Write “title: …”, or take the line out."),
        ("title: [a]", "2: error: “title” is not plain text. Write “title: some text”."),
        (
            "title: \(String(repeating: "a", count: 121))",
            "2: error: the title has more than 120 characters. Write a shorter one."
        ),
        ("title: x\nmatchs: []", "3: error: “matchs” is no key of a front matter. Write “matches”."),
        (
            "title: x\nfoo: y",
            "3: error: “foo” is no key of a front matter. Known are title, severity, owners, links, matches, examples, counterexamples."
        ),
        ("title: x\nseverity: High", "3: error: there is no severity “High”. Write “high”."),
        (
            "title: x\nseverity: awful",
            "3: error: there is no severity “awful”. Write one of critical, high, medium, low."
        ),
        ("title: x\nowners: []", "3: error: “owners” is empty. Write “owners: …”, or take the line out."),
        ("title: x\nlinks: ftp://x", "3: error: a link is no address. Write https://… or {title: …, url: https://…}."),
        (
            "title: x\nlinks: [{title: a}]",
            "3: error: a link is no address. Write https://… or {title: …, url: https://…}."
        ),
        (
            "title: x\nlinks: 'javascript:alert(1)'",
            "3: error: a link is no address. Write https://… or {title: …, url: https://…}."
        ),
        (
            "title: x\nmatches: [a]",
            "3: error: a rule has no keys. Write “- type: TypeError” or “- message: some words”."
        ),
        ("title: x\nmatches:\n  - typ: A", "4: error: “typ” is no key of a rule. Write “type”."),
        ("title: x\nmatches:\n  - level: eror", "4: error: there is no level “eror”. Write “error”."),
        (
            "title: x\nmatches:\n  - message: '…'",
            "4: error: there is no word in “…”. Write words, or a regular expression."
        ),
        (
            "title: x\nmatches:\n  - message_regex: '(a+)+$'",
            "4: error: the regular expression “(a+)+$” can take for ever: “aaa…” makes it try without end. Write one repetition where two stand in each other, such as a+ for (a+)+."
        ),
        (
            "title: x\nmatches:\n  - message_regex: ['abcd', '(abc']",
            "4: error: the regular expression “(abc” cannot be read: missing closing parenthesis. Look behind “(abc”."
        ),
        ("title: x\nmatches:\n  - tags: web-1", "4: error: “tags” has no keys. Write “tags: {server_name: web-1}”."),
        ("title: x\nmatches:\n  - tags: {a: }", "4: error: “a” is empty. Write “a: …”, or take the line out."),
        (
            "title: x\nmatches:\n  - project: shop",
            "4: error: this rule says too little to tell one error from another. Add a type, a path, or words of the message."
        ),
        ("title: x\nexamples: [{}]", "3: error: an example has no keys. Write “- type: TypeError” and “message: …”."),
        ("title: x\nowners: [\(String(repeating: "a,", count: 51))]", "3: error: “owners” has more than 50 entries."),
        ("title: x\nowners: \(String(repeating: "a", count: 2001))", "3: error: “owners” is longer than 2000 bytes."),
        (
            "title: x\n\"a\\e[2Jb\": 1",
            "3: error: “a[2Jb” is no key of a front matter. Known are title, severity, owners, links, matches, examples, counterexamples."
        ),
    ])
    func `says what to write instead`(frontMatter: String, trouble: String) {
        let (runbook, troubles) = Runbook.read("---\n\(frontMatter)\n---\n")
        #expect(runbook == nil)
        #expect(troubles == ["sample.md:" + trouble])
    }

    @Test func `a hundred regular expressions are enough`() {
        let list = String(repeating: "abcd,", count: 50)
        let rule = "  - message_regex: [\(list)]\n    path_regex: [\(list)]\n"
        #expect(Runbook.read("---\ntitle: x\nmatches:\n\(rule)---\n").troubles.isEmpty)
        #expect(
            Runbook.read("---\ntitle: x\nmatches:\n\(rule)    culprit_regex: abcd\n---\n").troubles == [
                "sample.md:6: error: this is one regular expression more than 100."
            ])
    }

    @Test func `tells all mistakes at once`() {
        let troubles = Runbook.read("---\nseverity: x\nmatches:\n  - typ: a\n  - level: b\nfoo: 1\n---\n").troubles
        #expect(troubles.map { $0.split(separator: ":")[1] } == ["2", "2", "4", "5", "6"])
    }

    private static let noText: [([UInt8], String)] = [
        (
            Array("---\ntitle: x\n---\nab".utf8) + [0],
            "4: error: a NUL byte stands here. Save the file as text in UTF-8."
        ),
        (Array("---\ntitle: x\n".utf8) + [0xFF, 0xFE], "3: error: this is not UTF-8. Save the file as text in UTF-8."),
        (Array("---\ntitle: é\n---\n".utf8) + [0xC3], "4: error: this is not UTF-8. Save the file as text in UTF-8."),
        (
            Array("---\nowners: [\(String(repeating: "\n", count: 70_000))]\n---\n".utf8),
            "1: error: the front matter is larger than 64 KiB."
        ),
    ]

    @Test(arguments: noText)
    func `refuses what is no text, or too much of it`(bytes: [UInt8], trouble: String) {
        #expect(RunbookFile(bytes, file: "x.md").troubles.map(\.description) == ["x.md:" + trouble])
    }

    @Test(arguments: ["a b.md", "é.md", "-a.md", ".md", String(repeating: "a", count: 41) + ".md", "a;b.md"])
    func `refuses a name that nobody can type`(file: String) {
        #expect(
            Runbook.read("---\ntitle: x\n---\n", name: file).troubles == [
                "\(file):1: error: people cannot type the name of this file. Rename it: letters, digits, “-” and “_”, at most 40."
            ])
    }
}
