import FoundationEssentials
import Testing

@testable import Storage

/// Attempts that do not count.
@Suite struct LedgerUnreadTests {
    @Test func `an attempt that is taken back does not count, and no other is taken back with it`() async throws {
        try await withLedger { ledger in
            try await ledger.receive([InboxEntry(updateID: 1, chat: 1, payload: [], receivedAt: .start)])
            for _ in 1...5 {
                #expect(try await ledger.nextUpdate(notIn: [])?.attempts == 1)
                try await ledger.putBack(update: 1)
            }
            #expect(try await ledger.nextUpdate(notIn: [])?.attempts == 1)
            #expect(try await ledger.nextUpdate(notIn: [])?.attempts == 2)
            try await ledger.putBack(update: 1)
            #expect(try await ledger.nextUpdate(notIn: [])?.attempts == 2)
            for _ in 1...5 { try await ledger.putBack(update: 1) }
            #expect(try await ledger.nextUpdate(notIn: [])?.attempts == 1)
        }
    }

    @Test func `what was deleted in the chat was not refused`() async throws {
        try await withLedger { ledger in
            for (key, reason) in [("a", StoredMessage.deleted), ("b", "it is too long")] {
                try await ledger.say([.test(key)], at: .start)
                let due = try #require(try await ledger.nextMessage(at: .start, notIn: []))
                try await ledger.giveUp(due, reason: reason, at: .start)
            }
            #expect(try await ledger.refused() == 1)
        }
    }
}
