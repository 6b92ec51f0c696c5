extension Migration {
    /// What investigations have named, what people said to it, and which frames issues had.
    static let learning = Migration(
        number: 7,
        statements: [
            // The commits that a report showed, by their place in it; the first time is kept.
            """
            CREATE TABLE named (
                issue BIGINT NOT NULL,
                sha TEXT NOT NULL,
                place INTEGER NOT NULL,
                is_likely INTEGER NOT NULL,
                named_at DOUBLE PRECISION NOT NULL,
                PRIMARY KEY (issue, sha)
            )
            """,
            """
            CREATE TABLE verdicts (
                issue BIGINT NOT NULL,
                sha TEXT NOT NULL,
                person BIGINT NOT NULL,
                name TEXT NOT NULL,
                is_right INTEGER NOT NULL,
                said_at DOUBLE PRECISION NOT NULL,
                PRIMARY KEY (issue, sha, person)
            )
            """,
            """
            CREATE TABLE culprits (
                issue BIGINT PRIMARY KEY,
                sha TEXT NOT NULL,
                author TEXT NOT NULL,
                subject TEXT NOT NULL,
                committed_at DOUBLE PRECISION NOT NULL,
                name TEXT NOT NULL,
                said_at DOUBLE PRECISION NOT NULL
            )
            """,
            // Frames as fingerprints, the crash first: enough to compare, and nothing that an event said.
            """
            CREATE TABLE stacks (
                issue BIGINT PRIMARY KEY,
                project TEXT NOT NULL,
                frames TEXT NOT NULL,
                seen_at DOUBLE PRECISION NOT NULL
            )
            """,
            "CREATE INDEX stacks_project ON stacks (project, seen_at)",
        ])
}
