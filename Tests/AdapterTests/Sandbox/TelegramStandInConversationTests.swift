import Domain
import FoundationEssentials
import HTTP
import Telegram
import Testing

@testable import Sandbox

/// Our own Bot API client against the stand-in, over real connections.
@Suite(.timeLimit(.minutes(5))) struct TelegramStandInConversationTests {
    private static let team = Destination(chat: StandInTelegram.teamChat)

    @Test func `a waiting poll is woken by a message`() async throws {
        try await withTelegram { telegram, bot in
            async let updates = bot.updates(from: nil, wait: .seconds(50))
            await telegram.untilPolled()
            await telegram.say("/help", by: .bob)
            let woken = try await updates
            #expect(woken.count == 1)
        }
    }

    @Test func `asking from an offset forgets all before it, for good`() async throws {
        try await withTelegram { telegram, bot in
            for text in ["one", "two", "three"] { await telegram.say(text, by: .ada) }
            let first = try await bot.updates(from: nil, wait: .zero)
            #expect(first.count == 3)
            #expect(try await bot.updates(from: nil, wait: .zero) == first)
            #expect(try await bot.updates(from: first[1].id, wait: .zero, limit: 1) == [first[1]])
            #expect(try await bot.updates(from: first[2].id + 1, wait: .zero) == [])
            #expect(try await bot.updates(from: 1, wait: .zero) == [])
            #expect(await telegram.unconfirmed == 0)
        }
    }

    @Test func `the bot knows the chats that it is in`() async throws {
        try await withTelegram { telegram, bot in
            let other: Int64 = -1_001_000_000_002
            var known = [try await bot.knows(Self.team.chat), try await bot.knows(other)]
            await telegram.setMembership(true, in: other)
            known.append(try await bot.knows(other))
            await telegram.setMembership(false, in: other)
            known.append(try await bot.knows(other))
            #expect(known == [true, false, true, false])
        }
    }

    @Test func `a repeated delivery is the same update`() async throws {
        try await withTelegram { telegram, bot in
            let message = await telegram.say("/resolve 2", by: .grace, updateID: 41)
            let first = try await bot.updates(from: nil, wait: .zero)
            #expect(first.map(\.id) == [41])
            let again = await telegram.say("/resolve 2", by: .grace, updateID: 41)
            #expect(again == message)
            #expect(try await bot.updates(from: 42, wait: .zero) == first)
            #expect(try await bot.updates(from: 42, wait: .zero) == [])
            let press = await telegram.press("/undo", under: message, by: .grace, updateID: 50)
            #expect(await telegram.press("/undo", under: message, by: .grace, updateID: 50) == press)
        }
    }

    @Test func `a second poller ends the first`() async throws {
        try await withTelegram { telegram, bot in
            await withTaskGroup(of: BotAPIError?.self) { group in
                group.addTask { await Self.error { _ = try await bot.updates(from: nil, wait: .seconds(50)) } }
                await telegram.untilPolled()
                group.addTask { await Self.error { _ = try await bot.updates(from: nil, wait: .seconds(50)) } }
                #expect(await group.next() == .conflict)
                await telegram.untilPolled()
                await telegram.say("/help", by: .bob)
                #expect(await group.next() == .some(nil))
            }
        }
    }

    @Test func `a webhook is in the way until it is deleted`() async throws {
        try await withTelegram { telegram, bot in
            await telegram.setWebhook()
            #expect(await Self.error { _ = try await bot.updates(from: nil, wait: .zero) } == .conflict)
            try await bot.deleteWebhook()
            #expect(try await bot.updates(from: nil, wait: .zero) == [])
        }
    }

    @Test func `rubbish is delivered among the rest`() async throws {
        try await withTelegram { telegram, bot in
            await telegram.inject(rawUpdate: "{\"update_id\":7,\"message\":\"no\"}")
            await telegram.inject(rawUpdate: "{\"update_id\":8,\"chat_boost\":{\"boost\":[]}}")
            await telegram.inject(rawUpdate: "{\"no\":\"number\"}")
            await telegram.say("/help", by: .bob, updateID: 9)
            let updates = try await bot.updates(from: nil, wait: .zero)
            #expect(updates.map(\.id) == [7, 8, 9])
            #expect(throws: (any Error).self) { _ = try Update.decode(updates[0].payload) }
            #expect(try Update.decode(updates[1].payload).kind == .unknown)
        }
    }

    @Test func `kinds that were not asked for do not come`() async throws {
        try await withTelegram { telegram, bot in
            _ = try await bot.updates(from: nil, wait: .zero)
            await telegram.setMembership(true, in: -1_001_000_000_002)
            let updates = try await bot.updates(from: nil, wait: .zero)
            let kinds = try updates.map { try Update.decode($0.payload).kind }
            #expect(kinds == [.membership(chat: -1_001_000_000_002, isMember: true)])
            await telegram.enqueue("poll", ["id": "1"])
            #expect(await telegram.unconfirmed == 1)
        }
    }

    @Test func `topics, replies and presses arrive as the bot reads them`() async throws {
        try await withTelegram { telegram, bot in
            let general = await telegram.say("a", by: .bob)
            await telegram.say("b", by: .bob, thread: 17)
            await telegram.say("c", by: .bob, replyingTo: general)
            let sent = try await bot.send(
                Content(
                    .plain("d"), keyboard: InlineKeyboardMarkup(rows: [[try #require(.init("x", callbackData: "/x"))]])),
                to: Destination(chat: Self.team.chat, thread: 17))
            await telegram.press("/x", under: sent, by: .grace)
            let kinds = try await bot.updates(from: nil, wait: .zero).map { try Update.decode($0.payload).kind }
            let messages = kinds.compactMap { if case .message(let message) = $0 { message } else { nil } }
            #expect(messages.map(\.thread) == [nil, 17, nil])
            #expect(messages.map(\.repliedTo) == [nil, nil, general])
            guard case .callback(let query) = kinds.last else {
                Testing.Issue.record("no press")
                return
            }
            #expect(query.data == "/x")
            #expect(query.message?.id == sent)
            #expect(query.message?.thread == 17)
            #expect(query.sender.id == Person.grace.id)
        }
    }

    @Test(
        arguments: [
            (.tooManyRequests(retryAfter: 7), .tooManyRequests(7)), (.status(502), .server(502)),
            (.brokenJSON, .malformed), (.webPage, .malformed),
            (.forbidden, .forbidden("Forbidden: bot was kicked from the supergroup chat")),
            (.migrated(to: -100_99), .migrated(-100_99)), (.topicGone, .topicGone), (.unparseable, .unparseable),
            (.unauthorized, .unauthorized), (.conflict, .conflict),
            (.refused("CHAT_RESTRICTED"), .refused("Bad Request: CHAT_RESTRICTED")),
        ] as [(StandInTelegram.Misbehaviour, BotAPIError)])
    func `misbehaves as ordered, so often and no more`(
        fault: StandInTelegram.Misbehaviour, error: BotAPIError
    ) async throws {
        try await withTelegram { telegram, bot in
            await telegram.misbehave(fault, for: .sendMessage, times: 2)
            _ = try await bot.me()
            for _ in 1...2 {
                #expect(await Self.error { _ = try await bot.send(Content(.plain("x")), to: Self.team) } == error)
            }
            #expect(await telegram.shown().isEmpty)
            _ = try await bot.send(Content(.plain("x")), to: Self.team)
            #expect(await telegram.shown().count == 1)
            #expect(await telegram.calls.filter { $0.method == "sendMessage" }.count == 3)
        }
    }

    @Test(arguments: [
        (StandInTelegram.Misbehaviour.hangUpBefore, 0), (.hangUpAfterTaking, 1), (.halfAnAnswer, 1),
    ])
    func `a dropped connection says nothing about the message`(
        fault: StandInTelegram.Misbehaviour, taken: Int
    ) async throws {
        try await withTelegram { telegram, bot in
            await telegram.misbehave(fault, for: .sendMessage, in: Self.team.chat)
            let error = await Self.error { _ = try await bot.send(Content(.plain("x")), to: Self.team) }
            guard case .unreachable(_, let isUnsent) = error else {
                Testing.Issue.record("\(String(describing: error))")
                return
            }
            #expect(!isUnsent)
            #expect(await telegram.shown().count == taken)
        }
    }

    @Test func `limits are off until they are switched on`() async throws {
        try await withTelegram { telegram, bot in
            let send = { (chat: Int64) in
                await Self.error { _ = try await bot.send(Content(.plain("x")), to: Destination(chat: chat)) }
            }
            for _ in 1...10 { #expect(await send(Self.team.chat) == nil) }
            await telegram.limitSending(true)
            for _ in 1...5 { #expect(await send(Self.team.chat) == nil) }
            #expect(await send(Self.team.chat) == .tooManyRequests(1))
            #expect(await send(Self.team.chat) == .tooManyRequests(2), "sending during the wait makes it longer")
            await telegram.say("hello", by: .bob, in: Person.bob.id)
            #expect(await send(Person.bob.id) == nil, "the wait is that chat's alone")
        }
    }

    @Test func `a group that became a supergroup is followed by its new id`() async throws {
        try await withTelegram { telegram, bot in
            await telegram.say("hello", by: .ada, in: -4001)
            await telegram.upgrade(-4001, to: -1_001_000_004_001)
            let old = await Self.error { _ = try await bot.send(Content(.plain("x")), to: Destination(chat: -4001)) }
            #expect(old == .migrated(-1_001_000_004_001))
            _ = try await bot.send(Content(.plain("x")), to: Destination(chat: -1_001_000_004_001))
        }
    }

    @Test func `nothing that happened between two waits is missed`() async throws {
        try await withTelegram { telegram, bot in
            let changes = await telegram.changes()
            let id = try await bot.send(Content(.plain("one")), to: Self.team)
            try await bot.typing(in: Self.team)
            try await bot.edit(id, in: Self.team.chat, to: Content(.plain("two")))
            _ = try await bot.send(Content(.plain("three")), to: Self.team)
            #expect(try await telegram.nextMessage().plain == "one")
            #expect(try await telegram.next { if case .edited = $0 { true } else { false } }.message?.plain == "two")
            #expect(try await telegram.nextMessage().plain == "three")
            #expect(try await telegram.shown { $0.count == 2 }.map(\.plain) == ["two", "three"])
            var seen: [StandInTelegram.Change] = []
            for await change in changes {
                seen.append(change)
                if seen.count == 4 { break }
            }
            #expect(seen.compactMap(\.message?.plain) == ["one", "two", "three"])
        }
    }

    @Test func `a wait ends when nobody waits any more`() async throws {
        let telegram = StandInTelegram()
        let wait = Task { try await telegram.nextMessage() }
        wait.cancel()
        await #expect(throws: CancellationError.self) { try await wait.value }
    }

    private static func error(_ body: () async throws -> Void) async -> BotAPIError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? BotAPIError
        }
    }

    private func withTelegram(
        _ body: @escaping @Sendable (StandInTelegram, BotAPI) async throws -> Void
    ) async throws {
        let telegram = StandInTelegram(now: { Date(timeIntervalSince1970: 1_790_000_000) })
        try await serving(telegram.serve) { url in
            try await body(
                telegram, BotAPI(base: url, token: Secret(telegram.token), http: Client.curl(userAgent: "test")))
        }
    }
}

/// Runs a stand-in for as long as the body runs.
func serving(
    _ serve: @escaping @Sendable (Int, @escaping @Sendable (Int) async -> Void) async throws -> Void,
    _ body: @escaping @Sendable (String) async throws -> Void
) async throws {
    let (ports, announce) = AsyncStream<Int>.makeStream()
    try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask {
            try await serve(0) { announce.yield($0) }
            return false
        }
        group.addTask {
            for await port in ports {
                try await body("http://127.0.0.1:\(port)")
                break
            }
            return true
        }
        defer { group.cancelAll() }
        while try await group.next() == false {}
    }
}
