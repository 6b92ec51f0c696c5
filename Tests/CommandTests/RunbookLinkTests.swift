import Domain
import FoundationEssentials
import Sandbox
import Testing

/// What `/link` and `/unlink` say, and what matching makes of it.
@Suite struct RunbookLinkTests {
    @Test func `a link goes before what fits, and says who made it`() async throws {
        let bot = try await TestBot.inShop()
        let said = try #require(try await bot.hears("/link 8 upstream-failing", by: .grace))
        #expect(
            said.text == """
                📕 SHOP-WEB-6 has the runbook <b>An API that we call is slow, limits us or fails</b>.
                🔴 Unresolved · shop-web · <b>error: remaining connection slots are reserved for roles with the SUPERUSER attribute</b>
                """)
        #expect(said.buttons == "📕 Show it → /runbook 8 | ↩︎ Unlink → /unlink 8 upstream-failing")
        let shown = try #require(try await bot.hears("/runbook 8"))
        #expect(
            shown.text.hasPrefix(
                "📕 <b>An API that we call is slow, limits us or fails</b>\nFits because Grace linked it.\n"))
        #expect(shown.buttons.contains("→ /runbook 8 database-connections"))
        let entry = try await bot.ledger.audit(limit: 1).first
        #expect(entry?.line == "/link 8 upstream-failing")
        #expect(entry?.outcome == "linked to upstream-failing")
    }

    @Test func `an unlinked one is not offered again, until somebody links it`() async throws {
        let bot = try await TestBot.inShop()
        let said = try #require(try await bot.hears("/unlink 8"))
        #expect(
            said.text == """
                📕 <b>The database refuses connections, or has none left</b> is not offered again for SHOP-WEB-6, nor for \
                another <code>error</code> in shop-web.
                """)
        #expect(said.buttons == "↩︎ Link it → /link 8 database-connections")
        #expect(try await bot.hears("/runbook 8")?.text == "No runbook fits SHOP-WEB-6. /runbooks lists them all.")
        #expect(try await bot.hears("/unlink 8")?.text == "SHOP-WEB-6 has no runbook.")
        #expect(try await bot.hears("/link 8 database-connections")?.text.hasPrefix("📕 SHOP-WEB-6 has ") == true)
        #expect(try await bot.hears("/runbook 8")?.text.contains("Fits because Ada linked it.") == true)
    }

    @Test func `what was unlinked for one is not offered for its kind, and still for others`() async throws {
        let bot = try TestBot()
        let message = "remaining connection slots are reserved"
        for (id, type) in [(1, "DatabaseError"), (2, "DatabaseError"), (3, "PoolError")] {
            await bot.glitchtip.addCrash(id, type, message)
        }
        _ = try await bot.hears("/unlink 1")
        #expect(try await bot.hears("/runbook 2")?.text.hasPrefix("No runbook fits ") == true)
        #expect(try await bot.hears("/runbook 3")?.text.hasPrefix("📕 <b>The database refuses") == true)
    }

    @Test func `an issue like one that was solved with a runbook gets it too`() async throws {
        let bot = try TestBot()
        for id in [1, 2] {
            await bot.glitchtip.addCrash(id, "VoucherError", "the till is shut")
        }
        #expect(try await bot.hears("/runbook 2")?.text.hasPrefix("No runbook fits ") == true)
        _ = try await bot.hears("/link 1 upstream-failing")
        #expect(try await bot.hears("/runbook 2")?.text.hasPrefix("No runbook fits ") == true)
        _ = try await bot.hears("/resolve 1")
        #expect(
            try await bot.hears("/runbook 2")?.text.contains(
                "Fits because it is like SHOP-WEB-1, which was solved with it.") == true)
    }

    @Test func `in a reply to its message the name alone is enough`() async throws {
        let bot = try await TestBot.inShop()
        let message = try #require(try await bot.hears("/issue 8")).message
        let said = try await bot.hears("/link out-of-memory-disk-files", replyingTo: message)
        #expect(said?.text.hasPrefix("📕 SHOP-WEB-6 has the runbook ") == true)
    }

    @Test(arguments: [
        ("/link", "Which issue? Give its number, such as <code>2</code>."),
        ("/link 8", "And which runbook? /runbooks lists them."),
        (
            "/link 8 upstream-faling",
            "There is no runbook <code>upstream-faling</code>. Did you mean <code>upstream-failing</code>? /runbooks lists them all."
        ),
        ("/link 8 <b>", "There is no runbook <code>&lt;b&gt;</code>. /runbooks lists them all."),
        ("/link upstream-failing", "Which issue? Give its number, such as <code>2</code>."),
        ("/link 8 upstream-failing now", "I do not understand <code>now</code>."),
        ("/link 404 upstream-failing", "There is no such issue in GlitchTip."),
        ("/unlink", "Which issue? Give its number, such as <code>2</code>."),
        ("/unlink 8 nothing", "There is no runbook <code>nothing</code>. /runbooks lists them all."),
        ("/unlink 404", "There is no such issue in GlitchTip."),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        #expect(try await TestBot.inShop().hears(line)?.text == answer)
    }

    @Test(arguments: ["/link 8 upstream-failing", "/unlink 8", "/runbook 8 1.1", "/runbook 8 yes"])
    func `takes a responder`(line: String) async throws {
        #expect(
            try await TestBot.inShop().hears(line, by: .bob)?.text
                == "That takes a responder. An admin can add you to <code>TIPLINE_RESPONDERS</code>.")
    }
}

extension StandInGlitchTip {
    /// An issue with one event, which is an exception without frames.
    func addCrash(_ id: Int, _ type: String, _ value: String) {
        let event = Event(
            id: String(repeating: "b2", count: 16), date: TestBot.noon, title: "\(type): \(value)",
            exceptions: [Exception(type: type, value: value)])
        add(id, in: "shop-web", events: [event])
    }
}
