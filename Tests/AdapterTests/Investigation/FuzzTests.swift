import Chance
import Domain
import FoundationEssentials
import Testing

@testable import Investigation
@testable import Sandbox

/// Hostile text through the trace parser and every form of the report. A few hundred inputs in a test run; `make fuzz`
/// takes a million.
@Suite(.timeLimit(.minutes(60))) struct FuzzTests {
    private static let inputs = ProcessInfo.processInfo.environment["FUZZ"].flatMap { Int($0) } ?? 400
    private static let workers = 2

    @Test(arguments: 0..<workers)
    func `no text breaks the parser or a report`(worker: Int) throws {
        for number in stride(from: worker, to: Self.inputs, by: Self.workers) {
            var generator = Dice(seed: UInt64(number))
            let text = Self.text(&generator)
            let exceptions = TraceParser.exceptions(in: text)
            var finding = Self.finding(text, exceptions, &generator)
            finding = finding.taught(
                Lesson(
                    culprit: nil,
                    answers: [.init(sha: finding.suspects.first?.sha ?? "", person: text, isRight: false)]))
            let trouble = Self.trouble(with: finding)
            #expect(trouble == nil, "seed \(number)")
        }
    }

    /// What Telegram, a terminal or GlitchTip's pages would make of it that nobody has written.
    private static func trouble(with finding: Finding) -> String? {
        let html = finding.html()
        do {
            var message = HTMLParser(html.markup)
            try message.parse()
            if message.text.utf16.count != html.length { return "the length is not what Telegram counts" }
            if html.length > HTML.messageLimit { return "too long: \(html.length)" }
            let kinds = Set(message.entities.map(\.type))
            if !kinds.isSubset(of: ["bold", "code", "pre", "expandable_blockquote"]) {
                return "markup that is not ours: \(kinds.sorted())"
            }
        } catch {
            return "Telegram: \(error)"
        }
        let steers = { (text: String) in
            text.unicodeScalars.contains { $0.turnsOrHides && $0 != "\n" && $0 != "\t" }
        }
        if steers(finding.text()) { return "the terminal is steered" }
        let markdown = finding.markdown(for: "Ada")
        if steers(markdown) { return "control characters in the comment" }
        // In the report's own lines; code stands in backticks or is indented.
        for line in markdown.split(separator: "\n") where !line.hasPrefix("    ") {
            let outside = withoutCode(line)
            if outside.contains("](") || outside.contains("<") || line.hasPrefix("#") { return "Markdown: \(line)" }
        }
        return nil
    }

    private static func withoutCode(_ line: Substring) -> String {
        var result = ""
        var isCode = false
        var isEscaped = false
        for character in line {
            if isEscaped {
                isEscaped = false
            } else if character == "`" {
                isCode.toggle()
            } else if character == "\\", !isCode {
                isEscaped = true
            } else if !isCode {
                result.append(character)
            }
        }
        return result
    }

    private static func finding(_ text: String, _ exceptions: [Domain.Exception], _ generator: inout Dice) -> Finding {
        let event = Event(
            id: "e", title: text, message: text, exceptions: exceptions,
            tags: [Domain.Tag(key: "release", value: text), Domain.Tag(key: "environment", value: text)])
        var finding = Finding(event, issue: nil)
        let clean = Finding.clean(text)
        finding.locations = exceptions.flatMap(\.frames).prefix(3).map { frame in
            .init(
                path: Finding.clean(frame.filename), line: frame.line,
                function: frame.function.map { Finding.clean($0) },
                code: [
                    .init(
                        number: frame.line ?? 1,
                        text: clean.split(whereSeparator: \.isNewline).first.map(String.init) ?? "", isFailing: true)
                ], moved: nil)
        }
        let sha = String(repeating: "a", count: 40)
        let day = Date(timeIntervalSince1970: 1_700_000_000)
        finding.suspects = [
            .init(
                sha: sha, author: clean, date: day, subject: clean, score: 1, isLikely: generator.next() % 2 == 0,
                reasons: [clean])
        ]
        finding.similar = [
            .init(
                id: Domain.Issue.ID(1), shortID: "A-1", title: clean, status: .unresolved, score: 0.5,
                hasSameStack: false, firstSeen: day,
                ending: .init(
                    date: day, person: text,
                    culprit: .init(sha: sha, author: clean, date: day, subject: clean, person: clean),
                    runbooks: [clean],
                    lastComment: text))
        ]
        finding.notes = ["No code: `\(clean.replacing("`", with: "'"))` is not here."]
        finding.revision = .init(sha: sha, date: day, choice: clean)
        return finding
    }

    /// Pieces of real traces and of attacks, put together, repeated and broken.
    private static func text(_ generator: inout Dice) -> String {
        var bytes: [UInt8] = []
        let count = Int.random(in: 1...12, using: &generator)
        for _ in 0..<count {
            let piece = Array((pieces.randomElement(using: &generator) ?? "").utf8)
            let times = Int.random(in: 0..<20, using: &generator) == 0 ? 30 : 1
            for _ in 0..<times { bytes += piece }
            if Bool.random(using: &generator) { bytes.append(10) }
        }
        for _ in 0..<Int.random(in: 0...6, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(UInt8.random(in: 0...127, using: &generator), at: index)
            default: bytes.removeSubrange(index..<min(bytes.count, index + 8))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let pieces = [
        "TypeError: x is undefined\n    at total (/srv/app/lib/cart.js:25:10)\n    at async Promise.all (index 0)",
        "Traceback (most recent call last):\n  File \"/srv/a.py\", line 7, in total\n    return x.y\nValueError: bad",
        "  + Exception Group Traceback (most recent call last):\n  |   File \"a.py\", line 1, in <module>\n  +-+------",
        "java.lang.IllegalStateException: no\n\tat com.shop.Cart.total(Cart.java:31)\nCaused by: java.io.IOException: x\n"
            + "\tat a.B.c(B.java:1)\n\t... 12 more\n\tSuppressed: java.lang.Exception: s",
        "panic: runtime error: index out of range [5]\n\ngoroutine 1 [running]:\nmain.total(0xc000)\n\t/srv/main.go:9 +0x1d",
        "cart.rb:12:in `total': undefined method `x' for nil (NoMethodError)\n\tfrom cart.rb:3:in 'block in <main>'",
        "PHP Fatal error:  Uncaught Error: x in /srv/a.php:3\nStack trace:\n#0 /srv/b.php(7): Cart->total()\n#1 {main}",
        "   at Shop.Cart.Total(Int32 x) in C:\\src\\Cart.cs:line 12\n   --- End of inner exception stack trace ---",
        "thread 'main' panicked at src/main.rs:4:5:\nboom\nstack backtrace:\n   0: shop::total\n             at ./src/cart.rs:9:3",
        "==1==ERROR: AddressSanitizer: heap-use-after-free\n    #0 0x4f in total /srv/cart.c:31:5\n    #1 0x50 (/bin/a+0x1)",
        "#0  0x00007f in raise () from /lib/libc.so.6\n#1  0x0000 in total (x=1) at cart.c:31",
        "Fatal error: Index out of range: file Swift/Array.swift, line 1\n0 total(_:) at /srv/Cart.swift:12:3",
        "<b>bold</b>", "</blockquote>", "<pre><code class=\"language-x\">", "<a href=\"tg://user?id=1\">x</a>",
        "&lt;&#60;&",
        "[x](http://evil.example)", "![x](http://evil.example)", "# heading", "```\n", "`", "``", "~~~", "- [ ] ",
        "| a | b |",
        "\u{1B}[31mred\u{1B}[0m", "\u{1B}]8;;http://evil.example\u{07}", "\u{202E}evil\u{2066}", "\u{0}", "\r",
        "\u{9B}31m",
        "👩‍👩‍👧‍👦", "e\u{301}\u{301}\u{301}", "\u{FEFF}", "𝔘𝔫", "\\", "\\`", "\\\\[", "<script>alert(1)</script>",
        "ECONNREFUSED 10.0.0.1:5432", "at ", "(", ")", ":", "::::", "9999999999999999999999", "../../etc/passwd", "-rf",
        String(repeating: "a", count: 5000), String(repeating: "<", count: 300), String(repeating: "(", count: 300),
    ]
}
