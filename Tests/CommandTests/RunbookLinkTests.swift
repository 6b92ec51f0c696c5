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
                another <code>error</code> in <code>db.js async query</code> of shop-web.
                """)
        #expect(said.buttons == "↩︎ Link it → /link 8 database-connections")
        #expect(try await bot.hears("/runbook 8")?.text == "No runbook fits SHOP-WEB-6. /runbooks lists them all.")
        #expect(try await bot.hears("/unlink 8")?.text == "SHOP-WEB-6 has no runbook.")
        #expect(try await bot.hears("/link 8 database-connections")?.text.hasPrefix("📕 SHOP-WEB-6 has ") == true)
        #expect(try await bot.hears("/runbook 8")?.text.contains("Fits because Ada linked it.") == true)
    }

    @Test func `what was unlinked for one is not offered where the same is said, and still for others`() async throws {
        let bot = try TestBot()
        let message = "remaining connection slots are reserved"
        for (id, type) in [(1, "DatabaseError"), (2, "DatabaseError"), (3, "PoolError")] {
            await bot.glitchtip.addCrash(id, type, message)
        }
        await bot.glitchtip.addCrash(4, "DatabaseError", "sorry, too many clients already")
        let said = try await bot.hears("/unlink 1")?.text
        #expect(
            said?.hasSuffix(
                " for SHOP-WEB-1, nor for another <code>DatabaseError</code> of shop-web that says the same.") == true)
        #expect(try await bot.hears("/runbook 2")?.text.hasPrefix("No runbook fits ") == true)
        for id in [3, 4] {
            #expect(try await bot.hears("/runbook \(id)")?.text.hasPrefix("📕 <b>The database refuses") == true)
        }
    }

    @Test func `of a common type only those that crash in the same place lose it, until it was wrong for three`()
        async throws
    {
        let bot = try TestBot()
        let (title, files) = (
            "Null or undefined is used, often after a deploy", ["cart", "cart", "till", "order", "user"]
        )
        for (index, file) in files.enumerated() {
            await bot.glitchtip.addCrash(
                index + 1, "TypeError", "Cannot read properties of undefined (reading 'item')",
                frames: [Frame(filename: "lib/\(file).js", function: "total", line: 3)])
        }
        let begin = "📕 <b>\(title)</b> is not offered again for"
        let kind = "<code>TypeError</code>"
        #expect(
            try await bot.hears("/unlink 1")?.text
                == "\(begin) SHOP-WEB-1, nor for another \(kind) in <code>cart.js total</code> of shop-web.")
        #expect(try await bot.hears("/runbook 2")?.text.hasPrefix("No runbook fits ") == true)
        for id in 3...5 { #expect(try await bot.hears("/runbook \(id)")?.text.contains(title) == true) }
        _ = try await bot.hears("/unlink 3")
        #expect(try await bot.hears("/runbook 4")?.text.contains(title) == true)
        #expect(
            try await bot.hears("/unlink 4")?.text
                == "\(begin) SHOP-WEB-4, nor for any \(kind) of shop-web: it was wrong for 3 of them.")
        #expect(try await bot.hears("/runbook 5")?.text.hasPrefix("No runbook fits ") == true)
        // Somebody changes their mind: it is wrong for two of them again.
        _ = try await bot.hears("/link 4 undefined-after-deploy", by: .grace)
        #expect(try await bot.hears("/runbook 5", by: .grace)?.text.contains(title) == true)
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
        // This one's name might be a short id.
        let unlinked = try await bot.hears("/unlink upstream-failing", replyingTo: message)
        #expect(
            unlinked?.text.hasPrefix(
                "📕 <b>An API that we call is slow, limits us or fails</b> is not offered again for SHOP-WEB-6") == true)
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
    /// An issue with one event, which is an exception.
    func addCrash(_ id: Int, _ type: String, _ value: String, frames: [Frame] = []) {
        let event = Event(
            id: String(repeating: "b2", count: 16), date: TestBot.noon, title: "\(type): \(value)",
            exceptions: [Exception(type: type, value: value, frames: frames)])
        add(id, in: "shop-web", events: [event])
    }
}
