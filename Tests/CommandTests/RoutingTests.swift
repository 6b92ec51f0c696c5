import Domain
import HTTP
import Sandbox
import Storage
import Telegram
import Testing

/// Who is heard, and what is taken for a command.
@Suite struct RoutingTests {
    let bot: TestBot

    init() async throws {
        bot = try TestBot()
        await bot.glitchtip.add(2, title: "TypeError: cart")
    }

    @Test(arguments: ["hello", "resolve 2", "look: /issue 2", "/issue@another_bot 2", "", "👍"])
    func `talk among people is left alone`(line: String) async throws {
        #expect(try await bot.hears(line) == nil)
    }

    @Test(arguments: ["/issue@tipline_bot 2", "/ISSUE 2", "/issue   2  ", "/issue\n2"])
    func `a command is a command however it is typed`(line: String) async throws {
        #expect(try await bot.hears(line)?.text.contains("SHOP-WEB-1") == true)
    }

    @Test func `an unknown command is said, with a way on`() async throws {
        #expect(
            try await bot.hears("/reslove 2")?.text
                == "There is no command <code>/reslove</code>. Did you mean /resolve? /help lists them all.")
        #expect(
            try await bot.hears("/<b>xyzzy</b> 2")?.text
                == "There is no command <code>/&lt;b&gt;xyzzy&lt;/b&gt;</code>. /help lists them all.")
    }

    @Test func `a stranger gets no answer and is counted`() async throws {
        #expect(try await bot.hears("/resolve 2", by: .mallory, in: 6660) == nil)
        #expect(try await bot.hears("/help", by: .ada, in: -5) == nil)
        #expect(await bot.glitchtip.status(of: Issue.ID(2)) == .unresolved)
        #expect(await bot.health.report().strangers == 2)
    }

    @Test func `a reply to a message about an issue means that issue`() async throws {
        let message = try #require(try await bot.hears("/issue 2")).message
        #expect(try await bot.hears("/resolve", replyingTo: message)?.text.hasPrefix("✅ Resolved") == true)
        #expect(
            try await bot.hears("/comment only with an empty cart", replyingTo: message)?.text.hasPrefix("💬 Written")
                == true)
        #expect(await bot.glitchtip.comments(on: Issue.ID(2)) == ["only with an empty cart\n\n— Ada, by Tipline"])
    }

    @Test func `a chat that refused us once gets answers again when somebody in it is heard`() async throws {
        let message = try #require(try await bot.hears("/issue 2")).message
        try await bot.ledger.pause(chat: StandInTelegram.teamChat, reason: "kicked", at: TestBot.noon)
        #expect(try await bot.hears("/issue 2") != nil)
        try await bot.ledger.pause(chat: StandInTelegram.teamChat, reason: "kicked", at: TestBot.noon)
        #expect(try await bot.feels("/issue 2", under: message) != nil)
        #expect(try await bot.ledger.queues().pausedChats == 0)
    }

    @Test func `a line that may be for another bot waits for Telegram, and its tries do not count`() async throws {
        let outage = Outage(6)
        let telegram = Client { request in
            guard await outage.isOver() else { throw Failure(.unreachable, "Could not connect") }
            return try await Client.agreeable.send(request)
        }
        let bot = try TestBot(telegram: telegram)
        await bot.glitchtip.add(2, title: "TypeError: cart")
        await #expect(throws: BotAPIError.self) { try await bot.hears("/issue@tipline_bot 2") }
        for _ in 2...6 { await #expect(throws: BotAPIError.self) { try await bot.triesAgain() } }
        #expect(try await bot.triesAgain()?.text.contains("SHOP-WEB-1") == true)
    }

    @Test func `a person who asks too much is told when again`() async throws {
        for _ in 1...10 { #expect(try await bot.hears("/start", by: .bob) != nil) }
        let refusal = try #require(try await bot.hears("/start", by: .bob)).text
        #expect(refusal == "That was a lot at once. Ask again in 3 s.")
        #expect(try await bot.hears("/start", by: .ada)?.text.hasPrefix("<b>I am Tipline.") == true)
    }

    @Test(arguments: [
        "{\"update_id\":7}", "{\"update_id\":7,\"message\":{\"message_id\":1}}", "nonsense", "",
        "{\"update_id\":7,\"edited_message\":{}}",
    ])
    func `an update that cannot be read is finished and holds up no other`(payload: String) async throws {
        try await bot.receive(raw: payload)
        #expect(try await bot.ledger.queues().inbox == 0)
        #expect(try await bot.hears("/start") != nil)
    }
}

/// A server that is away for so many requests.
private actor Outage {
    private var left: Int

    init(_ left: Int) { self.left = left }

    func isOver() -> Bool {
        left -= 1
        return left < 0
    }
}
