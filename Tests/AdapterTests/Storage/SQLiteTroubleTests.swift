import FoundationEssentials
import Glibc
import Processes
import Testing

@testable import Storage

/// Files that are no ledger, folders that cannot be written, disks that are full, and second bots.
@Suite(.timeLimit(.minutes(2))) struct SQLiteTroubleTests {
    @Test func `makes its folder and its files for nobody else to read`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder.file("data/tipline/tipline.db")
            let database = try SQLite(path: path)
            try await Ledger(database: database).set("1", for: "a")
            #expect(try permissions(folder.file("data/tipline")) == 0o700)
            for file in ["", "-wal", "-shm", ".lock"] { #expect(try permissions(path + file) == 0o600) }
            await database.close()
        }
    }

    @Test func `a visitor works beside the owner; what both say once is said once`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder.file("tipline.db")
            let (owner, visitor) = (try SQLite(path: path), try SQLite(visiting: path))
            #expect(throws: LedgerError.inUse(path: path)) { try SQLite(path: path) }
            let keys = (1...100).map { "report:\($0)" }
            let firsts = try await withThrowingTaskGroup(of: String?.self) { group in
                for database in [owner, visitor] {
                    for key in keys {
                        group.addTask {
                            let isFirst = try await Ledger(database: database)
                                .sayOnce(key, [.test(key)], at: .start)
                            return isFirst ? key : nil
                        }
                    }
                }
                return try await group.reduce(into: [String]()) { all, key in all += [key].compactMap(\.self) }
            }
            #expect(firsts.sorted() == keys.sorted())
            #expect(try await Ledger(database: owner).queues().outbox == 100)
            await visitor.close()
            // The owner's lock is its own.
            #expect(throws: LedgerError.inUse(path: path)) { try SQLite(path: path) }
            await owner.close()
        }
    }

    @Test func `a visitor changes no schema, and makes no ledger`() async throws {
        try await TemporaryFolder.run { folder in
            let missing = folder.file("none.db")
            #expect(throws: LedgerError.self) { try SQLite(visiting: missing) }
            #expect(!FileManager.default.fileExists(atPath: missing))

            let newest = Migration.all.count
            for (difference, error) in [
                (-1, LedgerError.older(version: newest - 1, known: newest)),
                (1, .newer(version: newest + 1, known: newest)),
            ] {
                let path = folder.file("\(difference).db")
                let database = try SQLite(path: path)
                try await database.transaction { connection in
                    _ = try connection.run("DELETE FROM schema_version")
                    _ = try connection.run(
                        "INSERT INTO schema_version (number) VALUES ($1)", [.integer(newest + difference)])
                }
                #expect(throws: error) { try SQLite(visiting: path) }
                await database.close()
            }
        }
    }

    @Test func `refuses a file that is something else, and leaves it as it is`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder.file("notes.txt")
            let bytes = [UInt8](repeating: 65, count: 10_000)
            try Data(bytes).write(to: URL(filePath: path))
            #expect(throws: LedgerError.notALedger(path: path)) { try SQLite(path: path) }
            let isSame = try Data(contentsOf: URL(filePath: path)) == Data(bytes)
            #expect(isSame)
        }
    }

    @Test func `refuses another program's database, and leaves it as it is`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder.file("shop.db")
            do {
                let file = try SQLiteFile.open(path)
                try file.run("CREATE TABLE orders (id INTEGER)")
                try file.run("PRAGMA application_id = 0")
            }
            #expect(throws: LedgerError.notALedger(path: path)) { try SQLite(path: path) }
            #expect(throws: LedgerError.notALedger(path: path)) { try SQLite(path: path) }
        }
    }

    @Test func `takes an empty file for a new ledger`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder.file("tipline.db")
            try Data().write(to: URL(filePath: path))
            let database = try SQLite(path: path)
            try await Ledger(database: database).set("1", for: "a")
            #expect(try await Ledger(database: database).setting("a") == "1")
            await database.close()
        }
    }

    enum Damage: CaseIterable, Sendable { case beginning, middle, cutOff }

    @Test(arguments: Damage.allCases)
    func `says that a file is damaged`(damage: Damage) async throws {
        try await TemporaryFolder.run { folder in
            let path = folder.file("tipline.db")
            let database = try SQLite(path: path)
            try await Ledger(database: database).say((0..<500).map { .test("\($0)") }, at: .start)
            await database.close()

            var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
            switch damage {
            case .beginning: for index in 0..<4096 { bytes[index] = 0xFF }
            case .middle: for index in 4096..<(bytes.count - 4096) { bytes[index] = 0xFF }
            case .cutOff: bytes.removeLast(bytes.count / 2)
            }
            try Data(bytes).write(to: URL(filePath: path))

            await #expect(throws: LedgerError.notALedger(path: path)) {
                let damaged = try SQLite(path: path)
                _ = try await Ledger(database: damaged).deliverAll()
            }
        }
    }

    @Test func `says why when it cannot write where it should`() async throws {
        // A folder in which nobody may make a file, root neither.
        let path = "/sys/tipline.db"
        let error = try #require(throws: LedgerError.self) { try SQLite(path: path) }
        guard case .cannotOpen(path, let reason) = error else {
            Testing.Issue.record("\(error)")
            return
        }
        #expect(["Permission denied", "Read-only file system", "Operation not permitted"].contains(reason))
    }

    @Test func `says so when its folder cannot be made`() async throws {
        try await TemporaryFolder.run { folder in
            try Data().write(to: URL(filePath: folder.file("file")))
            let path = folder.file("file/tipline.db")
            #expect(throws: LedgerError.cannotOpen(path: path, reason: "its folder cannot be made")) {
                try SQLite(path: path)
            }
        }
    }

    @Test(.enabled("needs the right to mount") { try await mayMount() })
    func `says that the disk is full, keeps what it has, and goes on when there is room again`() async throws {
        try await TemporaryFolder.run { folder in
            let mounting = """
                mount -t tmpfs -o size=1m none "$2" && head -c 400k /dev/zero > "$1.ballast" && exec "$0" fill "$1"
                """
            try await fill(
                "unshare",
                ["-rm", "sh", "-c", mounting, built("LedgerWriter"), folder.file("tipline.db"), folder.path],
                until: "the disk of the ledger is full")
        }
    }

    @Test func `keeps what it has when the disk fails, and goes on when it is well again`() async throws {
        try await TemporaryFolder.run { folder in
            // No file may become larger, until the writer lifts the limit.
            try await fill(
                built("LedgerWriter"), ["fill", folder.file("tipline.db"), "600000"],
                until: "the ledger failed: disk I/O error")
        }
    }

    private func fill(_ program: String, _ arguments: [String], until trouble: String) async throws {
        let lines = try await ChildProcess.run(program, arguments) { writer in
            var lines: [String] = []
            while let line = await writer.line() { lines.append(line) }
            return lines
        }
        let kept = lines.prefix { $0 != trouble }.count - 1
        #expect(kept > 3)
        let expected =
            ["open"] + (0..<max(0, kept)).map { "kept \($0 + 1)" } + [trouble, "waiting \(kept)"]
            + (0..<3).map { "kept \(kept + $0 + 1)" } + ["found \(kept + 3)"]
        #expect(lines == expected)
    }

    private static func mayMount() async throws -> Bool {
        try await TemporaryFolder.run { folder in
            let words = ["-rm", "sh", "-c", "mount -t tmpfs none $0 && echo mounted", folder.path]
            return try await ChildProcess.run("unshare", words) { await $0.line() == "mounted" }
        }
    }

    @Test func `lets one process use it at a time`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder.file("tipline.db")
            try await ChildProcess.run(built("LedgerWriter"), ["work", path]) { writer in
                try #require(await writer.line() == "open")
                #expect(throws: LedgerError.inUse(path: path)) { try SQLite(path: path) }
            }
            // Killed: the system has taken its lock back.
            await (try SQLite(path: path)).close()
        }
    }

    @Test func `is one ledger under two names, also before there is a file`() async throws {
        try await TemporaryFolder.run { folder in
            let (path, other) = (folder.file("tipline.db"), folder.file("link.db"))
            try FileManager.default.createSymbolicLink(atPath: other, withDestinationPath: path)
            let database = try SQLite(path: other)
            #expect(throws: LedgerError.inUse(path: path)) { try SQLite(path: path) }
            await database.close()
        }
    }

    @Test func `can be opened again when it was closed, and fails with words after that`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder.file("tipline.db")
            let closed = try SQLite(path: path)
            try await Ledger(database: closed).set("1", for: "a")
            await closed.close()
            let database = try SQLite(path: path)
            #expect(try await Ledger(database: database).setting("a") == "1")
            await #expect(throws: LedgerError.failed("it was closed")) {
                try await Ledger(database: closed).setting("a")
            }
            await database.close()
        }
    }

    private func permissions(_ path: String) throws -> mode_t {
        var status = stat()
        guard stat(path, &status) == 0 else { throw SystemError(number: errno) }
        return status.st_mode & 0o777
    }
}
