import FoundationEssentials
import Storage
import Testing

/// Chats that want quiet, do not want us, or moved.
@Suite struct LedgerChatTests {
    @Test func `is quiet in one chat for as long as Telegram wants, and speaks in the others`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", chat: 1), .test("b", chat: 2)], at: .start)
            try await ledger.postpone(chat: 1, until: .start.plus(30), at: .start)
            #expect(try await ledger.deliverAll().map(\.message.key) == ["b"])
            #expect(try await ledger.nextDue(after: .start) == .start.plus(30))
            #expect(try await ledger.nextMessage(at: .start.plus(29), notIn: []) == nil)
            #expect(try await ledger.nextMessage(at: .start.plus(30), notIn: [])?.message.key == "a")
        }
    }

    @Test func `looks again when the first of several times has come`() async throws {
        try await withLedger { ledger in
            #expect(try await ledger.nextDue(after: .start) == nil)
            try await ledger.say([.test("a", chat: 1), .test("b", chat: 2), .test("c", chat: 3)], at: .start)
            #expect(try await ledger.nextDue(after: .start) == nil)
            try await ledger.postpone("a", until: .start.plus(50), reason: "down", at: .start)
            try await ledger.postpone(chat: 2, until: .start.plus(40), at: .start)
            // Nothing waits there.
            try await ledger.postpone(chat: 9, until: .start.plus(10), at: .start)
            #expect(try await ledger.nextDue(after: .start) == .start.plus(40))
            #expect(try await ledger.nextDue(after: .start.plus(40)) == .start.plus(50))
            #expect(try await ledger.nextDue(after: .start.plus(50)) == nil)
        }
    }

    @Test func `a wait that was ordered by a clock which was ahead is none`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", chat: 1), .test("b", chat: 2)], at: .start)
            let ahead = Date.start.plus(1800)
            try await ledger.postpone("a", until: ahead.plus(60), reason: "down", at: ahead)
            try await ledger.postpone(chat: 2, until: ahead.plus(30), at: ahead)
            #expect(try await ledger.nextMessage(at: ahead, notIn: []) == nil)
            #expect(try await ledger.nextDue(after: .start) == nil)
            #expect(try await ledger.deliverAll().map(\.message.key) == ["a", "b"])
        }
    }

    @Test func `keeps the messages of a chat that blocked us until it speaks again`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a")], at: .start)
            try await ledger.postpone(chat: 1, until: .start.plus(5), at: .start)
            try await ledger.pause(chat: 1, reason: "bot was blocked", at: .start)
            try await ledger.say([.test("b")], at: .start)
            #expect(try await ledger.nextMessage(at: .start.plus(86_400), notIn: []) == nil)
            #expect(try await ledger.nextDue(after: .start) == nil)
            #expect(try await ledger.queues().pausedChats == 1)
            #expect(try await ledger.queues().outbox == 2)

            try await ledger.resume(chat: 1)
            #expect(try await ledger.nextMessage(at: .start.plus(5), notIn: [])?.message.key == "a")
            #expect(try await ledger.queues().pausedChats == 0)
        }
    }

    @Test func `follows a group that became a supergroup, with what waits and what comes`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("sent", "1", chat: -5)], at: .start)
            try await ledger.deliver(messageID: 99)
            try await ledger.say([.test("waits", chat: -5, replyTo: 99)], at: .start)
            try await ledger.migrate(chat: -5, to: -1005)
            try await ledger.say([.test("comes", chat: -5), .test("sent", "2", chat: -5)], at: .start)

            #expect(try await ledger.currentChat(for: -5) == -1005)
            #expect(try await ledger.currentChat(for: -1005) == -1005)
            let sent = try await ledger.deliverAll()
            #expect(sent.map(\.message.key) == ["sent", "waits", "comes"])
            #expect(sent.allSatisfy { $0.message.chat == -1005 })
            // Numbers of the old group mean nothing in the new one.
            #expect(sent.allSatisfy { $0.messageID == nil && $0.message.replyTo == nil })
        }
    }

    @Test func `does not edit a stranger's message when its chat moved while it was being sent`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", "1", chat: -5)], at: .start)
            let underWay = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            try await ledger.migrate(chat: -5, to: -1005)
            try await ledger.delivered(underWay, messageID: 99, at: .start)
            #expect(try await ledger.nextMessage(at: .start, notIn: []) == nil)
            try await ledger.say([.test("a", "2", chat: -5)], at: .start)
            let due = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            #expect(due.message.chat == -1005)
            #expect(due.messageID == nil)
        }
    }

    @Test(
        arguments: [
            ([(1, 2), (2, 3)], [1: 3, 2: 3, 3: 3]),
            ([(1, 2), (2, 3), (3, 4)], [1: 4, 2: 4, 3: 4]),
            ([(1, 2), (2, 1)], [1: 1, 2: 1]),
            ([(1, 2), (2, 3), (3, 1)], [1: 1, 2: 1, 3: 1]),
            ([(1, 1)], [1: 1]),
            ([(1, 2), (1, 2)], [1: 2, 2: 2]),
            ([(1, 3), (2, 3)], [1: 3, 2: 3]),
        ] as [([(Int64, Int64)], [Int64: Int64])])
    func `follows chains of moves, and never goes in circles`(
        moves: [(Int64, Int64)], places: [Int64: Int64]
    ) async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("waits", chat: 1)], at: .start)
            for (old, new) in moves { try await ledger.migrate(chat: old, to: new) }
            for (chat, place) in places { #expect(try await ledger.currentChat(for: chat) == place) }
            #expect(try await ledger.nextMessage(at: .start, notIn: [])?.message.chat == places[1])
        }
    }
}
