import Domain
import FoundationEssentials
import Runbooks
import Sandbox
import Testing

@testable import ChatOps

/// Steps that are ticked off, and whether a runbook helped.
@Suite struct RunbookStepTests {
    @Test func `a step is ticked off in place, with who and when, and taken back`() async throws {
        let bot = try await TestBot.inShop()
        let page = try #require(try await bot.hears("/runbook 8"))
        let line = "/runbook 8 1.2 database-connections"
        #expect(page.buttons.contains("1.2 → \(line)"))

        let ticked = try #require(try await bot.feels(line, under: page.message, by: .grace))
        #expect(ticked.isEdit)
        #expect(ticked.message == page.message)
        #expect(ticked.text.contains("\n1 of 14 steps done.\n"))
        #expect(
            ticked.text.contains(
                "\n✓ Grace <tg-time unix=\"1795608000\" format=\"t\">12:00 UTC</tg-time> · 1.2 Who holds the connections?\n"
            ))
        #expect(ticked.buttons.contains("✓ 1.2 → /runbook 8 -1.2 database-connections"))
        #expect(try await bot.ledger.audit(limit: 1).first?.outcome == "did 1.2 of database-connections")

        // Pressed by two at once: who was first stays, and the page stands as it is.
        let again = try await bot.feels(line, under: page.message, by: .ada)
        #expect(again?.text == nil)
        let progress = try await bot.ledger.progress(of: "database-connections", for: Domain.Issue.ID(8))
        #expect(progress.ticks["1.2"]?.name == "Grace")

        let back = try #require(
            try await bot.feels("/runbook 8 -1.2 database-connections", under: page.message))
        #expect(back.text == page.text)
        #expect(back.buttons == page.buttons)
    }

    @Test func `everybody has one word on whether it helped, and may change it`() async throws {
        let bot = try await TestBot.inShop()
        let page = try #require(try await bot.hears("/runbook 8"))
        let (yes, no) = ("/runbook 8 yes database-connections", "/runbook 8 no database-connections")
        #expect(page.buttons.contains("👍 Helped → \(yes) | 👎 Didn't → \(no)"))
        _ = try await bot.feels(yes, under: page.message)
        _ = try await bot.feels(yes, under: page.message)
        var said = try #require(try await bot.feels(no, under: page.message, by: .grace))
        #expect(said.isEdit)
        #expect(said.buttons.contains("👍 Helped (1) → \(yes) | 👎 Didn't (1) → \(no)"))
        #expect(try await bot.ledger.audit(limit: 1).first?.outcome == "database-connections did not help")
        said = try #require(try await bot.feels(no, under: page.message))
        #expect(said.buttons.contains("👍 Helped → \(yes) | 👎 Didn't (2) → \(no)"))
    }

    @Test func `typed, it is answered below`() async throws {
        let bot = try await TestBot.inShop()
        let said = try #require(try await bot.hears("/runbook 8 1.1"))
        #expect(!said.isEdit)
        #expect(said.text.contains("✓ Ada "))
    }

    @Test(arguments: [
        ("/runbook 8 9.9", "<code>9.9</code> is no step of <b>The database refuses connections, or has none left</b>."),
        ("/runbook 8 4.1", "<code>4.1</code> is no step of <b>The database refuses connections, or has none left</b>."),
        ("/runbook 8 1.1.1", "There is no runbook <code>1.1.1</code>. /runbooks lists them all."),
        ("/runbook 8 1.1 unknown", "There is no runbook <code>unknown</code>. /runbooks lists them all."),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        #expect(try await TestBot.inShop().hears(line)?.text == answer)
    }

    @Test func `all buttons fit Telegram, whatever the runbook`() async throws {
        let bot = try TestBot()
        await bot.glitchtip.add(12_345_678, title: "Error")
        for name in await Library.shipped.current().runbooks.map(\.name) {
            let said = try #require(try await bot.hears("/runbook 12345678 \(name)"))
            #expect(said.keyboard.joined().count <= 100)
            for case .line(let line) in said.keyboard.joined().map(\.action) { #expect(line.utf8.count <= 64) }
        }
    }
}
