import FoundationEssentials
import Testing

@testable import Storage

/// Messages stand in the ledger until Telegram has them, in their newest form.
@Suite struct LedgerOutboxTests {
    @Test func `gives out the most urgent first, then the oldest, of all chats`() async throws {
        try await withLedger { ledger in
            try await ledger.say(
                [
                    .test("report", chat: 1, priority: .report), .test("alert 1", chat: 3, priority: .alert),
                    .test("edit", chat: 2, priority: .edit), .test("answer 1", chat: 4), .test("answer 2", chat: 1),
                    .test("alert 2", chat: 1, priority: .alert),
                ], at: .start)
            let order = ["answer 1", "answer 2", "alert 1", "alert 2", "edit", "report"]
            #expect(try await ledger.deliverAll().map(\.message.key) == order)
        }
    }

    @Test func `keeps all that belongs to a message`() async throws {
        try await withLedger { ledger in
            let message = Message(
                key: "update:1", chat: -1001, thread: 17, replyTo: 5, subject: "issue:42", priority: .alert,
                content: [0, 255])
            try await ledger.say([message], at: .start)
            let due = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            #expect(due.message == message)
            #expect(due.revision == 1)
            #expect(due.messageID == nil)
            #expect(due.attempts == 0)
            #expect(due.createdAt == .start)

            try await ledger.delivered(due, messageID: 99, at: .start.plus(1))
            let stored = try #require(try await ledger.message("update:1"))
            #expect(stored.message == message)
            #expect(stored.sent == 1)
            #expect(stored.messageID == 99)
            #expect(stored.deliveredAt == .start.plus(1))
            #expect(try await ledger.nextMessage(at: .start, notIn: []) == nil)
        }
    }

    @Test func `says the same thing once`() async throws {
        try await withLedger { ledger in
            for _ in 0..<3 { try await ledger.say([.test("a")], at: .start) }
            #expect(try await ledger.deliverAll().count == 1)
            try await ledger.say([.test("a")], at: .start.plus(60))
            #expect(try await ledger.nextMessage(at: .start.plus(60), notIn: []) == nil)
        }
    }

