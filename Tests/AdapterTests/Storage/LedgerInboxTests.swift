import FoundationEssentials
import Testing

@testable import Storage

/// Updates stand in the ledger from before Telegram forgets them until they are handled.
@Suite struct LedgerInboxTests {
    private func update(_ id: Int, chat: Int64 = 1, _ payload: String = "{}") -> InboxEntry {
        InboxEntry(updateID: id, chat: chat, payload: Array(payload.utf8), receivedAt: .start)
    }

    @Test func `gives updates out in the order in which they came, and not of their numbers`() async throws {
        try await withLedger { ledger in
            // After a quiet week Telegram begins anywhere.
            try await ledger.receive([update(900), update(901)])
            try await ledger.receive([update(17)])
            for id in [900, 901, 17] {
                #expect(try await ledger.nextUpdate(notIn: [])?.updateID == id)
                try await ledger.finish(update: id, saying: [], audit: nil, at: .start)
            }
            #expect(try await ledger.nextUpdate(notIn: []) == nil)
            #expect(try await ledger.lastUpdateID(since: .start) == 17)
        }
    }

    @Test func `keeps an update as it came`() async throws {
        try await withLedger { ledger in
            let came = InboxEntry(updateID: 1, chat: -100_123, payload: [0, 255, 10], receivedAt: .start.plus(0.25))
            try await ledger.receive([came])
            let entry = try #require(try await ledger.nextUpdate(notIn: []))
            #expect(
                entry
                    == InboxEntry(
                        updateID: 1, chat: -100_123, payload: [0, 255, 10], receivedAt: .start.plus(0.25), attempts: 1)
            )
        }
    }

    @Test func `leaves an update alone that Telegram sends again`() async throws {
        try await withLedger { ledger in
            try await ledger.receive([update(1, "first")])
            try await ledger.finish(update: 1, saying: [.test("update:1")], audit: nil, at: .start)
            try await ledger.receive([update(1, "again"), update(2)])
            #expect(try await ledger.nextUpdate(notIn: [])?.updateID == 2)
            #expect(try await ledger.queues().inbox == 1)
        }
    }

    @Test func `knows no last update before the first, and none that is too old`() async throws {
        try await withLedger { ledger in
            try await ledger.receive([])
            #expect(try await ledger.lastUpdateID(since: .start) == nil)
            try await ledger.receive([update(1), update(2)])
            #expect(try await ledger.lastUpdateID(since: .start) == 2)
            #expect(try await ledger.lastUpdateID(since: .start.plus(1)) == nil)
        }
    }

    @Test func `passes over chats in which somebody is at work`() async throws {
        try await withLedger { ledger in
            try await ledger.receive([
                update(1, chat: -1001), update(2, chat: -1001), update(3, chat: 1), update(4, chat: 0),
            ])
            #expect(try await ledger.nextUpdate(notIn: [-1001])?.updateID == 3)
            // 1 is not 1001, nor -1, nor 11.
            #expect(try await ledger.nextUpdate(notIn: [1001, -1, 11, -1001])?.updateID == 3)
            #expect(try await ledger.nextUpdate(notIn: [-1001, 1])?.updateID == 4)
            #expect(try await ledger.nextUpdate(notIn: [-1001, 0, 1]) == nil)
            #expect(try await ledger.nextUpdate(notIn: Set(2...500).union([0, 1]))?.updateID == 1)
        }
    }

    @Test func `counts how often an update was begun, so that one which kills the bot is seen`() async throws {
        try await withLedger { ledger in
            try await ledger.receive([update(1)])
            for attempt in 1...3 { #expect(try await ledger.nextUpdate(notIn: [])?.attempts == attempt) }
        }
    }

    @Test func `finishes an update together with what it says and what it changed, once`() async throws {
        try await withLedger { ledger in
            try await ledger.receive([update(1)])
            let entry = AuditEntry(
                date: .start, sender: 7, name: "Ada", chat: 1, line: "/resolve 42", outcome: "resolved")
            for _ in 0..<2 {
                try await ledger.finish(
                    update: 1, saying: [.test("update:1")], audit: entry, at: .start.plus(1))
            }
            #expect(try await ledger.nextUpdate(notIn: []) == nil)
            #expect(try await ledger.message("update:1")?.wanted == 1)
            #expect(try await ledger.audit(limit: 10) == [entry])
        }
    }

    @Test func `does not finish an update when what it says cannot be written down`() async throws {
        try await withLedger { ledger in
            try await ledger.receive([update(1)])
            // Whatever the second half fails of: here the outbox is gone.
            try await ledger.database.transaction { _ = try $0.run("ALTER TABLE outbox RENAME TO elsewhere") }
            await #expect(throws: LedgerError.self) {
                try await ledger.finish(update: 1, saying: [.test("update:1")], audit: nil, at: .start)
            }
            #expect(try await ledger.nextUpdate(notIn: [])?.updateID == 1)
        }
    }
}
