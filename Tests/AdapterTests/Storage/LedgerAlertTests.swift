import FoundationEssentials
import Storage
import Testing

/// Webhooks wait in the ledger until the desk has understood them.
@Suite struct LedgerAlertTests {
    @Test func `gives alerts out in the order in which they came, byte for byte`() async throws {
        try await withLedger { ledger in
            let bodies: [[UInt8]] = [Array("{}".utf8), [], [0, 255, 13, 10]]
            for (second, body) in bodies.enumerated() {
                _ = try await ledger.receive(alert: body, at: .start.plus(Double(second)))
            }
            for (second, body) in bodies.enumerated() {
                let alert = try #require(try await ledger.nextAlert())
                #expect(alert.payload == body)
                #expect(alert.receivedAt == .start.plus(Double(second)))
                try await ledger.finishAlert(alert.id, saying: [], at: .start.plus(10))
            }
            #expect(try await ledger.nextAlert() == nil)
        }
    }

    @Test func `takes the same body twice as two alerts`() async throws {
        try await withLedger { ledger in
            let ids = [
                try await ledger.receive(alert: [1], at: .start), try await ledger.receive(alert: [1], at: .start),
            ]
            #expect(ids[0] < ids[1])
            #expect(try await ledger.queues().alerts == 2)
        }
    }

    @Test func `counts how often an alert was begun, and gives it again until it is finished`() async throws {
        try await withLedger { ledger in
            let id = try await ledger.receive(alert: [1], at: .start)
            #expect(try await ledger.nextAlert()?.attempts == 1)
            #expect(try await ledger.nextAlert()?.attempts == 2)
            try await ledger.finishAlert(id, saying: [], at: .start)
            #expect(try await ledger.nextAlert() == nil)
        }
    }

    @Test func `gives the next one while somebody works at the first`() async throws {
        try await withLedger { ledger in
            let first = try await ledger.receive(alert: [1], at: .start)
            let second = try await ledger.receive(alert: [2], at: .start)
            #expect(try await ledger.nextAlert(notIn: [first])?.id == second)
            #expect(try await ledger.nextAlert(notIn: [first, second]) == nil)
            #expect(try await ledger.nextAlert()?.id == first)
        }
    }

    @Test func `says an alert's messages with its end, once`() async throws {
        try await withLedger { ledger in
            let id = try await ledger.receive(alert: [1], at: .start)
            try await ledger.finishAlert(id, saying: [.test("alert:issue:42:episode:1")], at: .start)
            try await ledger.finishAlert(id, saying: [.test("alert:again")], at: .start)
            #expect(
                try await ledger.deliverAll().map(\.message.key) == ["alert:issue:42:episode:1"])
        }
    }

    @Test func `counts what waits, and since when`() async throws {
        try await withLedger { ledger in
            let first = try await ledger.receive(alert: [1], at: .start)
            _ = try await ledger.receive(alert: [2], at: .start.plus(5))
            #expect(try await ledger.queues().alerts == 2)
            #expect(try await ledger.queues().oldest == .start)
            try await ledger.finishAlert(first, saying: [], at: .start.plus(9))
            #expect(try await ledger.queues().alerts == 1)
            #expect(try await ledger.queues().oldest == .start.plus(5))
        }
    }

    @Test func `never gives a number again, though all were pruned`() async throws {
        try await withLedger { ledger in
            let old = try await ledger.receive(alert: [1], at: .start)
            try await ledger.finishAlert(old, saying: [], at: .start)
            let waiting = try await ledger.receive(alert: [2], at: .start)
            try await ledger.prune(before: .start.plus(1))
            #expect(try await ledger.nextAlert()?.id == waiting)
            try await ledger.finishAlert(waiting, saying: [], at: .start)
            try await ledger.prune(before: .start.plus(1))
            #expect(try await ledger.receive(alert: [3], at: .start) > waiting)
        }
    }

    @Test func `writes many down at once, each under a number of its own`() async throws {
        try await withLedger { ledger in
            let ids = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<500 {
                    group.addTask { try await ledger.receive(alert: [UInt8(number % 256)], at: .start) }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 500)
            #expect(try await ledger.queues().alerts == 500)
        }
    }
}
