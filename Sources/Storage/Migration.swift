/// The schema of the ledger, in numbered steps. A step that was released is never changed: a new one follows it.
///
/// Written in what SQLite and PostgreSQL share; times are seconds since 1970.
package struct Migration: Sendable {
    let number: Int
    let statements: [String]

    /// Applies what is missing; refuses a ledger that a newer program has written.
    package static func applyAll(to connection: any Connection) throws {
        try connection.run("CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY)")
        let rows = try connection.run("SELECT coalesce(max(number), 0) AS number FROM schema_version")
        let current = try rows.first?.int("number") ?? 0
        let newest = all.map(\.number).max() ?? 0
        guard current <= newest else { throw LedgerError.newer(version: current, known: newest) }
        for migration in all where migration.number > current {
            for statement in migration.statements { try connection.run(statement) }
            try connection.run("INSERT INTO schema_version (number) VALUES ($1)", [.integer(migration.number)])
        }
    }

    static let all = [
        Migration(
            number: 1,
            statements: [
                """
                CREATE TABLE inbox (
                    update_id BIGINT PRIMARY KEY,
                    chat BIGINT NOT NULL,
                    payload BLOB NOT NULL,
                    received_at DOUBLE PRECISION NOT NULL,
                    attempts INTEGER NOT NULL DEFAULT 0,
                    finished_at DOUBLE PRECISION
                )
                """,
                "CREATE INDEX inbox_waiting ON inbox (update_id) WHERE finished_at IS NULL",
                // A message is what a chat should show: `wanted` counts what it should have shown so far, `sent` how
                // much of that Telegram has. It is due while they differ.
                """
                CREATE TABLE outbox (
                    key TEXT PRIMARY KEY,
                    chat BIGINT NOT NULL,
                    thread BIGINT,
                    reply_to BIGINT,
                    subject TEXT,
                    priority INTEGER NOT NULL,
                    content BLOB NOT NULL,
                    wanted INTEGER NOT NULL DEFAULT 1,
                    sent INTEGER NOT NULL DEFAULT 0,
                    message_id BIGINT,
                    attempts INTEGER NOT NULL DEFAULT 0,
                    not_before DOUBLE PRECISION NOT NULL DEFAULT 0,
                    trouble TEXT,
                    given_up_at DOUBLE PRECISION,
                    created_at DOUBLE PRECISION NOT NULL,
                    delivered_at DOUBLE PRECISION
                )
                """,
                "CREATE INDEX outbox_due ON outbox (priority, created_at) WHERE wanted > sent AND given_up_at IS NULL",
                "CREATE INDEX outbox_message ON outbox (chat, message_id)",
                """
                CREATE TABLE chats (
                    chat BIGINT PRIMARY KEY,
                    moved_to BIGINT,
                    not_before DOUBLE PRECISION NOT NULL DEFAULT 0,
                    paused_at DOUBLE PRECISION,
                    trouble TEXT
                )
                """,
                """
                CREATE TABLE audit (
                    date DOUBLE PRECISION NOT NULL,
                    sender BIGINT NOT NULL,
                    name TEXT NOT NULL,
                    chat BIGINT NOT NULL,
                    line TEXT NOT NULL,
                    outcome TEXT NOT NULL
                )
                """,
                "CREATE INDEX audit_date ON audit (date)",
                "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
                "CREATE TABLE done_once (key TEXT PRIMARY KEY, date DOUBLE PRECISION NOT NULL)",
            ])
    ]
}
