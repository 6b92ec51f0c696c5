/// All steps so far. `position` is the order in which rows came, which no clock that is set back can change.
extension Migration {
    static let all = [ledger]

    /// Inbox, outbox, audit log.
    private static let ledger = Migration(
        number: 1,
        statements: [
            """
            CREATE TABLE inbox (
                update_id BIGINT PRIMARY KEY,
                position BIGINT NOT NULL,
                chat BIGINT NOT NULL,
                payload BYTEA NOT NULL,
                received_at DOUBLE PRECISION NOT NULL,
                attempts INTEGER NOT NULL DEFAULT 0,
                finished_at DOUBLE PRECISION
            )
            """,
            "CREATE INDEX inbox_position ON inbox (position)",
            "CREATE INDEX inbox_waiting ON inbox (position) WHERE finished_at IS NULL",
            // A message is what a chat should show: `wanted` counts what it should have shown so far, `sent` how much
            // of that Telegram has. It is due while they differ.
            """
            CREATE TABLE outbox (
                key TEXT PRIMARY KEY,
                position BIGINT NOT NULL,
                chat BIGINT NOT NULL,
                thread BIGINT,
                reply_to BIGINT,
                subject TEXT,
                priority INTEGER NOT NULL,
                content BYTEA NOT NULL,
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
            "CREATE INDEX outbox_position ON outbox (position)",
            "CREATE INDEX outbox_due ON outbox (priority, position) WHERE wanted > sent AND given_up_at IS NULL",
            "CREATE INDEX outbox_given_up ON outbox (given_up_at) WHERE given_up_at IS NOT NULL",
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
                position BIGINT NOT NULL,
                date DOUBLE PRECISION NOT NULL,
                sender BIGINT NOT NULL,
                name TEXT NOT NULL,
                chat BIGINT NOT NULL,
                line TEXT NOT NULL,
                outcome TEXT NOT NULL
            )
            """,
            "CREATE INDEX audit_position ON audit (position)",
            "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
            "CREATE TABLE done_once (key TEXT PRIMARY KEY, date DOUBLE PRECISION NOT NULL)",
        ])
}
