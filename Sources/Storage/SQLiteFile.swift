import CSQLite
import FoundationEssentials
import Glibc

/// An open SQLite file, with its prepared statements. Used by one thread at a time.
final class SQLiteFile: Connection {
    /// Marks the file as ours ("Tipl"), so that somebody else's database is not taken for a ledger.
    private static let applicationID = 0x5469_706C

    private let path: String
    private let lock: FileLock
    private let database: OpaquePointer
    /// By their text. The ledger's statements are few and fixed, so none is ever thrown away.
    private var statements: [String: SQLiteStatement] = [:]

    static func open(_ path: String) throws -> SQLiteFile {
        try makeFolder(of: path)
        let path = followed(path)
        let lock = try FileLock(beside: path)
        try makeFile(path)
        var database: OpaquePointer?
        let code = sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, nil)
        guard code == SQLITE_OK, let database else {
            sqlite3_close_v2(database)
            throw LedgerError.cannotOpen(path: path, reason: String(cString: sqlite3_errstr(code)))
        }
        let file = SQLiteFile(path: path, lock: lock, database: database)
        try file.prepare()
        return file
    }

    private init(path: String, lock: FileLock, database: OpaquePointer) {
        self.path = path
        self.lock = lock
        self.database = database
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement.pointer) }
        sqlite3_close_v2(database)
    }

    /// What the migrations are written in, said so that SQLite holds every column to its type.
    static func dialect(_ statement: String) -> String {
        let types = [("BIGINT", "INTEGER"), ("DOUBLE PRECISION", "REAL"), ("BYTEA", "BLOB")]
        let translated = types.reduce(statement) { $0.replacing($1.0, with: $1.1) }
        return statement.hasPrefix("CREATE TABLE") ? translated + " STRICT" : translated
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(database) == 0 }

    func transaction<T>(_ work: (any Connection) throws -> T) throws -> T {
        try run("BEGIN IMMEDIATE")
        do {
            let result = try work(self)
            try run("COMMIT")
            return result
        } catch {
            // SQLite has rolled back by itself when the disk was full.
            if isInTransaction { try run("ROLLBACK") }
            throw error
        }
    }

    /// A transaction within one: undone for itself when `work` throws.
    func savepoint<T>(_ work: () throws -> T) throws -> T {
        try run("SAVEPOINT work")
        do {
            let result = try work()
            try run("RELEASE work")
            return result
        } catch {
            if isInTransaction {
                try run("ROLLBACK TO work")
                try run("RELEASE work")
            }
            throw error
        }
    }

    func run(_ sql: String, _ values: [Value]) throws -> [Row] {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement.pointer)
            sqlite3_clear_bindings(statement.pointer)
        }
        for (index, value) in values.enumerated() { try check(statement.bind(value, at: Int32(index + 1))) }
        var rows: [Row] = []
        while true {
            switch sqlite3_step(statement.pointer) {
            case SQLITE_ROW: rows.append(statement.row)
            case SQLITE_DONE: return rows
            case let code: throw failure(code)
            }
        }
    }

    private static func makeFolder(of path: String) throws {
        let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        guard !folder.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw LedgerError.cannotOpen(path: path, reason: "its folder cannot be made")
        }
    }

    /// Where a symbolic link leads: two names of one ledger must not be two locks.
    private static func followed(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// Whoever reads the ledger reads the team's messages; SQLite gives its other files the same rights.
    private static func makeFile(_ path: String) throws {
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw LedgerError.cannotOpen(path: path, reason: String(cString: strerror(errno))) }
        close(file)
    }

    private func prepare() throws {
        _ = tipline_defensive(database)
        try run("PRAGMA busy_timeout = 5000")
        let id = try run("PRAGMA application_id").first?.int("application_id") ?? 0
        let isEmpty = try run("SELECT 1 AS one FROM sqlite_master LIMIT 1").isEmpty
        guard id == Self.applicationID || (id == 0 && isEmpty) else { throw LedgerError.notALedger(path: path) }
        try run("PRAGMA application_id = \(Self.applicationID)")
        try run("PRAGMA journal_mode = WAL")
        try run("PRAGMA synchronous = FULL")
        try run("PRAGMA foreign_keys = ON")
        // After a storm of alerts the log shrinks again.
        try run("PRAGMA journal_size_limit = \(16 << 20)")
    }

    private func prepared(_ sql: String) throws -> SQLiteStatement {
        if let statement = statements[sql] { return statement }
        var pointer: OpaquePointer?
        var isWhole = false
        try check(
            sql.withCString { text in
                var rest: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v3(database, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, &rest)
                isWhole = rest?.pointee == 0
                return code
            })
        guard let pointer, isWhole else {
            sqlite3_finalize(pointer)
            throw LedgerError.failed("not one statement: \(sql)")
        }
        let statement = SQLiteStatement(pointer: pointer)
        statements[sql] = statement
        return statement
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> LedgerError {
        let reason = String(cString: sqlite3_errmsg(database))
        switch code & 0xFF {
        case SQLITE_FULL: return .full
        case SQLITE_IOERR where [ENOSPC, EDQUOT].contains(sqlite3_system_errno(database)): return .full
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .notALedger(path: path)
        case SQLITE_BUSY, SQLITE_LOCKED: return .inUse(path: path)
        case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM: return .cannotOpen(path: path, reason: reason)
        default: return .failed(reason)
        }
    }
}
