import Domain
import FoundationEssentials

/// What GlitchTip counted and knew, for when it has forgotten or is away.
extension Ledger {
    package func keep(_ projects: [Project]) async throws {
        try await database.transaction { connection in
            for project in projects {
                try connection.run(
                    """
                    INSERT INTO projects (project, slug, name) VALUES ($1, $2, $3)
                    ON CONFLICT (project) DO UPDATE SET slug = excluded.slug, name = excluded.name
                    """, [.integer(project.id), .text(project.slug), .text(project.name)])
            }
        }
    }

    /// By their slugs.
    package func projects() async throws -> [Project] {
        try await database.transaction { connection in
            try connection.run("SELECT project, slug, name FROM projects ORDER BY slug").map {
                Project(id: try $0.int("project"), slug: try $0.text("slug"), name: try $0.text("name"))
            }
        }
    }

    /// Of a release that was kept before, the earlier time.
    package func keep(_ releases: [Release]) async throws {
        try await database.transaction { connection in
            for release in releases {
                guard let firstSeen = release.firstSeen else { continue }
                for project in release.projects {
                    try connection.run(
                        """
                        INSERT INTO releases (version, project, first_seen) VALUES ($1, $2, $3)
                        ON CONFLICT (version, project) DO UPDATE SET first_seen =
                            CASE WHEN excluded.first_seen < releases.first_seen
                            THEN excluded.first_seen ELSE releases.first_seen END
                        """, [.text(release.version), .text(project), .date(firstSeen)])
                }
            }
        }
    }

    /// Those that were first seen within the span in any of these projects, the newest first.
    package func releases(from start: Date, to end: Date, in projects: [Project]) async throws -> [Release] {
        let slugs = Set(projects.map(\.slug))
        let rows = try await database.transaction { connection in
            try connection.run(
                """
                SELECT version, project, first_seen FROM releases WHERE first_seen >= $1 AND first_seen < $2
                ORDER BY first_seen DESC, version
                """, [.date(start), .date(end)])
        }
        var releases: [Release] = []
        for row in rows {
            let (version, project) = (try row.text("version"), try row.text("project"))
            guard slugs.contains(project), !releases.contains(where: { $0.version == version }) else { continue }
            releases.append(Release(version: version, projects: [project], firstSeen: try row.date("first_seen")))
        }
        return releases
    }

    /// Events of these projects together, by the beginning of each hour that begins within the span.
    package func hours(from start: Date, to end: Date, in projects: [Project]) async throws -> [Date: Int] {
        let ids = Set(projects.map(\.id))
        let rows = try await database.transaction { connection in
            try connection.run(
                "SELECT project, hour, events FROM project_hours WHERE hour >= $1 AND hour < $2",
                [.integer(Self.hour(start, up: true)), .integer(Self.hour(end, up: true))])
        }
        var hours: [Date: Int] = [:]
        for row in rows where ids.contains(try row.int("project")) {
            hours[Date(timeIntervalSince1970: Double(try row.int("hour")) * 3600), default: 0] += try row.int("events")
        }
        return hours
    }
}
