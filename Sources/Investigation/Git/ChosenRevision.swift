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
    }

    func get() async throws -> Choice {
        switch wanted {
        case .exactly(let name):
            guard let commit = try await git.commits(named: [name]).first ?? nil
            else { throw Absence("No code: the clone has no commit \(Self.short(name)).") }
            return Choice(commit: commit, choice: Self.short(name), head: nil)
        case .ofRelease(let release):
            let names = release.map(Self.names) ?? []
            let found = try await git.commits(named: names + ["HEAD"])
            if let release, let commit = found.dropLast().compactMap(\.self).first {
                return Choice(commit: commit, choice: "release \(Self.short(release))", head: found.last ?? nil)
            }
            guard let commit = found.last ?? nil else {
                throw Absence("No code: the repository has no commits.")
            }
            let reason =
                release.map { "the clone has no tag or commit \(Self.short($0))" } ?? "the event names no release"
            return Choice(commit: commit, choice: "HEAD, as \(reason)", head: commit)
        }
    }

    /// What a release such as `shop-web@2.3.1+9fceb02` may be called in the repository, the surest first.
    static func names(of release: String) -> [String] {
        guard release.utf8.count <= 200, !release.isEmpty else { return [] }
        let parts = release.split(separator: "@", maxSplits: 1).map(String.init)
        let version = parts.last ?? release
        let build = version.split(separator: "+", maxSplits: 1).map(String.init)
        let bare = build.first ?? version
        let number = bare.hasPrefix("v") ? String(bare.dropFirst()) : bare
        var tags = [release, version, bare, number, "v\(number)", "release-\(number)", "release/\(number)"]
        if parts.count == 2 {
            let package = parts[0].split(separator: "/").last.map(String.init) ?? parts[0]
            tags += ["\(package)-\(number)", "\(package)-v\(number)", "\(package)/\(number)", "\(package)/v\(number)"]
        }
        let hashes = [bare, build.count > 1 ? build[1] : "", number].filter(isHash)
        var seen: Set<String> = []
        return (tags.map { "refs/tags/\($0)" } + hashes).filter { seen.insert($0).inserted }
    }

    private static func isHash(_ text: String) -> Bool {
        (7...64).contains(text.utf8.count) && text.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }

    private static func short(_ name: String) -> String { name.count > 40 ? name.prefix(39) + "…" : name }
}
