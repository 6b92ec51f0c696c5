import ChatOps
import Domain
import FoundationEssentials
import GlitchTip
import HTTP
import Logging
import Sandbox
import Testing

@testable import Commands

/// A picture that does not come about is no reason to be silent, nor to be silent about it.
@Suite struct PictureFaultTests {
    private struct Torn: Error {}

    @Test(arguments: [(true, "a picture could not be drawn"), (false, "a picture is too large to be kept")])
    func `the numbers come without it, and the log says why`(fails: Bool, words: String) async throws {
        let glitchtip = StandInGlitchTip(now: { TestBot.noon })
        await glitchtip.add(1, title: "Error: a", lastSeen: TestBot.noon.addingTimeInterval(-3600))
        let (said, continuation) = AsyncStream.makeStream(of: String.self)
        let bot = try TestBot(glitchtip: glitchtip)
        let api = GlitchTipAPI(
            base: "https://glitchtip.example.com", token: Secret(glitchtip.token),
            organization: glitchtip.organization.slug, http: Client(answering: glitchtip))
        let command = ShowStatistics(
            glitchtip: api, history: History(ledger: bot.ledger, glitchtip: api), zone: .utc,
            log: Logger(label: "test") { _ in Listener { continuation.yield($0) } },
            draw: { _ in
                if fails { throw Torn() }
                return [UInt8](repeating: 0, count: Picture.largest + 1)
            })
        let reply = try await command.run(
            Call(
                key: "update:1", sender: Call.Sender(id: 1, name: "Ada"), role: .observer,
                place: Destination(chat: -1), line: "/stats", arguments: Arguments(""), date: TestBot.noon))
        continuation.finish()
        #expect(reply.picture == nil)
        #expect(reply.text.markup.hasPrefix("📊 <b>1 event</b>"))
        var lines: [String] = []
        for await line in said { lines.append(line) }
        #expect(lines == [words])
    }
}
