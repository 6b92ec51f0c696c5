extension Migration {
    /// When a wait was ordered: one that was ordered in the future is none, for the clock was set back since.
    static let waits = Migration(
        number: 4,
        statements: ["outbox", "chats"].map {
            "ALTER TABLE \($0) ADD COLUMN put_off_at DOUBLE PRECISION NOT NULL DEFAULT 0"
        })
}
