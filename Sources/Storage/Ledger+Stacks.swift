import Domain
import FoundationEssentials

/// The frames of an issue's stack as fingerprints, the crash first.
package struct KeptStack: Sendable, Hashable {
    package let issue: Issue.ID
    package let frames: [UInt64]

    package init(issue: Issue.ID, frames: [UInt64]) {
        self.issue = issue
        self.frames = frames
    }
}

extension Ledger {
    /// So many issues of a project are enough to tell which frames are common, and are read in milliseconds.
    package static let mostStacks = 500

    /// Counts an issue once: its newest stack takes the place of the one before. The oldest beyond `mostStacks` are
    /// forgotten.
    package func keep(_ stack: KeptStack, in project: String, at date: Date) async throws {
        let frames = stack.frames.map { String($0, radix: 36) }.joined(separator: " ")
        try await database.transaction { connection in
            try connection.run(
                """
                INSERT INTO stacks (issue, project, frames, seen_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (issue) DO UPDATE SET project = excluded.project, frames = excluded.frames,
                    seen_at = excluded.seen_at
                """, [.integer(stack.issue.number), .text(project), .text(frames), .date(date)])
            try connection.run(
                """
                DELETE FROM stacks WHERE project = $1 AND issue NOT IN (
                    SELECT issue FROM stacks WHERE project = $1 ORDER BY seen_at DESC, issue DESC LIMIT $2)
                """, [.text(project), .integer(Self.mostStacks)])
        }
    }

    /// The newest first, at most `mostStacks`.
    package func stacks(in project: String) async throws -> [KeptStack] {
        try await database.transaction { connection in
            try connection.run(
                "SELECT issue, frames FROM stacks WHERE project = $1 ORDER BY seen_at DESC, issue DESC LIMIT $2",
                [.text(project), .integer(Self.mostStacks)]
            ).map { row in
                KeptStack(
                    issue: Issue.ID(try row.int("issue")),
                    frames: try row.text("frames").split(separator: " ").compactMap { UInt64($0, radix: 36) })
            }
        }
    }
}
