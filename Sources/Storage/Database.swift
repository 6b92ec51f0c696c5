/// Where the ledger is kept: SQLite today, PostgreSQL for several replicas later.
///
/// The SQL is written once, in the part both share: `$1` for values, `ON CONFLICT`, `RETURNING`.
package protocol Database: Sendable {
    /// Runs `work` as one transaction, on the database's own thread: all of it is kept, or none when it throws.
    /// What was returned from here survives `kill -9`.
    func transaction<T: Sendable>(_ work: @Sendable (any Connection) throws -> T) async throws -> T
}

/// A database inside a transaction; it must not leave the closure that got it.
package protocol Connection {
    @discardableResult
    func run(_ sql: String, _ values: [Value]) throws -> [Row]
}

package enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// One row of an answer, by column name.
package struct Row: Sendable {
    package let columns: [String: Value]

    package init(columns: [String: Value]) { self.columns = columns }
}
