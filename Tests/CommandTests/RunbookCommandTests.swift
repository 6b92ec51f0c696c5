import Domain
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
}
