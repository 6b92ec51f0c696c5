import Domain
import FoundationEssentials
import Investigation
import Runbooks
import Sandbox
import Testing

/// What `/runbook new` says and writes.
@Suite struct RunbookDraftTests {
    /// An issue that was solved: a step ticked, a comment, resolved.
    private static func solve(_ bot: TestBot) async throws {
        await bot.glitchtip.addCrash(8, "VoucherError", "the till is shut")
        _ = try await bot.hears("/runbook 8 1.1 upstream-failing")
        _ = try await bot.hears("/comment 8 opened the till with the spare key")
        _ = try await bot.hears("/resolve 8")
    }

    @Test func `shows a draft with what was done`() async throws {
        let bot = try TestBot()
        try await Self.solve(bot)
        let said = try #require(try await bot.hears("/runbook new 8"))
        #expect(
            said.text == """
                📝 A draft from SHOP-WEB-1, to be edited: <code>vouchererror-the-till-is-shut.md</code>
                For errors with type VoucherError.
                From 1 step, 1 comment.
                ———
                Edit it, and put it beside your other runbooks.
                """)
        #expect(said.buttons.isEmpty)
        #expect(said.document?.name == "vouchererror-the-till-is-shut.md")
        try Golden.expect(try #require(said.document).text, is: "runbook-new-8")
    }

    @Test func `names the commit that changed the line afterwards, which may have mended it`() async throws {
        let bot = try await TestBot.inShop()
        _ = try await bot.hears("/resolve 4")
        let said = try #require(try await bot.hears("/runbook new 4")?.document)
        try Golden.expect(said.text, is: "runbook-new-4")
    }

    @Test func `names the commit that was behind it, the surer the more people said`() async throws {
        let bot = try await TestBot.inShop()
        _ = try await bot.hears("/resolve 2")
        let said = try #require(try await bot.hears("/runbook new 2"))
        #expect(said.text.contains("\nFrom commit "))
        try Golden.expect(try #require(said.document).text, is: "runbook-new-2")
        let hits = try await bot.ledger.hitRate(
            from: TestBot.noon.addingTimeInterval(-60), to: TestBot.noon.addingTimeInterval(60))
        #expect(hits.investigations == 0)

        _ = try await bot.hears("/investigate 2")
        let named = try #require(try await bot.ledger.named(for: Issue.ID(2)).first)
        _ = try await bot.hears("/right 2 \(named.sha)")
        let right = try #require(try await bot.hears("/runbook new 2")?.document)
        #expect(right.text.contains("which was resolved. Behind it was `\(named.sha.prefix(8))` “"))
        let other = try #require(try await bot.ledger.named(for: Issue.ID(2)).last)
        _ = try await bot.hears("/culprit 2 \(other.sha)")
        let taught = try #require(try await bot.hears("/runbook new 2")?.document)
        #expect(taught.text.contains("which was resolved. Behind it was `\(other.sha.prefix(8))` “"))
    }

    @Test func `says when nobody left a trace of what helped`() async throws {
        let bot = try TestBot()
        await bot.glitchtip.add(8, title: "!")
        _ = try await bot.hears("/resolve 8")
        let said = try #require(try await bot.hears("/runbook new 8"))
        #expect(
            said.text == """
                📝 A draft from SHOP-WEB-1, to be edited: <code>shop-web-1.md</code>
                It has no rule yet: write one under “matches”.
                Nobody ticked a step or wrote a comment: write what helped.
                ———
                Edit it, and put it beside your other runbooks.
                """)
    }

    @Test func `only of what was resolved`() async throws {
        let bot = try TestBot()
        await bot.glitchtip.addCrash(8, "VoucherError", "the till is shut")
        #expect(
            try await bot.hears("/runbook new 8")?.text
                == "SHOP-WEB-1 is not resolved: what helped is not known yet.")
    }

    @Test(arguments: [
        ("/runbook new", "Which issue? Give its number, such as <code>2</code>."),
        ("/runbook new 8 now", "I do not understand <code>now</code>."),
        ("/runbook new 404", "There is no such issue in GlitchTip."),
        ("/runbook new 8 commit", "The first folder of <code>TIPLINE_RUNBOOKS</code> is in no git repository."),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        let bot = try TestBot()
        try await Self.solve(bot)
        #expect(try await bot.hears(line)?.text == answer)
    }

    @Test func `writes it on a branch of the team's work tree, once`() async throws {
        let folder = try TemporaryFolder()
        let shop = try await ShopRepository.make(in: folder.path, now: TestBot.noon)
        let bot = try TestBot(code: folder) { await .around(shop.web) }
        await bot.glitchtip.addCrash(8, "VoucherError", "the till is shut")
        _ = try await bot.hears("/resolve 8")
        let shown = try #require(try await bot.hears("/runbook new 8"))
        #expect(shown.buttons == "Write on branch → /runbook new 8 commit")
        #expect(
            try await bot.hears("/runbook new 8 commit", by: .bob)?.text.hasPrefix("That takes a responder.") == true)

        let written = try #require(try await bot.hears("/runbook new 8 commit")).text
        #expect(
            written.hasPrefix(
                "📝 <code>vouchererror-the-till-is-shut.md</code> is on the branch <code>tipline/runbook-8</code>, commit <code>"
            ))
        #expect(try await bot.ledger.audit(limit: 1).first?.outcome == "drafted vouchererror-the-till-is-shut")
        #expect(
            try await bot.hears("/runbook new 8 commit")?.text
                == "The branch <code>tipline/runbook-8</code> is there already.")
    }

    @Test func `pushes it to the address that the runbooks are from, and sends the file when that cannot be`()
        async throws
    {
        let folder = try TemporaryFolder()
        let shop = try await ShopRepository.make(in: folder.path, now: TestBot.noon)
        let entry = try #require(RepositoryEntry(text: "file://\(shop.web)#ops"))
        let checkouts = Checkouts([entry], folder: folder.path + "/runbooks", patience: .seconds(30))
        await checkouts.refresh()
        let bot = try TestBot(code: folder) { await checkouts.writable(entry) }
        await bot.glitchtip.addCrash(8, "VoucherError", "the till is shut")
        _ = try await bot.hears("/resolve 8")

        let away = shop.web + "-away"
        try FileManager.default.moveItem(atPath: shop.web, toPath: away)
        let failed = try #require(try await bot.hears("/runbook new 8 commit"))
        #expect(
            failed.text.hasPrefix(
                "The branch could not be pushed: there is no such repository. Here is <code>vouchererror-the-till-is-shut.md</code>, to be committed by hand."
            ))
        #expect(failed.document?.text.hasPrefix("---\ntitle: ") == true)
        #expect(try await bot.ledger.audit(limit: 1).first?.outcome != "drafted vouchererror-the-till-is-shut")

        try FileManager.default.moveItem(atPath: away, toPath: shop.web)
        let written = try #require(try await bot.hears("/runbook new 8 commit")).text
        #expect(written.hasSuffix("</code>, pushed."))
    }

    @Test func `git's refusal is told in plain words`() async throws {
        let folder = try TemporaryFolder()
        let shop = try await ShopRepository.make(in: folder.path, now: TestBot.noon)
        let repository = try #require(await WritableRepository.around(shop.web))
        let bot = try TestBot(code: folder) { repository }
        await bot.glitchtip.addCrash(8, "VoucherError", "the till is shut")
        _ = try await bot.hears("/resolve 8")
        try FileManager.default.removeItem(atPath: shop.web + "/.git/objects")
        #expect(
            try await bot.hears("/runbook new 8 commit")?.text
                == "git refused to write there. May Tipline write to the repository?")
    }
}
