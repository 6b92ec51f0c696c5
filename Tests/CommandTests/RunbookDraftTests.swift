import Domain
import FoundationEssentials
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
        try Golden.expect(said.text, is: "runbook-new-8")
        #expect(said.buttons.isEmpty)
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
        ("/runbook new 8 commit", "The first folder of <code>TIPLINE_RUNBOOKS</code> is in no git work tree."),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        let bot = try TestBot()
        try await Self.solve(bot)
        #expect(try await bot.hears(line)?.text == answer)
    }

    @Test func `writes it on a branch of the team's work tree, once`() async throws {
        let folder = try TemporaryFolder()
        let shop = try await ShopRepository.make(in: folder.path, now: TestBot.noon)
        let bot = try TestBot(code: folder, library: Library(folders: [shop.web]))
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
}
