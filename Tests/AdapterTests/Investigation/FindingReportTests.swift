import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// What a finding says, word for word, in each of its forms.
@Suite struct FindingReportTests {
    private static let day = Date(timeIntervalSince1970: 1_700_000_000)

    private let finding: Finding = {
        var finding = Finding(
            issueID: Domain.Issue.ID(2), shortID: "SHOP-WEB-2", title: "TypeError: offer <is> undefined",
            type: "TypeError",
            value: "offer <is> undefined", project: "shop-web", release: "2.3.1", environment: "production")
        finding.revision = .init(sha: String(repeating: "a", count: 40), date: day, choice: "release 2.3.1")
        finding.locations = [
            .init(
                path: "lib/cart.js", line: 7, function: "total",
                code: [
                    .init(number: 6, text: "  for (const item of items) {", isFailing: false),
                    .init(number: 7, text: "    sum += item.offer.price;", isFailing: true),
                ], moved: nil)
        ]
        finding.files = [.init(path: "lib/cart.js", line: 7, score: 0.83)]
        finding.suspects = [
            .init(
                sha: String(repeating: "b", count: 40), author: "Grace", date: day, subject: "Take the *offer* price",
                score: 0.71, isLikely: true, reasons: ["changed lib/cart.js:7, the line of the crash"])
        ]
        finding.similar = [
            .init(
                id: Domain.Issue.ID(1), shortID: "SHOP-WEB-1", title: "TypeError: price", status: .resolved, score: 0.6,
                hasSameStack: false, firstSeen: Date(timeIntervalSince1970: 0), ending: .init(lastComment: "guarded"))
        ]
        finding.notes = ["No code: `lib/x.js` is not in shop-web at aaaaaaaa."]
        finding.steps = [.init(name: "blame", milliseconds: 96)]
        finding.totalMilliseconds = 412
        return finding
    }()

    @Test func `what stands around an empty name in a note does not become an address`() {
        var finding = self.finding
        finding.notes = ["No code: www` `.evil.example is not there, `lib/x.js` is."]
        #expect(finding.markdown(for: nil).contains("- No code: www .evil.example is not there, `lib/x.js` is."))
    }

