import Chance
import FoundationEssentials
import Processes
import Testing

@testable import Storage

/// A process that works on the ledger, and is killed in the middle.
@Suite(.timeLimit(.minutes(5))) struct LedgerKillTests {
    @Test func `loses nothing that it acknowledged, and doubles nothing, however often it is killed`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder.file("tipline.db")
            var random = Dice(seed: 2)
            var said: [String: Set<String>] = [:]
            for _ in 0..<20 {
                let lines = Int.random(in: 1...300, using: &random)
                for line in try await linesOfWriter(at: path, killedAfter: lines) {
                    let words = line.split(separator: " ").map { String($0) }
                    try #require(words.count == 2, "\(line)")
                    said[words[0], default: []].insert(words[1])
                }
                let found = try await contents(of: path)

                #expect(found.isSound)
                #expect(said["received", default: []].subtracting(found.received) == [])
                #expect(said["finished", default: []].subtracting(found.finished) == [])
                #expect(said["alerted", default: []].subtracting(found.alerted) == [])
                #expect(said["settled", default: []].subtracting(found.settled) == [])
                #expect(said["delivered", default: []].subtracting(found.delivered) == [])
                // What is finished has said its message and left its line in the audit log; nothing else has.
                let keys = found.finished.map { "update:\($0)" } + found.settled.map { "alert:\($0)" }
                #expect(Set(found.keys) == Set(keys))
                #expect(found.audit.count == Set(found.audit).count)
                #expect(Set(found.audit) == found.finished)
            }
            #expect(said.keys.sorted() == ["alerted", "delivered", "finished", "received", "settled"])
            try await comesAgain(path)
        }
    }

    /// What was not finished is given out once more.
    private func comesAgain(_ path: String) async throws {
        let before = try await contents(of: path)
        let database = try SQLite(path: path)
        let ledger = Ledger(database: database)
        var updates: Set<String> = []
        while let update = try await ledger.nextUpdate(notIn: []) {
            updates.insert("\(update.updateID)")
            try await ledger.finish(update: update.updateID, saying: [], audit: nil, at: .start)
        }
        var alerts: Set<String> = []
        while let alert = try await ledger.nextAlert() {
            alerts.insert("\(alert.id)")
            try await ledger.finishAlert(alert.id, saying: [], at: .start)
        }
        await database.close()
        #expect(updates == before.received.subtracting(before.finished))
        #expect(alerts == before.alerted.subtracting(before.settled))
    }

    private func linesOfWriter(at path: String, killedAfter count: Int) async throws -> [String] {
        try await ChildProcess.run(built("LedgerWriter"), ["work", path]) { writer in
            try #require(await writer.line() == "open")
            var lines: [String] = []
            while lines.count < count, let line = await writer.line() { lines.append(line) }
            await writer.kill()
            // What it had said and we had not yet read.
            while let line = await writer.line() { lines.append(line) }
            return lines
        }
    }

    private struct Contents {
        var isSound = false
        var received: Set<String> = []
        var finished: Set<String> = []
        var alerted: Set<String> = []
        var settled: Set<String> = []
        var delivered: Set<String> = []
        var keys: [String] = []
        var audit: [String] = []
    }

    private func contents(of path: String) async throws -> Contents {
        let database = try SQLite(path: path)
        let contents = try await database.transaction { connection in
            func texts(_ sql: String) throws -> [String] { try connection.run(sql).map { try $0.text("text") } }
            return Contents(
                isSound: try texts("SELECT integrity_check AS text FROM pragma_integrity_check") == ["ok"],
                received: Set(try texts("SELECT CAST(update_id AS TEXT) AS text FROM inbox")),
                finished: Set(
                    try texts("SELECT CAST(update_id AS TEXT) AS text FROM inbox WHERE finished_at IS NOT NULL")),
                alerted: Set(try texts("SELECT CAST(id AS TEXT) AS text FROM alerts")),
                settled: Set(try texts("SELECT CAST(id AS TEXT) AS text FROM alerts WHERE finished_at IS NOT NULL")),
                delivered: Set(try texts("SELECT key AS text FROM outbox WHERE sent = wanted")),
                keys: try texts("SELECT key AS text FROM outbox"),
                audit: try texts("SELECT line AS text FROM audit"))
        }
        await database.close()
        return contents
    }
}
