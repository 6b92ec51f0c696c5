import FoundationEssentials
import Testing

@testable import Storage

/// Ledgers that older and newer programs have written.
@Suite struct MigrationTests {
    @Test func `there is a copy of each step`() { #expect(oldSchemas.count == Migration.all.count) }

    @Test(arguments: 1...oldSchemas.count)
    func `brings an older ledger up to date and keeps what is in it`(version: Int) async throws {
        try await TemporaryFolder.run { folder in
            let path = folder.file("tipline.db")
            do {
                let file = try SQLiteFile.open(path)
                try file.run("CREATE TABLE schema_version (number INTEGER PRIMARY KEY) STRICT")
                for (index, statements) in oldSchemas[..<version].enumerated() {
                    for statement in statements { try file.run(statement) }
                    try file.run("INSERT INTO schema_version (number) VALUES ($1)", [.integer(index + 1)])
                }
            }
            let database = try SQLite(path: path)
            let ledger = Ledger(database: database)
            #expect(try await ledger.nextUpdate(notIn: [])?.payload == [1, 2])
            #expect(try await ledger.nextMessage(at: .start, notIn: [])?.message.key == "update:1")
            #expect(try await ledger.currentChat(for: -5) == -1005)
            #expect(try await ledger.audit(limit: 1).first?.line == "/resolve 42")
            #expect(try await ledger.setting("menu") == "v1")
            #expect(try await !ledger.once("report:1", at: .start))
            if version >= 2 { #expect(try await ledger.nextAlert()?.payload == [3]) }
            if version >= 3 {
                #expect(try await ledger.entry { try $0.hours(of: .init(42), since: 0) } == [500_000: 7])
            }
            if version >= 6 {
                #expect(try await ledger.progress(of: "cart", for: .init(42)).ticks["1.1"]?.name == "Ada")
            }
            if version >= 7 {
                #expect(try await ledger.ending(of: .init(42)).culprit?.subject == "Break it")
                #expect(try await ledger.stacks(in: "shop-web").map(\.issue) == [.init(42)])
            }
            if version >= 9 { #expect(try await ledger.projects().map(\.slug) == ["shop-web"]) }
            let schema = try await Self.schema(of: database)
            await database.close()

            let new = try SQLite(path: folder.file("new.db"))
            #expect(try await Self.schema(of: new) == schema)
            await new.close()
        }
    }

    @Test func `refuses the ledger of a newer program`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder.file("tipline.db")
            let database = try SQLite(path: path)
            let known = try await database.transaction { connection in
                let known = try connection.run("SELECT max(number) AS number FROM schema_version").first?.int("number")
                try connection.run("INSERT INTO schema_version (number) VALUES (1000)")
                return known
            }
            await database.close()
            #expect(throws: LedgerError.newer(version: 1000, known: try #require(known))) { try SQLite(path: path) }
        }
    }

    @Test func `changes nothing when a step fails in its middle`() async throws {
        try await TemporaryFolder.run { folder in
            let file = try SQLiteFile.open(folder.file("tipline.db"))
            let steps = [
                Migration(number: 1, statements: ["CREATE TABLE a (x BIGINT)"]),
                Migration(number: 2, statements: ["CREATE TABLE b (x BIGINT)", "CREATE TABLE a (x BIGINT)"]),
            ]
            #expect(throws: LedgerError.self) {
                try file.transaction { try Migration.applyAll(steps, to: $0, translating: SQLiteFile.dialect) }
            }
            #expect(try file.run("SELECT name FROM sqlite_master").isEmpty)
        }
    }

    @Test func `counts its steps without a gap`() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
    }

    /// Every table and index, without the line breaks in which they were written.
    private static func schema(of database: SQLite) async throws -> [String] {
        try await database.transaction { connection in
            try connection.run("SELECT name, coalesce(sql, '') AS sql FROM sqlite_master ORDER BY name").map { row in
                let words = try row.text("sql").split { $0.isWhitespace || $0 == "(" || $0 == ")" }
                return "\(try row.text("name")): \(words.joined(separator: " "))"
            }
        }
    }
}
