import Domain

/// Finds the commit to read: the release's tag or hash, else HEAD, and says which.
struct ChosenRevision: Sendable {
    private let wanted: Revision
    private let git: Git

    init(_ wanted: Revision, in git: Git) {
        self.wanted = wanted
        self.git = git
    }

    func get() async throws -> (commit: Commit, choice: String) {
        switch wanted {
        case .exactly(let name):
            guard let sha = try await git.commits(named: [name]).first ?? nil, let commit = try await git.commit(sha)
            else { throw Absence("No code: the clone has no commit \(Self.short(name)).") }
            return (commit, Self.short(name))
        case .ofRelease(let release):
            let names = release.map(Self.names) ?? []
            let found = try await git.commits(named: names + ["HEAD"])
            if let release, let sha = found.dropLast().compactMap(\.self).first, let commit = try await git.commit(sha)
            {
                return (commit, "release \(Self.short(release))")
            }
            guard let sha = found.last ?? nil, let commit = try await git.commit(sha) else {
                throw Absence("No code: the repository has no commits.")
            }
            guard let release else { return (commit, "HEAD, as the event names no release") }
            return (commit, "HEAD, as the clone has no tag or commit \(Self.short(release))")
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