    @Test func `sends only the newest of the contents that waited, in its old place`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", "1"), .test("b", "other")], at: .start)
            try await ledger.say([.test("a", "2")], at: .start)
            try await ledger.say([.test("a", "3")], at: .start)
            #expect(try await ledger.deliverAll().map(\.message.text) == ["3", "other"])
        }
    }

    @Test func `edits a message that stands in the chat already`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", "1", subject: "issue:42")], at: .start)
            try await ledger.deliver(messageID: 99)
            try await ledger.say([.test("a", "2", priority: .edit)], at: .start)
            let due = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            #expect(due.messageID == 99)
            #expect(due.revision == 2)
            #expect(due.message.priority == .edit)
            // Not said again, so not changed.
            #expect(due.message.subject == "issue:42")
        }
    }

    @Test func `does not push back what waits because its counter moved on`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("alert", "1", priority: .alert)], at: .start)
            try await ledger.say([.test("alert", "2", priority: .edit)], at: .start)
            #expect(try await ledger.nextMessage(at: .start, notIn: [])?.message.priority == .alert)
            try await ledger.say([.test("alert", "3", priority: .answer)], at: .start)
            #expect(try await ledger.nextMessage(at: .start, notIn: [])?.message.priority == .answer)
        }
    }

    @Test func `is due again when the content changed while it was being sent`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", "1")], at: .start)
            let underWay = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            try await ledger.say([.test("a", "2")], at: .start)
            try await ledger.delivered(underWay, messageID: 99, at: .start)

            let due = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            #expect(due.message.text == "2")
            #expect(due.messageID == 99)
            try await ledger.delivered(due, messageID: 99, at: .start)
            // The news of the first comes late, as after a hanging connection.
            try await ledger.delivered(underWay, messageID: 99, at: .start)
            #expect(try await ledger.nextMessage(at: .start, notIn: []) == nil)
        }
    }

    @Test func `waits with what could not be sent, and lets others go`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a"), .test("b")], at: .start)
            try await ledger.postpone("a", until: .start.plus(60), reason: "Telegram is down", at: .start)
            #expect(try await ledger.message("a")?.trouble == "Telegram is down")
            #expect(try await ledger.deliverAll().map(\.message.key) == ["b"])
            #expect(try await ledger.nextDue(after: .start) == .start.plus(60))
            #expect(try await ledger.nextMessage(at: .start.plus(59), notIn: []) == nil)
            let due = try #require(try await ledger.nextMessage(at: .start.plus(60), notIn: []))
            #expect(due.attempts == 1)
            #expect(try await ledger.nextDue(after: .start.plus(60)) == nil)

            try await ledger.delivered(due, messageID: 1, at: .start.plus(60))
            #expect(try await ledger.message("a")?.trouble == nil)
        }
    }

    @Test func `counts refusals apart, until the content changes or Telegram has it`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", "1", priority: .alert)], at: .start)
            try await ledger.postpone("a", until: .start, reason: "no rights", isRefused: true, at: .start)
            try await ledger.postpone("a", until: .start, reason: "Telegram is down", at: .start)
            let due = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            #expect(due.refusals == 1 && due.attempts == 2)
            #expect(try await ledger.queues().refusedSoFar == 1)

            try await ledger.say([.test("a", "2", priority: .alert)], at: .start)
            #expect(try await ledger.nextMessage(at: .start, notIn: [])?.refusals == 0)
            try await ledger.postpone("a", until: .start, reason: "no rights", isRefused: true, at: .start)
            #expect(try await ledger.message("a")?.refusals == 1)
            #expect(try await ledger.deliverAll().count == 1)
            #expect(try await ledger.message("a")?.refusals == 0)
            #expect(try await ledger.queues().refusedSoFar == 0)
        }
    }

    @Test func `gives up what Telegram refuses, until its content changes`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", "bad")], at: .start)
            let due = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            try await ledger.giveUp(due, reason: "it is too long", at: .start)
            #expect(try await ledger.nextMessage(at: .start, notIn: []) == nil)
            #expect(try await ledger.queues().givenUp == 1)
            #expect(try await ledger.message("a")?.trouble == "it is too long")

            try await ledger.say([.test("a", "bad")], at: .start)
            #expect(try await ledger.nextMessage(at: .start, notIn: []) == nil)
            try await ledger.say([.test("a", "good")], at: .start)
            #expect(try await ledger.nextMessage(at: .start, notIn: [])?.message.text == "good")
            #expect(try await ledger.queues().givenUp == 0)
        }
    }

    @Test func `does not give up a content that Telegram has not seen`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", "bad")], at: .start)
            let due = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            try await ledger.say([.test("a", "good")], at: .start)
            try await ledger.giveUp(due, reason: "it is too long", at: .start)
            #expect(try await ledger.nextMessage(at: .start, notIn: [])?.message.text == "good")
        }
    }

    @Test func `sends anew what was deleted in the chat`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", "1")], at: .start)
            try await ledger.deliver(messageID: 99)
            try await ledger.say([.test("a", "2")], at: .start)
            try await ledger.forgetMessageID("a")
            let due = try #require(try await ledger.nextMessage(at: .start, notIn: []))
            #expect(due.messageID == nil)
            #expect(due.message.text == "2")
        }
    }

    @Test func `moves to the general topic when its own is gone`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", thread: 17)], at: .start)
            try await ledger.moveToGeneralTopic("a")
            #expect(try await ledger.nextMessage(at: .start, notIn: [])?.message.thread == nil)
        }
    }

    @Test func `knows what a message in a chat is about, and its key`() async throws {
        try await withLedger { ledger in
            try await ledger.say([.test("a", chat: 1, subject: "issue:42"), .test("b", chat: 2)], at: .start)
            for _ in 0..<2 { try await ledger.deliver(messageID: 99) }
            #expect(try await ledger.subject(ofMessage: 99, in: 1) == "issue:42")
            #expect(try await ledger.key(ofMessage: 99, in: 1) == "a")
            #expect(try await ledger.subject(ofMessage: 99, in: 2) == nil)
            #expect(try await ledger.key(ofMessage: 99, in: 2) == "b")
            #expect(try await ledger.key(ofMessage: 98, in: 1) == nil)
        }
    }

    @Test func `counts what waits, is refused and paused, and since when`() async throws {
        try await withLedger { ledger in
            #expect(
                try await ledger.queues()
                    == Queues(inbox: 0, alerts: 0, outbox: 0, refusedSoFar: 0, givenUp: 0, pausedChats: 0, oldest: nil))
            try await ledger.say([.test("a"), .test("b", chat: 2)], at: .start.plus(5))
            try await ledger.receive([
                InboxEntry(updateID: 1, chat: 1, payload: [], receivedAt: .start.plus(3))
            ])
            try await ledger.pause(chat: 2, reason: "blocked", at: .start)
            #expect(
                try await ledger.queues()
                    == Queues(
                        inbox: 1, alerts: 0, outbox: 2, refusedSoFar: 0, givenUp: 0, pausedChats: 1,
                        oldest: .start.plus(3)))
        }
    }
}

extension Ledger {
    /// Telegram takes the next message, under this number.
    func deliver(messageID: Int) async throws {
        let due = try #require(try await nextMessage(at: .start, notIn: []))
        try await delivered(due, messageID: messageID, at: .start)
    }

    /// Telegram takes all that is due, one after the other.
    func deliverAll() async throws -> [DueMessage] {
        var sent: [DueMessage] = []
        while let due = try await nextMessage(at: .start, notIn: []) {
            sent.append(due)
            try await delivered(due, messageID: sent.count, at: .start)
        }
        return sent
    }
}
