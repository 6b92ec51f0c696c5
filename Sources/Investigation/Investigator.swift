import Domain
import FoundationEssentials

/// Reads the code for an event: frames to files, lines, blame and commits, and from them the suspects.
package struct Investigator: Sendable {
    /// How long one step may take before the finding goes on without it.
    private let stepLimit: Duration
    private let gate: Gate
    private let indexes = PathIndexes()

    /// - Parameter children: how many programs may read clones at once, for all investigations together.
    package init(stepLimit: Duration = .seconds(8), children: Int = 3) {
        self.stepLimit = stepLimit
        gate = Gate(width: children)
    }

    /// The hash of the newest commit, as part of a cache key; nil when the repository has none or cannot be read.
    package func head(of repository: Repository) async -> String? {
        (try? await git(repository).commits(named: ["HEAD"]))?.first??.sha
    }

    /// Never throws: what could not be found is said in the finding's notes.
    ///
    /// - Parameter repositories: the main one first; each frame is looked up in all of them. When there is none to read,
    ///   `absence` says why, as a sentence for the notes.
    /// - Parameter paths: where earlier traces of the project had their files, by the name of the repository.
    /// - Parameter similar: gathers issues that may be alike, while the code is read.
    /// - Parameter releases: the project's as GlitchTip knows them. Asked only when there is a commit to place, and no tag
    ///   of the clone places it.
    /// - Parameter progress: called with a few words when a step begins, such as "reading the code".
    package func investigate(
        _ event: Event, issue: Issue?, in repositories: [Repository],
        absence: String = "No code: no repository was named.", at revision: Revision, seen: FrameStatistics,
        paths: [String: [PathMapping]] = [:], similar: @escaping @Sendable () async -> [Candidate],
        releases: @escaping @Sendable () async -> [Release] = { [] },
        progress: @escaping @Sendable (String) async -> Void
    ) async -> Finding {
        let course = Course(progress: progress)
        async let alike = alike(await similar(), event, issue, seen, in: repositories, course)
        let trace = Trace(event)
        var finding = Finding(event, trace, issue: issue)
        finding.forge = repositories.first?.forge
        let readings = repositories.map { repository in
            Reading(
                event: event, trace: trace, firstSeen: issue?.firstSeen, git: git(repository), indexes: indexes,
                repository: repository, wanted: revision, seen: seen, knownPaths: paths[repository.name] ?? [],
                releases: releases, course: course)
        }
        switch readings.count {
        case 0: finding.notes.append(absence)
        case 1: await readings[0].read(into: &finding)
        default: await Readings(readings).read(into: &finding)
        }
        let similar = await alike
        finding.similar = similar.issues
        for index in finding.sources.indices {
            finding.sources[index].commits.formUnion(similar.commits[finding.sources[index].name] ?? [])
        }
        (finding.steps, finding.totalMilliseconds) = await course.timings()
        return finding
    }

    /// The candidates worth showing, and how they ended; of several repositories also which of these commits are in which.
    private func alike(
        _ candidates: [Candidate], _ event: Event, _ issue: Issue?, _ seen: FrameStatistics,
        in repositories: [Repository], _ course: Course
    ) async -> (issues: [Finding.SimilarIssue], commits: [String: Set<String>]) {
        let ranked = Similarity.rank(candidates, with: event, issue: issue, seen: seen)
        guard !repositories.isEmpty, ranked.contains(where: { $0.status == .resolved }) else { return (ranked, [:]) }
        let completed = try? await course.step("endings") {
            var issues = ranked
            for repository in repositories { issues = await Endings(git: git(repository)).complete(issues) }
            var commits: [String: Set<String>] = [:]
            guard repositories.count > 1 else { return (issues: issues, commits: commits) }
            for (name, repository) in zip(Readings.names(of: repositories), repositories) {
                commits[name] = await Endings(git: git(repository)).commits(of: issues)
            }
            return (issues: issues, commits: commits)
        }
        return completed ?? (ranked, [:])
    }

    func git(_ repository: Repository) -> Git { Git(path: repository.path, gate: gate, limit: stepLimit) }
}
