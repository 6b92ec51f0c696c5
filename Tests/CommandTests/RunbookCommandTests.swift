import Domain
import FoundationEssentials
import Runbooks
import Sandbox
import Testing

/// What `/runbook` and `/runbooks` say.
@Suite struct RunbookCommandTests {
    @Test func `shows the one that fits, with the issue's own values and the reasons`() async throws {
        let bot = try await TestBot.inShop()
        let said = try #require(try await bot.hears("/runbook 8"))
        try Golden.expect("\(said.text)\n\n\(said.buttons)", is: "runbook-8")
    }

    @Test func `shows one by its name`() async throws {
        let text = try #require(try await TestBot().hears("/runbook expired-credentials")).text
        #expect(text.hasPrefix("📕 <b>"))
        #expect(text.contains("{{") || text.contains("<blockquote expandable>"))
    }

    @Test func `says when none fits`() async throws {
        #expect(
            try await TestBot.inShop().hears("/runbook 6")?.text
                == "No runbook fits SHOP-WEB-9. /runbooks lists them all.")
    }

    @Test func `lists them, or those with the words`() async throws {
        let bot = try TestBot()
        try Golden.expect(try #require(try await bot.hears("/runbooks")).text, is: "runbooks")
        let found = try #require(try await bot.hears("/runbooks DATABASE")).text
        #expect(found.contains("/runbook database-connections"))
        #expect(!found.contains("expired"))
        #expect(try await bot.hears("/runbooks unicorn")?.text == "No runbook has these words.")
    }

    @Test(arguments: [
        ("/runbook", "Which issue? Give its number, such as <code>2</code>."),
        ("/runbook no_such_book", "<code>no_such_book</code> is not an issue. Give its number, short id or link."),
        ("/runbook 404", "There is no such issue in GlitchTip."),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        #expect(try await TestBot().hears(line)?.text == answer)
    }

    @Test func `one that is not sure is offered, and said to be a guess`() async throws {
        let folder = try TemporaryFolder()
        try Self.write(
            "---\ntitle: Something is undefined\nmatches:\n  - type: TypeError\n---\n## Check\n- Look.\n", folder)
        let bot = try await TestBot.inShop(library: Library(folders: [folder.path]))
        let said = try #require(try await bot.hears("/investigate 2"))
        #expect(said.text.hasSuffix("\n📕 Perhaps: <b>Something is undefined</b>"))
        #expect(
            try await bot.hears("/runbook 2")?.text.hasPrefix(
                "📕 <b>Something is undefined</b>\nFits because type is TypeError.\n") == true)
    }

    @Test func `one that is too long for a message is cut, and says where the rest is`() async throws {
        let folder = try TemporaryFolder()
        let steps = (1...120).map { "- Step \($0): \(String(repeating: "look again ", count: 5))\n" }.joined()
        try Self.write("---\ntitle: Long\nmatches:\n  - type: TypeError\n---\n## Check\n\(steps)", folder)
        let bot = try await TestBot.inShop(library: Library(folders: [folder.path]))
        let said = try #require(try await bot.hears("/runbook 2 book"))
        #expect(said.html.length <= HTML.messageLimit)
        #expect(said.text.hasSuffix("\nThe rest: <code>/runbook book</code>"))
        #expect(!said.text.contains("Step 120"))
        // Without an issue there is nothing to tick, and it takes as many messages as it needs.
        #expect(try await bot.hears("/runbook book")?.text.contains("Step 120") == true)
    }

    private static func write(_ text: String, _ folder: TemporaryFolder) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/book.md"))
    }
}
