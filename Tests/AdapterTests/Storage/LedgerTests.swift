import FoundationEssentials
import Testing

@testable import Storage

/// Notes, the audit log, what is done once, and what is forgotten.
@Suite struct LedgerTests {
    private func entry(_ line: String, outcome: String = "resolved") -> AuditEntry {
        AuditEntry(date: .start, sender: 7, name: "Ada", chat: -1001, line: line, outcome: outcome)
    }

    @Test func `keeps notes`() async throws {
        try await withLedger { ledger in
            #expect(try await ledger.setting("a") == nil)
            try await ledger.set("one", for: "a")
            try await ledger.set("", for: "b")
            #expect(try await ledger.setting("a") == "one")
            #expect(try await ledger.setting("b") == "")
            try await ledger.set("zwei\u{0}\r\n🔴", for: "a")
            #expect(try await ledger.setting("a") == "zwei\u{0}\r\n🔴")
            try await ledger.set(nil, for: "a")
            #expect(try await ledger.setting("a") == nil)
        }
    }

    @Test func `lets a thing be done once, and again when it failed`() async throws {
        try await withLedger { ledger in
            #expect(try await ledger.once("report:2026-03-01", at: .start))
            #expect(try await !ledger.once("report:2026-03-01", at: .start.plus(60)))
            #expect(try await ledger.once("report:2026-03-02", at: .start))
            try await ledger.forget("report:2026-03-01")
            #expect(try await ledger.once("report:2026-03-01", at: .start))
        }
    }

    @Test func `says yes to one of many who ask for the same thing at once`() async throws {
        try await withLedger { ledger in
            let yes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<100 { group.addTask { try await ledger.once("a", at: .start) } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(yes == 1)
        }
    }

    @Test func `tells the audit log, the newest first, also when the clock was set back`() async throws {
        try await withLedger { ledger in
            let later = AuditEntry(
                date: .start.plus(60), sender: 8, name: "Bob", chat: 1, line: "/ignore 1", outcome: "refused")
            for entry in [later, entry("/resolve 1"), entry("/resolve 2")] { try await ledger.record(entry) }
            #expect(try await ledger.audit(limit: 2) == [entry("/resolve 2"), entry("/resolve 1")])
            #expect(try await ledger.audit(limit: 9).last == later)
        }
    }

    @Test func `forgets what is finished and old, and nothing else`() async throws {
        try await withLedger { ledger in
            let (old, recent) = (Date.start, Date.start.plus(100))
            for (id, date) in [(1, old), (2, old), (3, recent)] {
                try await ledger.receive([InboxEntry(updateID: id, chat: 1, payload: [], receivedAt: date)])
            }
            try await ledger.finish(update: 1, saying: [], audit: entry("/resolve 1"), at: old)
            try await ledger.finish(update: 3, saying: [], audit: nil, at: recent)

            try await ledger.say(["sent", "edited", "waits again"].map { .test($0) }, at: old)
            for number in 1...3 { try await ledger.deliver(messageID: number) }
            try await ledger.say([.test("edited", "new")], at: old)
            let edit = try #require(try await ledger.nextMessage(at: recent, notIn: []))
            try await ledger.delivered(edit, messageID: 2, at: recent)
            try await ledger.say([.test("waits again", "new")], at: old)
            try await ledger.say([.test("refused", chat: 2)], at: old)
            let refused = try #require(try await ledger.nextMessage(at: old, notIn: [1]))
            try await ledger.giveUp(refused, reason: "refused", at: old)

            _ = try await ledger.once("old", at: old)
            _ = try await ledger.once("recent", at: recent)
            try await ledger.set("kept", for: "note")

            try await ledger.prune(before: old.plus(1))

            #expect(try await ledger.nextUpdate(notIn: [])?.updateID == 2)
            // The third is known: it is not taken in again.
            try await ledger.receive([1, 3].map { InboxEntry(updateID: $0, chat: 9, payload: [], receivedAt: old) })
            #expect(try await ledger.nextUpdate(notIn: [1])?.updateID == 1)
            #expect(try await ledger.queues().inbox == 2)
            for (key, isKept) in [("sent", false), ("edited", true), ("waits again", true), ("refused", false)] {
                let message = try await ledger.message(key)
                #expect((message != nil) == isKept, "\(key)")
            }
            #expect(try await ledger.once("old", at: recent))
            #expect(try await !ledger.once("recent", at: recent))
            #expect(try await ledger.setting("note") == "kept")
            #expect(try await ledger.audit(limit: 9).count == 1)
        }
    }

    @Test func `forgets a month's rubbish in portions`() async throws {
        try await withLedger { ledger in
            try await ledger.say((0..<1200).map { .test("\($0)") }, at: .start)
            try await ledger.database.transaction { _ = try $0.run("UPDATE outbox SET sent = wanted") }
            try await ledger.prune(before: .start.plus(1))
            let left = try await ledger.database.transaction { try $0.run("SELECT key FROM outbox").count }
            #expect(left == 0)
        }
    }
}
