import FoundationEssentials

/// What hostile inputs are made of: pieces of traces and of attacks, and files with real ones.
package struct Corpus: Sendable {
    /// Lines of texts with traces in them.
    let texts: [[ArraySlice<UInt8>]]
    /// Events as GlitchTip sent them.
    let documents: [[UInt8]]

    private static let largest = 64 << 10

    /// - Parameter folders: the `.json` of recorded calls in them become events; all else text, some lines at a time.
    package init(folders: [String]) throws {
        var texts: [[ArraySlice<UInt8>]] = []
        var documents: [[UInt8]] = []
        for folder in folders {
            for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
                guard name.hasSuffix(".json") || name.hasSuffix(".swift"),
                    let data = FileManager.default.contents(atPath: "\(folder)/\(name)"), data.count <= Self.largest
                else { continue }
                let bytes = Array(data)
                if name.hasSuffix(".swift") {
                    texts.append(bytes.split(separator: 0x0A, omittingEmptySubsequences: false))
                } else if let event = Self.event(in: bytes) {
                    documents.append(event)
                }
            }
        }
        (self.texts, self.documents) = (texts, documents)
    }

    /// A recorded call ends in `"body": {…}`, two levels deep.
    private static func event(in recording: [UInt8]) -> [UInt8]? {
        let text = String(decoding: recording, as: UTF8.self)
        let parts = text.split(separator: "\n  \"body\": {", omittingEmptySubsequences: false)
        guard parts.count > 1, let body = parts.last, body.contains("\"eventID\"") else { return nil }
        let closing = body.utf8.reversed().drop { $0 != 0x7D }.dropFirst().drop { $0 != 0x7D }.dropFirst()
        return Array("{".utf8) + closing.reversed()
    }

    static let pieces = [
        "TypeError: x is undefined\n    at total (/srv/app/lib/cart.js:25:10)\n    at async Promise.all (index 0)",
        "Traceback (most recent call last):\n  File \"/srv/a.py\", line 7, in total\n    return x.y\nValueError: bad",
        "  + Exception Group Traceback (most recent call last):\n  |   File \"a.py\", line 1, in <module>\n  +-+------",
        "java.lang.IllegalStateException: no\n\tat com.shop.Cart.total(Cart.java:31)\nCaused by: java.io.IOException: x\n"
            + "\tat a.B.c(B.java:1)\n\t... 12 more\n\tSuppressed: java.lang.Exception: s",
        "Caused by: [CIRCULAR REFERENCE: java.lang.IllegalStateException: no]\n",
        "panic: runtime error: index out of range [5]\n\ngoroutine 1 [running]:\nmain.total(0xc000)\n\t/srv/main.go:9 +0x1d",
        "cart.rb:12:in `total': undefined method `x' for nil (NoMethodError)\n\tfrom cart.rb:3:in 'block in <main>'",
        "PHP Fatal error:  Uncaught Error: x in /srv/a.php:3\nStack trace:\n#0 /srv/b.php(7): Cart->total()\n#1 {main}",
        "   at Shop.Cart.Total(Int32 x) in C:\\src\\Cart.cs:line 12\n   --- End of inner exception stack trace ---",
        "thread 'main' panicked at src/main.rs:4:5:\nboom\nstack backtrace:\n   0: shop::total\n             at ./src/cart.rs:9:3",
        "==1==ERROR: AddressSanitizer: heap-use-after-free\n    #0 0x4f in total /srv/cart.c:31:5\n    #1 0x50 (/bin/a+0x1)",
        "#0  0x00007f in raise () from /lib/libc.so.6\n#1  0x0000 in total (x=1) at cart.c:31",
        "Fatal error: Index out of range: file Swift/Array.swift, line 1\n0 total(_:) at /srv/Cart.swift:12:3",
        "<b>bold</b>", "</blockquote>", "<pre><code class=\"language-x\">", "<a href=\"tg://user?id=1\">x</a>",
        "&lt;&#60;&", "[x](http://evil.example)", "![x](http://evil.example)", "# heading", "```\n", "`", "``", "~~~",
        "- [ ] ", "| a | b |", "http://evil.example/?a=b", "https://evil.example", "www.evil.example",
        "WWW.evil.example",
        "@everyone", "@ada", "<http://evil.example>", "<ada@example.com>", "[x]: http://evil.example\n", "[x][x]",
        "\n===\n", "\n---\n", "1. a", "&#91;x&#93;(http://evil.example)", "<!-- ", "\nFinding abc", "\u{2028}",
        "\u{200B}", "\u{2062}", "\u{1B}[31mred\u{1B}[0m", "\u{1B}]8;;http://evil.example\u{07}", "\u{202E}evil\u{2066}",
        "\u{0}", "\r", "\u{9B}31m", "\u{8}", "\u{85}", "\u{B}", "\u{C}",
        "\n2026-11-25T08:00:00+0000 notice tipline: stopped\n",
        "👩‍👩‍👧‍👦", "e\u{301}\u{301}\u{301}", "\u{FEFF}", "𝔘𝔫", "\\", "\\`", "\\\\[", "<script>alert(1)</script>",
        "ECONNREFUSED 10.0.0.1:5432", "at ", "(", ")", ":", "::::", "9999999999999999999999", "../../etc/passwd", "-rf",
        "--output=/tmp/x", ":(glob)**", "HEAD~1", "@{-1}", "--pre=sh", "$(touch x)", "; touch x", "%s%n",
        "password=hunter2",
        String(repeating: "a", count: 5000), String(repeating: "<", count: 300), String(repeating: "(", count: 300),
        String(repeating: "\u{301}", count: 300), String(repeating: "`", count: 300),
    ].map { Array($0.utf8) }
}
