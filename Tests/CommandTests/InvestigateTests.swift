import ChatOps
import Domain
import FoundationEssentials
import Investigation
import Sandbox
import Testing

/// `/investigate` on the sample shop: real git, real rg, a GlitchTip that answers as the real one.
@Suite struct InvestigateTests {
    @Test func `names the commit behind a clear case, and offers what to do next`() async throws {
        let bot = try await TestBot.inShop()
        let said = try #require(try await bot.hears("/investigate 2"))
        try Golden.expect("\(said.text)\n\n\(said.buttons)", is: "investigate-2")
    }

    @Test func `a second time it is from the cache, says how old, and offers to look again`() async throws {
        let bot = try await TestBot.inShop()
        let first = try #require(try await bot.hears("/investigate 2"))
        await bot.glitchtip.forgetRequests()
        let second = try #require(try await bot.hears("/investigate SHOP-WEB-2", by: .bob))
        #expect(
            second.text
                == "\(first.text)\n<i>From <tg-time unix=\"1795608000\" format=\"t\">12:00 UTC</tg-time>, a moment old.</i>"
        )
        #expect(second.buttons.contains("Fresh → /investigate 2 fresh"))
        #expect(try await bot.hears("/investigate 2 fresh")?.text == first.text)
    }

    @Test func `a new event makes it look again by itself`() async throws {
        let bot = try await TestBot.inShop()
        _ = try await bot.hears("/investigate 2")
        await bot.glitchtip.addEvent(to: Issue.ID(2))
        #expect(try await bot.hears("/investigate 2")?.text.contains("<i>From") == false)
    }

    @Test func `the report becomes a comment once, with the name of whoever asked`() async throws {
        let bot = try await TestBot.inShop()
        _ = try await bot.hears("/investigate 2")
        let said = try #require(try await bot.hears("/investigate 2 comment", by: .grace))
        #expect(said.text.hasPrefix("💬 The report is under SHOP-WEB-2 · <b>"))
        #expect(
            try await bot.hears("/investigate 2 comment", by: .ada)?.text.hasPrefix(
                "The same report is already under SHOP-WEB-2 · <b>") == true)
        let comments = await bot.glitchtip.comments(on: Issue.ID(2)).filter { $0.contains("Tipline") }
        #expect(comments.count == 1)
        try Golden.expect(try #require(comments.first), is: "investigate-2-comment")
    }

    @Test(arguments: [3, 4, 5, 6, 7, 8, 9, 10, 12])
    func `every sample issue gets an answer without what must not be shown`(number: Int) async throws {
        let bot = try await TestBot.inShop()
        let said = try #require(try await bot.hears("/investigate \(number)"))
        try Golden.expect("\(said.text)\n\n\(said.buttons)", is: "investigate-\(number)")
        for secret in SampleIssues.secrets { #expect(!said.text.contains(secret)) }
        #expect(said.html.length <= HTML.messageLimit)
    }

    @Test(arguments: [
        ("/investigate", "Which issue? Give its number, such as <code>2</code>."),
        ("/investigate 404", "There is no such issue in GlitchTip."),
        ("/investigate 2 please", "I do not understand <code>please</code>."),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        #expect(try await TestBot.inShop().hears(line)?.text == answer)
    }

    @Test func `a project may have several repositories`() async throws {
        let folder = try TemporaryFolder()
        let shop = try await ShopRepository.make(in: folder.path, now: TestBot.noon)
        let entries = try [shop.platform, shop.web, "/nowhere"].map { try #require(RepositoryEntry(text: $0)) }
        let bot = try await TestBot.inShop(repositories: ["shop-web": entries])
        let text = try #require(try await bot.hears("/investigate 2")).text
        let culprit = try #require(shop.commits[ShopRepository.culprit]).prefix(8)
        #expect(text.contains("\nWhere: <code>shop-web/lib/cart.js:25</code> in <code>discount</code>\n"))
        #expect(text.contains("\nLikely commit: <code>\(culprit)</code> in shop-web “\(ShopRepository.culprit)”"))
        #expect(text.contains("\nNo code: There is no git repository at /nowhere.\n"))
        #expect(
            try await bot.hears("/culprit 2 \(culprit)")?.text.hasPrefix("📌 Noted: <code>\(culprit)</code>") == true)
        #expect(
            try await bot.hears("/culprit 2 0123456789")?.text
                == "No repository of shop-web has a commit <code>0123456789</code>, or more than one.")
    }

    @Test(arguments: [false, true])
    func `where the clone has no tags GlitchTip's releases tell, and without them nothing else is missing`(isAway: Bool)
        async throws
    {
        let folder = try TemporaryFolder()
        let shop = try await ShopRepository.make(in: folder.path, now: TestBot.noon)
        for place in ["refs/tags", "packed-refs"] {
            try? FileManager.default.removeItem(atPath: "\(shop.web)/.git/\(place)")
        }
        let entry = try #require(RepositoryEntry(text: shop.web))
        let bot = try await TestBot.inShop(repositories: ["shop-web": [entry]])
        if isAway { await bot.glitchtip.misbehave(.status(500), for: "/releases/", times: 10) }
        let text = try #require(try await bot.hears("/investigate 2")).text
        let culprit = try #require(shop.commits[ShopRepository.culprit]).prefix(8)
        #expect(text.contains("\nLikely commit: <code>\(culprit)</code> “\(ShopRepository.culprit)”"))
        #expect(text.contains("HEAD, as the clone has no tag or commit shop-web@2.3.1."))
        let words = text.split(separator: "\n").filter { $0.contains("written between") }
        #expect(words == (isAway ? [] : ["• written between release 2.2.1 (2026-10-01) and 2.3.1 (2026-11-24)"]))
    }

    @Test(arguments: [
        ("/nowhere/shop", "No code: There is no git repository at /nowhere/shop."),
        (
            "https://user:s3cret@127.0.0.1:1/shop.git",
            "No code: https://127.0.0.1:1/shop.git could not be cloned: the host refuses connections."
        ),
    ])
    func `a repository that cannot be read is said, and the rest is found all the same`(place: String, note: String)
        async throws
    {
        let bot = try await TestBot.inShop(repositories: ["shop-web": [try #require(RepositoryEntry(text: place))]])
        let text = try #require(try await bot.hears("/investigate 2")).text
        #expect(text.contains(note))
        #expect(text.contains("Solved before"))
        #expect(!text.contains("s3cret"))
    }
}
