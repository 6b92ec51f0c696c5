import Domain
import Testing

@testable import Runbooks

/// Headings, and under each one step an item.
@Suite struct BodyTests {
    private static let text = """
        Before anything: **breathe**.

        # A title that the front matter has

        ## Check

        1. Is it full? `df -h`
           Look at /var.

           ```sh
           du -xh /var
             | sort -h
           ```
        2. Who writes?
           - the log
           - the queue

        Not in the list.

        ## Stop the bleeding

        * [ ] Free some: see [how](https://example.com/a_b).
        lazy line
        * Wait.

        ### If that fails
        - Call Ada.

        ## Fix it for good
        - Rotate.

        ## Over when
        It is below 80 %.
        ```
        ## no heading
        """

    private let body = Body(Self.text, firstLine: 10)

    @Test func `a heading says by its first word what it is`() {
        #expect(body.sections.map(\.kind) == [.other, .check, .stop, .fix, .over])
        #expect(body.sections.map(\.title) == ["", "Check", "Stop the bleeding", "Fix it for good", "Over when"])
        #expect(body.sections.map(\.line).dropFirst() == [14, 29, 38, 41])
    }

    @Test func `a check keeps its code and its second paragraph`() {
        #expect(body.checks.map(\.line) == [16, 23])
        #expect(
            body.checks.map(\.pieces) == [
                [
                    .text("Is it full? "), .code("df -h"), .text(" Look at /var."), .text("\n"),
                    .block("du -xh /var\n  | sort -h", language: "sh"),
                ],
                [.text("Who writes?"), .text("\n"), .text("• the log"), .text("\n"), .text("• the queue")],
            ])
        #expect(body.sections[1].notes == [.text("Not in the list.")])
    }

    @Test func `the steps are those to stop it and those to mend it`() {
        #expect(
            body.steps.map(\.pieces) == [
                [.text("Free some: see "), .link("how", address: "https://example.com/a_b"), .text(". lazy line")],
                [.text("Wait.")], [.text("Call Ada.")], [.text("Rotate.")],
            ])
        #expect(body.sections[2].notes == [.bold("If that fails")])
    }

    @Test func `a fence that nobody closed ends with the text`() {
        #expect(
            body.sections.last?.notes == [
                .text("It is below 80 %."), .text("\n"), .block("## no heading", language: nil),
            ])
    }

    @Test func `nothing is nothing`() {
        #expect(Body("").sections.isEmpty)
        #expect(Body("\n\n").sections.isEmpty)
        #expect(Body("## Check").sections.map(\.kind) == [.check])
    }

    @Test(arguments: [
        ("`a` b **c**", [Piece.code("a"), .text(" b "), .bold("c")]),
        ("``a ` b``", [.code("a ` b")]), ("a ` b", [.text("a ` b")]), ("** **", [.bold(" ")]),
        ("****", [.text("****")]),
        ("[a](javascript:x)", [.text("[a](javascript:x)")]), ("[a](b)", [.text("[a](b)")]),
        ("[a] (https://b)", [.text("[a] (https://b)")]), ("<b>x</b>", [.text("<b>x</b>")]), ("a_b_c", [.text("a_b_c")]),
        ("[a](https://b/{{issue.id}})", [.link("a", address: "https://b/{{issue.id}}")]),
    ])
    func `reads styles within a line`(text: String, pieces: [Piece]) {
        #expect(Piece.inline(text) == pieces)
    }

    @Test func `the chat gets Telegram's markup, and only ours`() {
        var text = Body("- <b>x</b> & `a<b` [l](https://e.example/?a=1&b=2)\n\n  ```js\n  x<1\n  ```").sections[0]
            .items[0].pieces
        text.append(.bold("!"))
        #expect(
            text.html(Filling()).markup == """
                &lt;b&gt;x&lt;/b&gt; &amp; <code>a&lt;b</code> <a href="https://e.example/?a=1&amp;b=2">l</a>
                <pre><code class="language-js">x&lt;1</code></pre><b>!</b>
                """)
    }
}
