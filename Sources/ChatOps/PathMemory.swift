import Domain
import FoundationEssentials
import Investigation
import Storage

/// Where the files of a project's traces are in its repositories, learnt from one investigation to the next.
struct PathMemory: Sendable {
    private let project: String
    private let kept: [KeptPath]

    init(_ kept: [KeptPath], of project: Project) {
        self.project = project.slug
        self.kept = kept
    }

    /// By the name of the repository.
    var mappings: [String: [PathMapping]] {
        Dictionary(grouping: kept, by: \.repository).mapValues { paths in
            paths.map { PathMapping(prefix: $0.prefix, folder: $0.folder) }
        }
    }

    /// What has to be written down after a reading of a repository.
    func changes(_ lesson: PathLesson, in repository: String) -> (learnt: [KeptPath], outdated: [KeptPath]) {
        let path = { (mapping: PathMapping) in
            KeptPath(project: project, repository: repository, prefix: mapping.prefix, folder: mapping.folder)
        }
        return (lesson.held.map(path).filter { !kept.contains($0) }, lesson.outdated.map(path))
    }
}

extension InvestigationDesk {
    func paths(of project: Project) async throws -> PathMemory {
        PathMemory(try await ledger?.paths(in: project.slug) ?? [], of: project)
    }

    func learn(_ lessons: [String: PathLesson], _ memory: PathMemory, at date: Date) async throws {
        for (repository, lesson) in lessons {
            let (learnt, outdated) = memory.changes(lesson, in: repository)
            try await ledger?.change(paths: learnt, outdated: outdated, at: date)
        }
    }
}
