extension Migration {
    /// Where the files of a project's traces are in its repositories.
    static let paths = Migration(
        number: 8,
        statements: [
            """
            CREATE TABLE paths (
                project TEXT NOT NULL,
                repository TEXT NOT NULL,
                prefix TEXT NOT NULL,
                folder TEXT NOT NULL,
                learnt_at DOUBLE PRECISION NOT NULL,
                PRIMARY KEY (project, repository, prefix, folder)
            )
            """
        ])
}
