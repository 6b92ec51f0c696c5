import HTTP
import Sandbox
import Testing

@testable import ChatOps

@Suite struct TallyTests {
    @Test(arguments: [
        ("sendMessage", Tally.Kind.message), ("sendPhoto", .message), ("sendDocument", .message),
        ("editMessageText", .edit), ("answerCallbackQuery", .answer), ("sendChatAction", nil), ("getUpdates", nil),
    ])
    func `what a chat is shown is counted by its kind, and so is what Telegram did not take`(
        method: String, kind: Tally.Kind?
    ) async throws {
        let tally = Tally()
        let request = Request(.post, "https://telegram.example.com/bot1:a/\(method)")
        _ = try await Client { _ in Response(status: 200, body: []) }.counted(by: tally).send(request)
        _ = try await Client { _ in Response(status: 429, body: []) }.counted(by: tally).send(request)
        await #expect(throws: Failure.self) {
            try await Client { _ in throw Failure(.broken, "gone") }.counted(by: tally).send(request)
        }
        #expect(await tally.sent == (kind.map { [$0: 1] } ?? [:]))
        #expect(await tally.refused == (kind.map { [$0: 2] } ?? [:]))
    }

    @Test func `an investigation that was done, one that was kept and one that failed are told apart`() async throws {
        let bot = try await TestBot.inShop()
        _ = try await bot.hears("/investigate 2")
        let seconds = await bot.tally.seconds
        _ = try await bot.hears("/investigate 2")
        _ = try await bot.hears("/investigate 404")
        await bot.glitchtip.misbehave(.status(502), times: 10)
        _ = try await bot.hears("/investigate 2")
        #expect(await bot.tally.investigations == [.done: 1, .cached: 1, .failed: 1])
        #expect(seconds > 0)
        #expect(await bot.tally.seconds == seconds)
    }
}
