import ChatOps
import Domain
import FoundationEssentials
import HTTP
import Logging
import Storage
import Telegram
import Testing

@testable import ChatOps

/// What becomes of a message that Telegram refuses.
@Suite struct DeliveryTests {
    private static let rights = "Bad Request: not enough rights to send text messages to the chat"

    /// Refuses what has the word “bad” in it, and HTML with the word “odd”.
    private static let telegram = Client { request in
        let body = String(decoding: request.body ?? [], as: UTF8.self)
        if body.contains("odd"), body.contains("parse_mode") { return refusal("Bad Request: can't parse entities") }
        if body.contains("bad") || body.contains("odd") { return refusal(rights) }
        let message = #"{"message_id":7,"date":0,"chat":{"id":-1,"type":"supergroup"}}"#
        return Response(status: 200, body: Array(#"{"ok":true,"result":\#(message)}"#.utf8))
    }

    private static func refusal(_ words: String) -> Response {
        Response(
            status: 400, body: Array(#"{"ok":false,"error_code":400,"description":"\#(words)"}"#.utf8))
    }

    private static func say(
        _ text: HTML, under key: String = "a", as priority: Storage.Message.Priority, in world: AlertWorld
    ) async throws {
        let message = Storage.Message(key: key, chat: -1, priority: priority, content: try Posting(text).json())
        try await world.ledger.say([message], at: world.clock.now)
    }

    /// Delivers what is due, a few times at most, and returns their keys.
    private static func deliver(in world: AlertWorld) async throws -> [String] {
        var log = Logger(label: "test")
        log.logLevel = .critical
        let delivery = Delivery(
            telegram: BotAPI(base: "https://telegram.example.com", token: Secret("1:a"), http: telegram),
            ledger: world.ledger, log: log, now: { world.clock.now })
        var keys: [String] = []
        while keys.count < 5, let due = try await world.ledger.nextMessage(at: world.clock.now, notIn: []) {
            keys.append(due.message.key)
            try await delivery.deliver(due)
        }
        return keys
    }

    @Test(arguments: [Storage.Message.Priority.alert, .report])
    func `what nobody asked for is tried again for a day`(priority: Storage.Message.Priority) async throws {
        try await AlertWorld.run { world in
            try await Self.say("bad", as: priority, in: world)
            var waits: [Double] = []
            while waits.count < 30 {
                #expect(try await Self.deliver(in: world) == ["a"])
                guard let due = try await world.ledger.nextDue(after: world.clock.now) else { break }
                #expect(try await world.ledger.queues().refusedSoFar == 1)
                waits.append(due.timeIntervalSince(world.clock.now))
                world.clock.advance(due.timeIntervalSince(world.clock.now))
            }
            #expect(waits == [60, 300] + Array(repeating: 3600, count: 24))
            #expect(try await world.ledger.message("a")?.givenUpAt == world.clock.now)
            #expect(try await world.ledger.message("a")?.trouble == "Telegram refused: \(Self.rights)")
            #expect(try await world.ledger.queues().refusedSoFar == 0)
        }
    }

    @Test func `what stands behind it goes on, and new content is tried at once`() async throws {
        try await AlertWorld.run { world in
            try await Self.say("bad", as: .alert, in: world)
            try await Self.say("good", under: "b", as: .alert, in: world)
            #expect(try await Self.deliver(in: world) == ["a", "b"])
            #expect(try await world.ledger.message("b")?.messageID == 7)
            try await Self.say("good", as: .edit, in: world)
            #expect(try await Self.deliver(in: world) == ["a"])
            #expect(try await world.ledger.message("a")?.messageID == 7)
            #expect(try await world.ledger.queues().refusedSoFar == 0)
        }
    }

    @Test(arguments: [Storage.Message.Priority.answer, .edit])
    func `an answer and an edit are given up`(priority: Storage.Message.Priority) async throws {
        try await AlertWorld.run { world in
            try await Self.say("bad", as: priority, in: world)
            #expect(try await Self.deliver(in: world) == ["a"])
            #expect(try await world.ledger.message("a")?.givenUpAt == world.clock.now)
        }
    }

    @Test func `what stands in the chat already is given up`() async throws {
        try await AlertWorld.run { world in
            try await Self.say("good", as: .alert, in: world)
            #expect(try await Self.deliver(in: world) == ["a"])
            try await Self.say("bad", as: .alert, in: world)
            #expect(try await Self.deliver(in: world) == ["a"])
            #expect(try await world.ledger.message("a")?.givenUpAt == world.clock.now)
        }
    }

    @Test func `refused as plain text, too, it is not tried again at once`() async throws {
        try await AlertWorld.run { world in
            try await Self.say("odd", as: .alert, in: world)
            #expect(try await Self.deliver(in: world) == ["a"])
            #expect(try await world.ledger.message("a")?.refusals == 1)
        }
    }

    @Test func `a picture looks once a minute whether its text was taken`() async throws {
        try await AlertWorld.run { world in
            try await Self.say("bad", as: .report, in: world)
            let picture = try #require(Picture(png: [1], caption: "Blue"))
            let posting = Posting(picture, after: "a")
            let message = Storage.Message(
                key: "a/picture", chat: -1, priority: .report, content: try posting.json())
            try await world.ledger.say([message], at: world.clock.now)
            #expect(try await Self.deliver(in: world) == ["a", "a/picture"])
            world.clock.advance(59)
            #expect(try await Self.deliver(in: world) == [])
            world.clock.advance(1)
            #expect(try await Self.deliver(in: world) == ["a", "a/picture"])
        }
    }
}
