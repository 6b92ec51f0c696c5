import FoundationEssentials

/// Where the ledger is kept: SQLite today, PostgreSQL for several replicas later.
///
/// The SQL is written once, in the part both share: `$1` for values, `ON CONFLICT`, `RETURNING`. Times are seconds since
/// 1970.
package protocol Database: Sendable {
    /// Runs `work` as one transaction, on the database's own thread: all of it is kept, or none when it throws.
    /// What was returned from here survives `kill -9`. `work` may be run again when a commit failed, so it has no
    /// effect but on the connection.
    func transaction<T: Sendable>(_ work: @escaping @Sendable (any Connection) throws -> T) async throws -> T
}

/// A database inside a transaction; it must not leave the closure that got it.
package protocol Connection {
    @discardableResult
    func run(_ sql: String, _ values: [Value]) throws -> [Row]
}

extension Connection {
    @discardableResult
    package func run(_ sql: String) throws -> [Row] { try run(sql, []) }
}

package enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    package static func integer(_ value: Int) -> Value { .integer(Int64(value)) }

    /// Seconds since 1970, as all times in the ledger.
    package static func date(_ value: Date) -> Value { .real(value.timeIntervalSince1970) }

    package static func optional(_ value: Int?) -> Value { value.map { .integer($0) } ?? .null }

    package static func optional(_ value: String?) -> Value { value.map { .text($0) } ?? .null }
}

/// One row of an answer, by column name.
package struct Row: Sendable, Hashable {
    private let columns: [String: Value]

    package init(columns: [String: Value]) { self.columns = columns }

    package func integer(_ column: String) throws -> Int64 {
        guard case .integer(let value)? = columns[column] else { throw LedgerError.unexpected(column) }
        return value
    }

    package func int(_ column: String) throws -> Int { Int(try integer(column)) }

    package func real(_ column: String) throws -> Double {
        switch columns[column] {
        case .real(let value): return value
        case .integer(let value): return Double(value)
        default: throw LedgerError.unexpected(column)
        }
    }

    package func text(_ column: String) throws -> String {
        guard case .text(let value)? = columns[column] else { throw LedgerError.unexpected(column) }
        return value
    }

    package func blob(_ column: String) throws -> [UInt8] {
        guard case .blob(let value)? = columns[column] else { throw LedgerError.unexpected(column) }
        return value
    }

    package func date(_ column: String) throws -> Date { Date(timeIntervalSince1970: try real(column)) }

    package func optionalDate(_ column: String) throws -> Date? { columns[column] == .null ? nil : try date(column) }

    package func optionalInt(_ column: String) throws -> Int? { columns[column] == .null ? nil : try int(column) }

    package func optionalReal(_ column: String) throws -> Double? { columns[column] == .null ? nil : try real(column) }

    package func optionalText(_ column: String) throws -> String? { columns[column] == .null ? nil : try text(column) }
}
