extension Migration {
    /// What is not over at the first no, and not with the first mute: how often Telegram has refused a message, and how many
    /// events a silence took over from others, less what it passed on.
    static let secondChances = Migration(
        number: 10,
        statements: [
            "ALTER TABLE outbox ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE silences ADD COLUMN carried BIGINT NOT NULL DEFAULT 0",
        ])
}
