import FoundationEssentials
import Testing

@testable import Storage

/// What the ledger's database promises: all or nothing, each for itself, every value as it was.
@Suite(.timeLimit(.minutes(5))) struct SQLiteTests {
    private struct Refused: Error {}

    private func withDatabase(_ body: (SQLite) async throws -> Void) async throws {
        try await TemporaryFolder.run { folder in
            let database = try SQLite(path: folder.file("tipline.db"))
            try await body(database)
            await database.close()
        }
    }

    @Test func `keeps every value as it was`() async throws {
        try await withDatabase { database async throws in
            let values: [Value] = [
                .null, .integer(Int64.min), .integer(Int64.max), .real(-0.1), .text(""), .text("a\u{0}b 🔴 \u{202E}"),
                .blob([]), .blob([0, 255]),
            ]
            for value in values {
                let row = try await database.transaction { try $0.run("SELECT $1 AS value", [value]).first }
                #expect(row == Row(columns: ["value": value]))
            }
        }
    }

    @Test func `puts values where their numbers stand, in whatever order and however often`() async throws {
        try await withDatabase { database async throws in
            let row = try await database.transaction {
                try $0.run("SELECT $2 AS second, $1 AS first, $2 AS again", [.integer(1), .integer(2)]).first
            }
            #expect(row == Row(columns: ["first": .integer(1), "second": .integer(2), "again": .integer(2)]))
        }
    }

    @Test(
        arguments: [
            ("SELECT $1", []), ("SELECT $1", [.integer(1), .integer(2)]), ("SELECT $2", [.integer(1)]),
            ("SELECT 1; SELECT 2", []), ("", []), ("SELECT nonsense", []),
        ] as [(String, [Value])])
    func `refuses what is no statement or has other values than places`(sql: String, values: [Value]) async throws {
        try await withDatabase { database async throws in
            await #expect(throws: LedgerError.self) { try await database.transaction { try $0.run(sql, values).count } }
        }
    }

    @Test func `undoes all of a transaction that fails`() async throws {
        try await withDatabase { database async throws in
            await #expect(throws: Refused.self) {
                try await database.transaction { connection in
                    try connection.run("INSERT INTO settings (key, value) VALUES ('a', '1')")
                    throw Refused()
                }
            }
            #expect(try await Ledger(database: database).setting("a") == nil)
        }
    }

    @Test func `keeps or undoes each for itself of many that come at once`() async throws {
        try await withDatabase { database async throws in
            let failed = try await withThrowingTaskGroup(of: Bool.self) { group in
                // More than are committed together.
                for number in 0..<600 {
                    group.addTask {
                        do {
                            try await database.transaction { connection in
                                try connection.run(
                                    "INSERT INTO settings (key, value) VALUES ($1, '')", [.text("\(number)")])
                                if number.isMultiple(of: 3) { throw Refused() }
                            }
                            return false
                        } catch is Refused {
                            return true
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(failed == 200)
            let kept = try await database.transaction { connection in
                try connection.run("SELECT key FROM settings").compactMap { Int(try $0.text("key")) }
            }
            #expect(Set(kept) == Set((0..<600).filter { !$0.isMultiple(of: 3) }))
        }
    }
}
