import Domain

/// Finds the commit to read: the release's tag or hash, else HEAD, and says which.
struct ChosenRevision: Sendable {
    private let wanted: Revision
    private let git: Git

    init(_ wanted: Revision, in git: Git) {
        self.wanted = wanted
        self.git = git
    }

    struct Choice: Sendable {
        let commit: Commit
        /// In words.
        let choice: String
        /// The newest commit; nil when the operator named one, for then nothing after it may count.
        let head: Commit?
        /// The release's tag, when it has one.
        var tag: String?
        /// Whether the newest commit was taken because it is not known which one failed.
        var isStandIn = false

        var revision: Finding.ReadRevision {
            Finding.ReadRevision(sha: commit.sha, date: commit.date, choice: choice)
        }
    }

    func get() async throws -> Choice {
        switch wanted {
        case .exactly(let name):
            guard let commit = try await git.commits(named: [name]).first ?? nil
            else { throw Absence("No code: the clone has no commit \(Self.short(name)).") }
            return Choice(commit: commit, choice: Self.short(name), head: nil)
        case .ofRelease(let release, let pattern):
            let names = release.flatMap(ReleaseName.init)?.candidates(pattern) ?? []
            let found = try await git.commits(named: names + ["HEAD"])
            let head = found.last ?? nil
            if let release, let (name, commit) = zip(names, found).first(where: { $0.1 != nil }), let commit {
                return Self.choice(release, name, commit, head)
            }
            guard let head else { throw Absence("No code: the repository has no commits.") }
            let reason =
                release.map { "the clone has no tag or commit \(Self.short($0))" } ?? "the event names no release"
            return Choice(commit: head, choice: "HEAD, as \(reason)", head: head, isStandIn: true)
        }
    }

    /// Says what was taken for the release, where it does not have the same name.
    private static func choice(_ release: String, _ name: String, _ commit: Commit, _ head: Commit?) -> Choice {
        let words = "release \(short(release))"
        guard name.hasPrefix(ReleaseName.tags) else {
            return Choice(commit: commit, choice: "\(words), a commit", head: head)
        }
        let tag = String(name.dropFirst(ReleaseName.tags.count))
        let choice = tag == release ? words : "\(words), tag \(short(tag))"
        return Choice(commit: commit, choice: choice, head: head, tag: tag)
    }

    private static func short(_ name: String) -> String { name.count > 40 ? name.prefix(39) + "…" : name }
}
