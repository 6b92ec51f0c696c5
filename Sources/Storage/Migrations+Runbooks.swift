extension Migration {
    /// What the team makes of its runbooks. They are known by name: the files may go, and what was done stays.
    static let runbooks = Migration(
        number: 6,
        statements: [
            // A runbook and an issue that met. With a few words of the issue, to know those again that are like it.
            """
            CREATE TABLE runbook_uses (
                issue BIGINT NOT NULL,
                runbook TEXT NOT NULL,
                short_id TEXT NOT NULL,
                sketch TEXT NOT NULL,
                matched_at DOUBLE PRECISION,
                opened_at DOUBLE PRECISION,
                PRIMARY KEY (issue, runbook)
            )
            """,
            """
            CREATE TABLE runbook_links (
                issue BIGINT PRIMARY KEY,
                runbook TEXT NOT NULL,
                name TEXT NOT NULL,
                date DOUBLE PRECISION NOT NULL
            )
            """,
            """
            CREATE TABLE runbook_unlinks (
                issue BIGINT NOT NULL,
                runbook TEXT NOT NULL,
                project TEXT NOT NULL,
                kind TEXT NOT NULL,
                name TEXT NOT NULL,
                date DOUBLE PRECISION NOT NULL,
                PRIMARY KEY (issue, runbook)
            )
            """,
            "CREATE INDEX runbook_unlinks_kind ON runbook_unlinks (project, kind)",
            """
            CREATE TABLE runbook_ticks (
                issue BIGINT NOT NULL,
                runbook TEXT NOT NULL,
                step TEXT NOT NULL,
                name TEXT NOT NULL,
                date DOUBLE PRECISION NOT NULL,
                PRIMARY KEY (issue, runbook, step)
            )
            """,
            """
            CREATE TABLE runbook_verdicts (
                issue BIGINT NOT NULL,
                runbook TEXT NOT NULL,
                person BIGINT NOT NULL,
                name TEXT NOT NULL,
                has_helped INTEGER NOT NULL,
                date DOUBLE PRECISION NOT NULL,
                PRIMARY KEY (issue, runbook, person)
            )
            """,
        ])
}
