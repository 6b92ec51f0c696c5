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
        "500 for every request, restart helps", "utf-8 is broken here", "ISO-8859 as well", "shop-web-2 is another",
        "2",
    ])
    func `in a reply all of it is text`(text: String) async throws {
        await bot.glitchtip.add(500, title: "Error: quite another")
        let message = try #require(try await bot.hears("/issue 2")).message
        #expect(
            try await bot.hears("/comment \(text)", replyingTo: message)?.text
                == "💬 Written under SHOP-WEB-1 · <b>TypeError: cart</b>")
        #expect(await bot.glitchtip.comments(on: Issue.ID(2)) == ["\(text)\n\n— Ada, by Tipline"])
    }

    @Test(arguments: ["#500", "SHOP-WEB-2", "https://glitchtip.example.com/demo-shop/issues/500"])
    func `in a reply another issue is named so that it cannot be text`(name: String) async throws {
        await bot.glitchtip.add(500, title: "Error: quite another")
        let message = try #require(try await bot.hears("/issue 2")).message
        #expect(
            try await bot.hears("/comment \(name) seen it again", replyingTo: message)?.text
                == "💬 Written under SHOP-WEB-2 · <b>Error: quite another</b>")
        #expect(await bot.glitchtip.comments(on: Issue.ID(500)) == ["seen it again\n\n— Ada, by Tipline"])
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