    @Test(arguments: [
        ("orders.checkout", "by `orders.checkout`, ", "by <code>orders.checkout</code>, "), (nil, "at ", "at "),
    ])
    func `says who handed in what failed`(function: String?, words: String, html: String) {
        var finding = self.finding
        finding.handover = .init(names: ["cart", "a<b"], function: function, path: "lib/orders.js", line: 12)
        let plain = words.replacing("`", with: "")
        #expect(finding.text().contains("\nIt was handed cart and a<b \(plain)lib/orders.js:12.\n"))
        #expect(
            finding.markdown(for: nil).contains("\n\nIt was handed `cart` and `a<b` \(words)`lib/orders.js:12`.\n\n"))
        #expect(
            finding.html().markup.contains(
                "\nIt was handed <code>cart</code> and <code>a&lt;b</code> \(html)<code>lib/orders.js:12</code>\n"))
    }

    @Test(arguments: [
        ("connect ECONNREFUSED 127.0.0.1:5432", false), ("too many open files", false),
        ("password authentication failed for user", false), ("cart is not a function", true), ("odd", true),
    ])
    func `nobody is likely to have caused what lies around the program`(message: String, isLikely: Bool) {
        let event = Event(
            id: "e", title: message, exceptions: [.init(type: "Error", value: message, frames: [])])
        var evidence = Evidence(now: Self.day, seen: FrameStatistics())
        evidence.lines = [
            TracedLine(
                frame: Frame(filename: "a.c", function: "f", line: 1), path: "a.c", line: 1, depth: 0, exception: 0,
                certainty: 1, moved: nil)
        ]
        let commit = Commit(sha: "b", author: "Ada", date: Self.day, subject: "x")
        evidence.blames["a.c"] = Blame(lines: [BlamedLine(line: 1, sha: "b")])
        evidence.blames["a.c"]?.commits["b"] = commit
        var finding = Finding(event, Trace(event), issue: nil)
        finding.take(Ranking(evidence))
        #expect(finding.suspects.map(\.isLikely) == [isLikely])
    }

    @Test func `JSON has the documented keys and no others`() throws {
        #expect(
            String(decoding: try finding.json(), as: UTF8.self)
                == #"{"files":[{"line":7,"path":"lib/cart.js","score":0.83}],"issue":"2","suspects":[{"likely":true,"#
                + #""reasons":["changed lib/cart.js:7, the line of the crash"],"score":0.71,"sha":""#
                + String(repeating: "b", count: 40)
                + #""}],"timings":{"steps":[{"ms":96,"name":"blame"}],"total_ms":412}}"#)
    }

    @Test func `the chat shows the verdict first and folds the details`() {
        #expect(
            finding.html().markup == """
                🔎 <b>Likely commit found</b> · TypeError: offer &lt;is&gt; undefined
                SHOP-WEB-2 · shop-web 2.3.1 · production
                Where: <code>lib/cart.js:7</code> in <code>total</code>
                Likely commit: <code>bbbbbbbb</code> “Take the *offer* price” by Grace, 2023-11-14: changed lib/cart.js:7, the line of the crash
                Ask: Grace (wrote it)
                Solved before (60 % alike): SHOP-WEB-1 TypeError: price
                <blockquote expandable><b>lib/cart.js:7</b>
                <pre>  6    for (const item of items) {
                ▶ 7      sum += item.offer.price;</pre>
                <b>bbbbbbbb</b> Take the *offer* price (Grace, 2023-11-14)
                • changed lib/cart.js:7, the line of the crash
                <b>SHOP-WEB-1</b> resolved, 60 % alike: TypeError: price
                “guarded”
                No code: lib/x.js is not in shop-web at aaaaaaaa.
                Read at <code>aaaaaaaa</code>, release 2.3.1.</blockquote>
                """)
    }

    @Test func `the comment says who wrote it and for whom, and escapes what is not ours`() {
        #expect(
            finding.markdown(for: "Ada_L") == """
                **Likely commit found.** Investigated by Tipline for Ada\\_L.

                `TypeError: offer <is> undefined` in shop-web 2.3.1 · production

                `lib/cart.js:7` in `total`

                      6    for (const item of items) {
                    > 7      sum += item.offer.price;

                **Commits**
                - `bbbbbbbb` **likely** “Take the \\*offer\\* price” by Grace, 2023-11-14: changed lib/cart.js:7, the line of the crash

                Ask: Grace (wrote it)

                **Similar issues**
                - SHOP-WEB-1 (resolved, 60 % alike): TypeError: price

                - No code: `lib/x.js` is not in shop-web at aaaaaaaa.

                Code read at \(String(repeating: "a", count: 40)), release 2.3.1.

                Finding 157x1l0fxc8tu
                """)
    }

    @Test func `where the forge is known, each place and commit is a link`() throws {
        var finding = finding
        finding.forge = Forge(remote: "git@github.com:acme/shop-web.git")
        let (read, suspect) = (String(repeating: "a", count: 40), String(repeating: "b", count: 40))
        let line = "https://github.com/acme/shop-web/blob/\(read)/lib/cart.js#L7"
        let commit = "https://github.com/acme/shop-web/commit/\(suspect)"
        let html = finding.html().markup
        #expect(html.contains("Where: <a href=\"\(line)\">lib/cart.js:7</a> in <code>total</code>\n"))
        #expect(html.contains("Likely commit: <a href=\"\(commit)\">bbbbbbbb</a> “Take"))
        let markdown = finding.markdown(for: nil)
        #expect(markdown.contains("\n[`lib/cart.js:7`](\(line)) in `total`\n"))
        #expect(markdown.contains("\n- [`bbbbbbbb`](\(commit)) **likely** “Take"))
        let text = finding.text()
        #expect(text.contains("\nlib/cart.js:7 in total\n  \(line)\n"))
        #expect(text.contains(", the line of the crash\n           \(commit)\n"))
        let json = String(decoding: try finding.json(), as: UTF8.self)
        #expect(json.contains("\"url\":\"\(line)\""))
        #expect(json.contains("\"url\":\"\(commit)\""))
    }

    @Test(
        arguments: [
            ("Fix the price", nil, "Likely fixed already", "not yet in 2.3.1: likely fixed, waits for a deploy"),
            (
                "SHOP-WEB-2: mind offers", "v2.3.2", "Likely fixed already",
                "not yet in 2.3.1 but in v2.3.2: likely fixed there"
            ),
            (
                "Show prices in euros", nil, "Perhaps fixed already",
                "not yet in 2.3.1: perhaps fixed, waits for a deploy"
            ),
        ] as [(String, String?, String, String)])
    func `a later change is called a fix only when it says so`(
        subject: String, tag: String?, verdict: String, outlook: String
    ) {
        var finding = finding
        finding.laterChanges = [
            .init(
                path: "lib/cart.js", line: 7, sha: String(repeating: "c", count: 40), date: Self.day, subject: subject,
                tag: tag)
        ]
        let sentence = "was changed on 2023-11-14 by <code>cccccccc</code> “\(subject)”, \(outlook)."
        #expect(finding.html().markup.hasPrefix("🔎 <b>\(verdict)</b>"))
        #expect(finding.html().markup.contains("<code>lib/cart.js:7</code> \(sentence)"))
        #expect(
            finding.text().contains("lib/cart.js:7 was changed on 2023-11-14 by cccccccc “\(subject)”, \(outlook)."))
    }

    @Test func `a finding is known again in a comment, for whomever it was written`() {
        var other = finding
        other.notes.append("No code.")
        #expect(finding.isWritten(in: finding.markdown(for: "Grace")))
        #expect(!finding.isWritten(in: other.markdown(for: "Grace")))
        #expect(!finding.isWritten(in: "I read Finding 157x1l0fxc8tu and disagree."))
    }

    @Test func `the terminal shows everything`() {
        #expect(
            finding.text() == """
                Likely commit found: TypeError: offer <is> undefined
                shop-web 2.3.1 · production
                Code read at aaaaaaaaaaaa, release 2.3.1.

                lib/cart.js:7 in total
                    6    for (const item of items) {
                  > 7      sum += item.offer.price;

                Commits:
                  bbbbbbbb Take the *offer* price, Grace, 2023-11-14 (likely)
                           changed lib/cart.js:7, the line of the crash

                Ask: Grace (wrote it)

                Similar issues:
                  SHOP-WEB-1 resolved, 60 % alike: TypeError: price
                           “guarded”

                No code: lib/x.js is not in shop-web at aaaaaaaa.

                412 ms (blame 96)
                """)
    }

    @Test func `a finding goes through the cache unchanged`() throws {
        #expect(try JSONDecoder().decode(Finding.self, from: try JSONEncoder().encode(finding)) == finding)
    }

    @Test func `a message of a hundred kilobytes fits`() {
        let long = String(repeating: "<b>&\u{202E}é👩‍👩‍👧 ", count: 10_000)
        var finding = finding
        finding.value = long
        finding.notes = Array(repeating: long, count: 50)
        finding.suspects = Array(repeating: finding.suspects[0], count: 10)
        #expect(finding.html().length <= 4096)
        #expect(!finding.html().markup.contains("\u{202E}"))
        #expect(!finding.text().contains("\u{202E}"))
    }

    @Test(arguments: [
        (0.0, "1970-01-01"), (951_782_400, "2000-02-29"), (4_102_444_799, "2099-12-31"), (-1, "1969-12-31"),
    ])
    func `days are written as ISO does`(seconds: Double, day: String) {
        #expect(Finding.day(Date(timeIntervalSince1970: seconds)) == day)
    }
}
