import CSQLite
import FoundationEssentials
import Glibc
import Threads

/// The ledger as a file, on a thread of its own.
///
/// WAL, and every commit is synced to the disk before it returns: an alert that was acknowledged must survive a power
/// cut too, not only `kill -9`.
package actor SQLite: Database {
    private let executor = ThreadExecutor()
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let session: SQLiteSession

    /// Opens or makes the file, and its folder; brings its schema up to date.
    package init(path: String) throws {
        session = try SQLiteSession(path: path)
        try session.transaction { try Migration.applyAll(to: $0) }
    }

    package func transaction<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try session.transaction(work)
    }
}

/// An open SQLite file.
///
/// `@unchecked Sendable`: it is made by `SQLite.init`, which nobody else can reach yet, and used by that actor alone
/// afterwards, on its one thread.
private final class SQLiteSession: Connection, @unchecked Sendable {
    private let path: String
    private let lock: Int32
    private let database: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]

    init(path: String) throws {
        self.path = path
        try Self.makeFolder(of: path)
        lock = try Self.lock(path)
        do {
            database = try Self.open(path)
        } catch {
            close(lock)
            throw error
        }
        do {
            for pragma in ["journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 5000"] {
                try run("PRAGMA \(pragma)")
            }
        } catch {
            sqlite3_close_v2(database)
            close(lock)
            throw error
        }
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(database)
        close(lock)
    }

    func transaction<T>(_ work: (any Connection) throws -> T) throws -> T {
        try run("BEGIN IMMEDIATE")
        do {
            let result = try work(self)
            try run("COMMIT")
            return result
        } catch {
            // SQLite has rolled back by itself when the disk was full; then this complains, and rightly so.
            _ = try? run("ROLLBACK")
            throw error
        }
    }

    func run(_ sql: String, _ values: [Value]) throws -> [Row] {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() { try check(bind(value, to: statement, at: Int32(index + 1))) }
        var rows: [Row] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append(row(of: statement))
            case SQLITE_DONE: return rows
            case let code: throw failure(code)
            }
        }
    }

    private static func makeFolder(of path: String) throws {
        let folder = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex))
        guard !folder.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw LedgerError.cannotOpen(path: path, reason: "its folder cannot be made")
        }
    }

    /// SQLite alone would let two bots share a file, and each message would be sent twice.
    private static func lock(_ path: String) throws -> Int32 {
        let file = Glibc.open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw LedgerError.cannotOpen(path: path, reason: String(cString: strerror(errno))) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw LedgerError.inUse(path: path)
        }
        return file
    }

    private static func open(_ path: String) throws -> OpaquePointer {
        var database: OpaquePointer?
        // Whoever reads the ledger reads the team's messages.
        let mask = umask(0o077)
        defer { umask(mask) }
        let code = sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
        guard code == SQLITE_OK, let database else {
            sqlite3_close_v2(database)
            throw LedgerError.cannotOpen(path: path, reason: String(cString: sqlite3_errstr(code)))
        }
        _ = tipline_defensive(database)
        return database
    }

    private func prepared(_ sql: String) throws -> OpaquePointer {
        if let statement = statements[sql] { return statement }
        var statement: OpaquePointer?
        try check(sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil))
        guard let statement else { throw LedgerError.failed("an empty statement") }
        statements[sql] = statement
        return statement
    }

    private func bind(_ value: Value, to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let value): sqlite3_bind_int64(statement, index, value)
        case .real(let value): sqlite3_bind_double(statement, index, value)
        case .text(let value):
            value.utf8CString.withUnsafeBufferPointer {
                tipline_bind_text(statement, index, $0.baseAddress, Int32($0.count - 1))
            }
        // A null pointer would bind NULL: an empty blob still needs an address.
        case .blob(let value):
            (value.isEmpty ? [0] : value).withUnsafeBytes {
                tipline_bind_blob(statement, index, $0.baseAddress, Int32(value.count))
            }
        }
    }

    private func row(of statement: OpaquePointer) -> Row {
        var columns: [String: Value] = [:]
        for index in 0..<sqlite3_column_count(statement) {
            guard let name = sqlite3_column_name(statement, index) else { continue }
            columns[String(cString: name)] = value(of: statement, at: index)
        }
        return Row(columns: columns)
    }

    private func value(of statement: OpaquePointer, at index: Int32) -> Value {
        let length = Int(sqlite3_column_bytes(statement, index))
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(statement, index) else { return .null }
            return .text(String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self))
        case SQLITE_BLOB:
            guard length > 0, let bytes = sqlite3_column_blob(statement, index) else { return .blob([]) }
            return .blob(Array(UnsafeRawBufferPointer(start: bytes, count: length)))
        default: return .null
        }
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> LedgerError {
        switch code & 0xFF {
        case SQLITE_FULL: .full
        case SQLITE_CORRUPT, SQLITE_NOTADB: .notALedger(path: path)
        case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM:
            .cannotOpen(path: path, reason: String(cString: sqlite3_errmsg(database)))
        default: .failed(String(cString: sqlite3_errmsg(database)))
        }
    }
}
