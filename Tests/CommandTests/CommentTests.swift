import Domain
import Sandbox
import Testing

@Suite struct CommentTests {
    let bot: TestBot

    init() async throws {
        bot = try TestBot()
        await bot.glitchtip.add(2, title: "TypeError: cart")
    }

    @Test func `writes with the name of whoever said it, scrubbed`() async throws {
        #expect(
            try await bot.hears("/comment 2 token=abcdef0123456789abcdef\nsecond line", by: .grace)?.text
                == "💬 Written under SHOP-WEB-1 · <b>TypeError: cart</b>")
        let comment = try #require(await bot.glitchtip.comments(on: Issue.ID(2)).first)
        #expect(comment.hasSuffix("\nsecond line\n\n— Grace, by Tipline"))
        #expect(!comment.contains("abcdef0123456789"))
    }

    @Test(arguments: [
        ("/comment", "Which issue? Give its number, such as <code>2</code>."),
        ("/comment 2", "And the text? Such as <code>/comment 2 seen it again</code>."),
        ("/comment 404 hello", "There is no such issue in GlitchTip."),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        #expect(try await bot.hears(line)?.text == answer)
    }
}
