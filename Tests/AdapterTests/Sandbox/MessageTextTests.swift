import Domain
import Testing

@testable import Sandbox

/// What Telegram makes of the HTML that a bot sends.
@Suite struct MessageTextTests {
    @Test(arguments: [
        ("<b>a</b> <i>b</i>", "a b", ["bold 0+1", "italic 2+1"]),
        ("a > b & c &amp; &lt;b&gt; &quot; &#128512; &#x1F600;", "a > b & c & <b> \" 😀 😀", []),
        ("&nbsp;&copy;", "&nbsp;&copy;", []),
        ("😀<b>x</b>", "😀x", ["bold 2+1"]),
        ("<B>x</b>", "x", ["bold 0+1"]),
        ("<b></b>x", "x", []),
        ("<a href=\"https://shop.example/x?a=1&amp;b=2\">x</a>", "x", ["text_link 0+1 https://shop.example/x?a=1&b=2"]),
        ("<a href='http://localhost:8000'>x</a>", "x", []),
        ("<pre><code class=\"language-swift\">let x</code></pre>", "let x", ["pre 0+5 swift"]),
        ("<code class=\"language-swift\">x</code>", "x", ["code 0+1 swift"]),
        ("<blockquote expandable>x <b>y</b></blockquote>", "x y", ["expandable_blockquote 0+3", "bold 2+1"]),
        ("<blockquote>x</blockquote><blockquote>y</blockquote>", "xy", ["blockquote 0+1", "blockquote 1+1"]),
        ("<tg-time unix=\"1790000000\" format=\"r\">5 min ago</tg-time>", "5 min ago", ["date_time 0+9 1790000000"]),
        ("<span class=\"tg-spoiler\">x</span><tg-spoiler>y</tg-spoiler>", "xy", ["spoiler 0+1", "spoiler 1+1"]),
        ("<s>a</s><u>b</u><del>c</del>", "abc", ["strikethrough 0+1", "underline 1+1", "strikethrough 2+1"]),
        ("a\u{0}b\r\n  ", "a b", []),
    ])
    func `reads`(html: String, plain: String, entities: [String]) throws {
        let text = try MessageText(html, isHTML: true, limit: MessageText.limit)
        #expect(text.plain == plain)
        #expect(
            text.entities.map { "\($0.type) \($0.offset)+\($0.length)\($0.argument.map { " " + $0 } ?? "")" }
                == entities)
    }

    @Test(arguments: [
        ("List<String>", "Unsupported start tag \"string\" at byte offset 4"),
        ("a < b", "Unsupported start tag \"\" at byte offset 2"),
        ("<br>", "Unsupported start tag \"br\" at byte offset 0"),
        ("<script>", "Unsupported start tag \"script\" at byte offset 0"),
        ("<b>x", "Can't find end tag corresponding to start tag \"b\""),
        ("<b>x</i>", "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\""),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href=\"x>", "Unclosed start tag \"a\" at byte offset 0"),
        ("<a =x>y</a>", "Empty attribute name in the tag \"a\" at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0"),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            "Tag \"blockquote\" can't be nested at byte offset 13"
        ),
        ("<tg-time>x</tg-time>", "Tag \"tg-time\" must have attribute \"unix\" at byte offset 0"),
    ])
    func `refuses`(html: String, words: String) {
        #expect(refusal(html, isHTML: true) == "Bad Request: can't parse entities: \(words)")
    }

    @Test func `counts UTF-16 units after parsing`() throws {
        _ = try MessageText(String(repeating: "<b>x</b>", count: 4000), isHTML: true, limit: 4096)
        _ = try MessageText(String(repeating: "😀", count: 2048), isHTML: true, limit: 4096)
        #expect(refusal(String(repeating: "😀", count: 2049), isHTML: true) == "Bad Request: message is too long")
        #expect(refusal(String(repeating: "&amp;", count: 4097), isHTML: true) == "Bad Request: message is too long")
        #expect(refusal(String(repeating: "x", count: 32_769), isHTML: false) == "Bad Request: message is too long")
        #expect(throws: Refused.self) {
            try MessageText(String(repeating: "x", count: 1025), isHTML: false, limit: 1024)
        }
    }

    @Test func `keeps a hundred entities`() throws {
        let text = try MessageText(String(repeating: "<b>x</b> ", count: 150), isHTML: true, limit: 4096)
        #expect(text.entities.count == 100)
    }

    @Test(arguments: ["", " \n\t", "\u{200B}\u{FEFF}", "\u{2800}", "<b></b>", "\u{202E}\u{2066}"])
    func `sees that nothing would be shown`(html: String) throws {
        #expect(try MessageText(html, isHTML: true, limit: 4096).isBlank)
    }

    /// What our own type writes is always understood.
    @Test(arguments: ["<b>&amp;", "a & b < c", "\"x\"", "</blockquote>", "\u{202E}<script>", "😀<", "&#60;b&#62;", "\0"])
    func `understands all that HTML escapes`(text: String) throws {
        let html: HTML =
            "<b>\(text)</b> \(HTML.code(text)) \(HTML.folded(HTML(text))) \(HTML.pre(text, language: "swift")) end"
        let parsed = try MessageText(html.markup, isHTML: true, limit: 4096)
        #expect(parsed.plain == html.plain)
    }

    private func refusal(_ text: String, isHTML: Bool) -> String? {
        do {
            _ = try MessageText(text, isHTML: isHTML, limit: MessageText.limit)
            return nil
        } catch {
            return error.description
        }
    }
}
