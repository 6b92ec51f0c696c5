extension Migration {
    /// Events of each project by the hour, counted from 1970: GlitchTip forgets, and we compare with last week.
    static let statistics = Migration(
        number: 5,
        statements: [
            """
            CREATE TABLE project_hours (
                project BIGINT NOT NULL,
                hour BIGINT NOT NULL,
                events BIGINT NOT NULL,
                PRIMARY KEY (project, hour)
            )
            """,
            "CREATE INDEX episode_hours_hour ON episode_hours (hour)",
        ])
}
