/// The schema of the ledger, in numbered steps. A step that was released is never changed: a new one follows it.
///
/// Written for PostgreSQL; what another database calls otherwise it translates.
package struct Migration: Sendable {
    let number: Int
    let statements: [String]

    /// Applies what is missing; refuses a ledger that a newer program has written.
    static func applyAll(
        _ migrations: [Migration] = all, to connection: any Connection, translating dialect: (String) -> String
    ) throws {
        try connection.run(dialect("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY)"))
        let current = try current(connection)
        let newest = migrations.map(\.number).max() ?? 0
        guard current <= newest else { throw LedgerError.newer(version: current, known: newest) }
        for migration in migrations where migration.number > current {
            for statement in migration.statements { try connection.run(dialect(statement)) }
            try connection.run("INSERT INTO schema_version (number) VALUES ($1)", [.integer(migration.number)])
        }
    }

    /// Throws when the ledger has another schema than the newest that we know.
    static func check(_ connection: any Connection) throws {
        let newest = all.map(\.number).max() ?? 0
        let isThere = try !connection.run("SELECT name FROM sqlite_master WHERE name = 'schema_version'").isEmpty
        let current = isThere ? try current(connection) : 0
        if current > newest { throw LedgerError.newer(version: current, known: newest) }
        if current < newest { throw LedgerError.older(version: current, known: newest) }
    }

    private static func current(_ connection: any Connection) throws -> Int {
        try connection.run("SELECT coalesce(max(number), 0) AS number FROM schema_version").first?.int("number") ?? 0
    }
}
