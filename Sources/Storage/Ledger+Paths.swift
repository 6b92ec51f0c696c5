import Domain
import FoundationEssentials

/// What traces of a project call `prefix/…`, and a repository `folder/…`.
package struct KeptPath: Sendable, Hashable {
    /// Its slug.
    package let project: String
    /// The name of the clone.
    package let repository: String
    /// Both without slashes at their ends; empty for none, and for the whole repository.
    package let prefix: String
    package let folder: String

    package init(project: String, repository: String, prefix: String, folder: String) {
        self.project = project
        self.repository = repository
        self.prefix = prefix
        self.folder = folder
    }
}

extension Ledger {
    /// More ways in which a project runs are not worth remembering.
    package static let mostPaths = 20

    /// Of a project the newest first, at most `mostPaths`; of all projects by their names when none is given.
    package func paths(in project: String? = nil) async throws -> [KeptPath] {
        try await database.transaction { connection in
            let rows =
                if let project {
                    try connection.run(
                        "SELECT * FROM paths WHERE project = $1 ORDER BY learnt_at DESC, prefix, folder",
                        [.text(project)])
                } else {
                    try connection.run("SELECT * FROM paths ORDER BY project, learnt_at DESC, prefix, folder")
                }
            return try rows.map { row in
                KeptPath(
                    project: try row.text("project"), repository: try row.text("repository"),
                    prefix: try row.text("prefix"), folder: try row.text("folder"))
            }
        }
    }

    /// Forgets what is outdated and keeps what was learnt; what is known keeps its date.
    package func change(paths learnt: [KeptPath], outdated: [KeptPath], at date: Date) async throws {
        guard !learnt.isEmpty || !outdated.isEmpty else { return }
        try await database.transaction { connection in
            for path in outdated {
                try connection.run(
                    "DELETE FROM paths WHERE project = $1 AND repository = $2 AND prefix = $3 AND folder = $4",
                    Self.values(path))
            }
            for path in learnt {
                try connection.run(
                    """
                    INSERT INTO paths (project, repository, prefix, folder, learnt_at) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT (project, repository, prefix, folder) DO NOTHING
                    """, Self.values(path) + [.date(date)])
            }
            for project in Set(learnt.map(\.project)) {
                try connection.run(
                    """
                    DELETE FROM paths WHERE project = $1 AND (repository, prefix, folder) NOT IN (
                        SELECT repository, prefix, folder FROM paths WHERE project = $1
                        ORDER BY learnt_at DESC, prefix, folder LIMIT $2)
                    """, [.text(project), .integer(Self.mostPaths)])
            }
        }
    }

    private static func values(_ path: KeptPath) -> [Value] {
        [.text(path.project), .text(path.repository), .text(path.prefix), .text(path.folder)]
    }
}
