import Domain
import Sandbox
import Testing

@Suite struct StatusTests {
    let bot: TestBot

    init() throws { bot = try TestBot() }

    @Test func `says that all is well`() async throws {
        let text = try #require(try await bot.hears("/status")).text
        #expect(
            text == """
                <b>All is well.</b>
                Tipline 0.1.0, running for 2 h 3 min
                ✓ GlitchTip 5.2.x-stand-in
                – Redis is not set up: cache and limits are in memory
                Nothing is waiting.
                """)
    }

    @Test func `says what is wrong and since when`() async throws {
        await bot.glitchtip.misbehave(.status(502), times: 10)
        #expect(
            try await bot.hears("/status")?.text.contains(
                "<b>Something is wrong.</b>\nTipline 0.1.0, running for 2 h 3 min\n✗ GlitchTip: answers with error 502, since "
            ) == true)
    }
}
