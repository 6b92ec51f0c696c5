import Domain
import Sandbox
import Testing

/// What people hear when GlitchTip is not well: always a plain sentence, never a status page.
@Suite struct GlitchTipTroubleTests {
    let bot: TestBot

    init() async throws {
        bot = try TestBot()
        await bot.glitchtip.add(2, title: "TypeError: cart")
    }

    @Test(arguments: [
        (StandInGlitchTip.Misbehaviour.status(500), "GlitchTip: it failed (error 500). Try again in a minute."),
        (.status(502), "GlitchTip: it is too busy. Try again in a minute."),
        (.webPage, "GlitchTip: it answered with a web page instead of data. Is GLITCHTIP_URL right?"),
        (.brokenJSON, "GlitchTip: its answer about /api/0/issues/2/ cannot be read."),
        (.halfAnAnswer, "GlitchTip: it cannot be reached (Transferred a partial file)."),
        (.hangUp, "GlitchTip: it cannot be reached (Server returned nothing)."),
        (.unauthorized, "GlitchTip: it does not know my token. Somebody must set GLITCHTIP_TOKEN anew."),
    ])
    func `is said in plain words`(fault: StandInGlitchTip.Misbehaviour, answer: String) async throws {
        await bot.glitchtip.misbehave(fault, for: "/issues/2/", times: 10)
        #expect(try await bot.hears("/issue 2")?.text == answer)
        #expect(try await bot.hears("/resolve 2")?.text == answer)
        await bot.glitchtip.behave()
        #expect(await bot.glitchtip.status(of: Issue.ID(2)) == .unresolved)
    }

    @Test func `a token without the scope to write is told from a wrong one`() async throws {
        await bot.glitchtip.revoke(bot.glitchtip.token)
        #expect(
            try await bot.hears("/resolve 2")?.text
                == "GlitchTip: it does not know my token. Somebody must set GLITCHTIP_TOKEN anew.")
        await bot.glitchtip.addToken(bot.glitchtip.token, scopes: ["event:read", "project:read", "org:read"])
        #expect(
            try await bot.hears("/resolve 2")?.text == "GlitchTip: my token may not do that. It needs another scope.")
    }
}
