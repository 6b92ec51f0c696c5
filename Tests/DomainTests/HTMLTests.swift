import Domain
import FoundationEssentials
import Testing

/// Text that goes to Telegram: whatever strangers wrote, it stays well formed and within the limits.
@Suite struct HTMLTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("List<String> & \"Map\"", "List&lt;String&gt; &amp; &quot;Map&quot;"),
        ("it's", "it's"), ("&lt;", "&amp;lt;"), ("</b><script>", "&lt;/b&gt;&lt;script&gt;"), ("a\nb\tc", "a\nb\tc"),
        ("a\r\nb", "a\nb"),
        ("nul\0 bell\u{7} escape\u{1B}[31m delete\u{7F} next\u{85}", "nul bell escape[31m delete next"),
        ("\u{202E}gpj.exe\u{202C} \u{2066}x\u{2069} \u{200F}y\u{FEFF}", "gpj.exe x y"), ("💥 é 你好", "💥 é 你好"),
        ("<\u{301}", "&lt;\u{301}"),
    ])
    func `whatever is interpolated is text`(text: String, markup: String) {
        let line: HTML = "<b>\(text)</b>"
        #expect(line.markup == "<b>\(markup)</b>")
        #expect(HTML(text).markup == markup)
    }

    @Test func `markup in markup stays markup, values are text`() {
        let inner: HTML = "<b>\("a & b")</b>"
        let line: HTML = "\(inner) \(42) \(["<"].joined()[...]) \(Secret("token"))"
        #expect(line.markup == "<b>a &amp; b</b> 42 &lt; •••")
    }

    @Test func `has the shapes that Telegram knows`() {
        #expect(HTML.code("a<b").markup == "<code>a&lt;b</code>")
        #expect(HTML.bold("a<b").markup == "<b>a&lt;b</b>")
        #expect(HTML.pre("a<b").markup == "<pre>a&lt;b</pre>")
        #expect(
            HTML.pre("let x", language: "swift\"><b>").markup
                == "<pre><code class=\"language-swift&quot;&gt;&lt;b&gt;\">let x</code></pre>")
        #expect(HTML.folded("<b>x</b>").markup == "<blockquote expandable><b>x</b></blockquote>")
        let less = "<"
        #expect(["a", HTML(less)].joined(by: "<i>·</i>").markup == "a<i>·</i>&lt;")
        var sum: HTML = "a"
        sum += HTML(less)
        #expect((sum + "<b>c</b>").markup == "a&lt;<b>c</b>")
        #expect(HTML().isEmpty && !sum.isEmpty)
    }

    @Test func `a moment is shown in each reader's own zone`() {
        let time = HTML.time(Date(timeIntervalSince1970: 1_795_468_459.9), "5 min ago")
        #expect(time.markup == "<tg-time unix=\"1795468459\" format=\"r\">5 min ago</tg-time>")
        #expect(time.length == 9)
        #expect(time.plain == "5 min ago")
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1, -1e300, 4_102_444_800])
    func `a moment that cannot be is only words`(seconds: Double) {
        #expect(HTML.time(Date(timeIntervalSince1970: seconds), "<never>").markup == "&lt;never&gt;")
    }

    @Test func `survives the ledger`() throws {
        let html: HTML = "<b>\("a<b>")</b>"
        let stored = try JSONEncoder().encode([html])
        #expect(try JSONDecoder().decode([HTML].self, from: stored) == [html])
        #expect(try JSONDecoder().decode([String].self, from: stored) == ["<b>a&lt;b&gt;</b>"])
    }

    @Test(arguments: [
        ("", 0, ""), ("abc", 3, "abc"), ("<b>a</b>&lt;&amp;&gt;&quot;", 5, "a<&>\""), ("😀", 2, "😀"), ("👨‍👩‍👧", 8, "👨‍👩‍👧"),
        ("e\u{301}", 2, "e\u{301}"), ("a & b", 5, "a & b"), ("&nbsp;", 6, "&nbsp;"), ("&", 1, "&"),
        ("&#60;", 5, "&#60;"),
        ("<a href=\"https://x.example/?a=1&amp;b=2\">x</a>", 1, "x"),
        // The accent makes one character with the end of the tag or of the entity.
        ("<b>\u{301}x</b>", 2, "\u{301}x"), ("&lt;\u{301};", 3, "<\u{301};"), ("\u{600}<b>x</b>", 2, "\u{600}x"),
    ])
    func `is as long as its text`(markup: String, length: Int, plain: String) {
        let html = HTML(markup: markup)
        #expect(html.length == length)
        #expect(html.plain == plain)
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 2, "a…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
        ("abcdef", -1, ""), ("<b>abcdef</b>", 4, "<b>abc…</b>"), ("<b>ab</b>cdef", 4, "<b>ab</b>c…"),
        ("<b>abc</b>def", 4, "<b>abc</b>…"), ("abc<b>def</b>", 4, "abc…"), ("a&lt;&amp;&gt;d", 3, "a&lt;…"),
        ("<b><i>abc</i></b>", 2, "<b><i>a…</i></b>"),
        (
            "<pre><code class=\"language-swift\">let x</code></pre>", 4,
            "<pre><code class=\"language-swift\">let…</code></pre>"
        ),
        (
            "<tg-time unix=\"1\" format=\"r\">5 min ago</tg-time>", 6,
            "<tg-time unix=\"1\" format=\"r\">5 min…</tg-time>"
        ),
        ("ab\ncdef", 5, "ab\nc…"), ("😀😀😀", 4, "😀…"), ("😀😀😀", 5, "😀😀…"), ("a👍🏽b", 5, "a…"), ("🇩🇪🇫🇷🇸🇪", 10, "🇩🇪🇫🇷…"),
        ("ae\u{301}b", 3, "a…"), ("a👨‍👩‍👧b", 8, "a…"), ("a\u{1100}\u{1161}\u{11A8}b", 4, "a…"),
    ])
    func `is cut between characters, with its tags closed`(markup: String, limit: Int, expected: String) {
        let cut = HTML(markup: markup).cut(to: limit)
        #expect(cut.markup.unicodeScalars.elementsEqual(expected.unicodeScalars), "\(cut)")
        #expect(cut.length <= max(0, limit))
    }

    @Test(arguments: [
        ("abc", 3, ["abc"]), ("", 3, [""]), ("abcd", 3, ["abc", "d"]), ("ab\ncd", 3, ["ab", "cd"]),
        ("abc\ndef", 3, ["abc", "def"]),
        ("a\nbcdef", 4, ["a\nbc", "def"]), ("<b>abcd</b>", 3, ["<b>abc</b>", "<b>d</b>"]),
        ("<b>ab</b>cd", 2, ["<b>ab</b>", "cd"]), ("ab<b>cd</b>", 2, ["ab", "<b>cd</b>"]),
        ("<b>a<i>bc</i>d</b>", 2, ["<b>a<i>b</i></b>", "<b><i>c</i>d</b>"]),
        (
            "<blockquote expandable>ab\ncd</blockquote>", 3,
            ["<blockquote expandable>ab</blockquote>", "<blockquote expandable>cd</blockquote>"]
        ),
        ("&lt;&gt;&amp;", 2, ["&lt;&gt;", "&amp;"]), ("😀😀😀", 3, ["😀", "😀", "😀"]), ("ab\n\n\n\ncd", 3, ["ab", "cd"]),
        ("abc   \u{A0}  ", 3, ["abc"]), ("abcd", 0, ["ab", "cd"]), ("😀a", 1, ["😀", "a"]),
        // One letter under six accents.
        ("ae\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", 4, ["a", "e\u{301}\u{301}\u{301}", "\u{301}\u{301}\u{301}"]),
        // No `HTML` is like this; it must end all the same.
        ("ab</b></i>cd", 2, ["ab</b></i>", "cd"]), ("abc<b", 2, ["ab", "c<b</b>"]),
        ("<a title=\"x>y\">bc", 4, ["<a title=\"x>y\">b</a>", "<a title=\"x>c</a>"]),
    ])
    func `is split at line ends, each piece well formed`(markup: String, limit: Int, expected: [String]) {
        #expect(HTML(markup: markup).split(limit: limit).map(\.markup) == expected)
    }

    @Test func `a message has 4096 units, and an emoji two of them`() {
        let text = String(repeating: "😀", count: 2048)
        #expect(HTML(text).split().count == 1)
        let pieces = HTML(text + "x" + text).split()
        #expect(pieces.map(\.length) == [4096, 4095, 2])
        #expect(pieces.map(\.plain).joined() == text + "x" + text)
    }

    @Test func `text that an attribute cannot hold does not get into one`() {
        let html: HTML = "<a href=\"https://x.example/\("\"><b>")\">x</a>"
        #expect(html.markup == "<a href=\"https://x.example/&quot;&gt;&lt;b&gt;\">x</a>")
        #expect(html.length == 1)
    }
}
