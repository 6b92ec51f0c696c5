import ChatOps
import Domain
import FoundationEssentials
import Sandbox
import Testing

/// What `/stats`, `/top`, `/compare` and `/audit` say, in the stand-in shop.
@Suite struct StatisticsCommandTests {
    @Test(arguments: [
        ("/stats", "stats"), ("/stats shop-web 7d", "stats-week"), ("/stats mobile-app 1h", "stats-quiet"),
    ])
    func `says how much happened, and draws it`(line: String, golden: String) async throws {
        let said = try #require(try await TestBot.inShop().hears(line))
        try Golden.expect("\(said.text)\n\n\(said.buttons)", is: golden)
        let png = try #require(said.picture?.png)
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        if let folder = ProcessInfo.processInfo.environment["PICTURES"] {
            try Data(png).write(to: URL(filePath: "\(folder)/\(golden).png"))
        }
    }

    @Test(arguments: [("/top", "top"), ("/top shop-web 14d", "top-fortnight")])
    func `lists what happens most, and to most people`(line: String, golden: String) async throws {
        let said = try #require(try await TestBot.inShop().hears(line))
        try Golden.expect("\(said.text)\n\n\(said.buttons)", is: golden)
    }

    @Test(arguments: [("/compare 2.3.1", "compare"), ("/compare 2.2.1 shop-web@2.3.1", "compare-two")])
    func `says what came with a release and what went`(line: String, golden: String) async throws {
        let said = try #require(try await TestBot.inShop().hears(line))
        try Golden.expect("\(said.text)\n\n\(said.buttons)", is: golden)
    }

    @Test func `says what events lack, and names what they should not hold without showing it`() async throws {
        let text = try #require(try await TestBot.inShop().hears("/audit shop-web 30d")).text
        try Golden.expect(text, is: "audit")
        for secret in SampleIssues.secrets { #expect(!text.contains(secret)) }
    }

    @Test(arguments: [
        ("/stats unicorn", "There is no project <code>unicorn</code>. There are: billing-api, mobile-app, shop-web."),
        ("/stats 100d", "From <code>1h</code> to <code>90d</code>, please."),
        ("/stats 5m", "From <code>1h</code> to <code>90d</code>, please."),
        ("/top 15d", "GlitchTip counts single issues for 14 days: <code>/top 14d</code> is the longest."),
        ("/compare", "Which release? Such as <code>/compare 2.3.1</code>."),
        ("/compare 2.3.1 2.3.1", "That is the same release twice."),
        ("/audit", "Which project? Such as <code>/audit shop-web</code>."),
        ("/audit 7d", "Which project? Such as <code>/audit shop-web 7d</code>."),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        #expect(try await TestBot.inShop().hears(line)?.text == answer)
    }

    @Test func `an unknown release is answered with the newest ones`() async throws {
        let text = try #require(try await TestBot.inShop().hears("/compare 9.9.9")).text
        #expect(text.hasPrefix("There is no release <code>9.9.9</code>. The newest are "))
    }

    @Test(arguments: [
        (["shop-web", "billing-api"], "\n1200 new issues, 1199 still open\n"),
        (["shop-web"], "\n1000 or more new issues, at least 1000 still open\n"),
    ])
    func `new issues are counted beyond the thousand that GlitchTip counts to`(
        projects: [String], line: String
    ) async throws {
        let bot = try TestBot()
        for number in 1...1200 {
            await bot.glitchtip.add(number, title: "Error: \(number)", in: projects[number % projects.count])
        }
        await bot.glitchtip.setStatus(.resolved, on: Issue.ID(7))
        let text = try #require(try await bot.hears("/stats 30d")).text
        #expect(text.contains(line), "\(text)")
    }

    @Test func `an empty GlitchTip has nothing to tell`() async throws {
        let bot = try TestBot()
        #expect(try await bot.hears("/top")?.text == "No events · last 24h. 🎉")
        #expect(try await bot.hears("/compare 1")?.text == "GlitchTip knows of no release: no event named one.")
        #expect(
            try await bot.hears("/stats")?.text == """
                📊 <b>0 events</b> · last 24h
                Too few to say (0)
                No new issues
                ———
                Blue: 0 events in the last 24h. Grey, behind: 0 in the 24h before.
                """)
        await bot.glitchtip.add(Project(id: 9, slug: "quiet", name: "Quiet"))
        #expect(try await bot.hears("/audit quiet")?.text == "No events · quiet · last 7d: nothing to audit.")
    }
}
