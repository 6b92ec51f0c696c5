import ChatOps
import Domain
import Sandbox
import Testing

@Suite struct HelpTests {
    let bot: TestBot

    init() throws { bot = try TestBot() }

    @Test func `says what this is and what to try`() async throws {
        let said = try #require(try await bot.hears("/start"))
        #expect(
            said.text == """
                <b>I am Tipline.</b> I watch your errors in GlitchTip and help to find what caused them.

                Three things to try:
                <code>/errors 24h</code>: what is open, newest first
                <code>/investigate 2</code>: the code, the likely commit, similar issues
                <code>/help</code>: everything else
                """)
        #expect(said.buttons == "What is open? → /errors | Help → /help")
    }

    @Test func `lists what the person may do`() async throws {
        try Golden.expect(try #require(try await bot.hears("/help", by: .ada)).text, is: "help-admin")
        try Golden.expect(try #require(try await bot.hears("/help", by: .bob)).text, is: "help-observer")
    }

    @Test func `explains one`() async throws {
        #expect(
            try await bot.hears("/help resolve")?.text == """
                <code>/resolve ISSUE</code>
                Mark an issue as resolved.

                For example:
                <code>/resolve 2</code>
                <code>/resolve SHOP-WEB-2</code>

                For responders.
                """)
        #expect(
            try await bot.hears("/help /errors")?.text.hasPrefix("<code>/errors [PROJECT|WORDS…] [PERIOD]</code>")
                == true)
        #expect(
            try await bot.hears("/help dance")?.text
                == "There is no command <code>/dance</code>. /help lists them all.")
    }

    @Test func `every manual fits Telegram's menu`() {
        for manual in bot.manuals {
            #expect(manual.name.utf8.count <= 32)
            #expect(manual.name.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" })
            #expect((1...256).contains(manual.summary.count))
            #expect(manual.summary.hasSuffix("."))
        }
    }
}
