extension Migration {
    /// What GlitchTip told of projects and releases: names for the hours that are kept, and marks that outlive it.
    static let history = Migration(
        number: 9,
        statements: [
            """
            CREATE TABLE projects (
                project BIGINT PRIMARY KEY,
                slug TEXT NOT NULL,
                name TEXT NOT NULL
            )
            """,
            // Of a release that GlitchTip forgot and saw again, the first time counts.
            """
            CREATE TABLE releases (
                version TEXT NOT NULL,
                project TEXT NOT NULL,
                first_seen DOUBLE PRECISION NOT NULL,
                PRIMARY KEY (version, project)
            )
            """,
            "CREATE INDEX releases_first_seen ON releases (first_seen)",
        ])
}
