/// Which releases have a commit, by the tags of the clone.
struct Releases: Sendable {
    private let git: Git
    /// Tags of the same form as the one that was read: in a repository of several programs the others say nothing.
    private let pattern: String

    init(git: Git, like tag: String?) {
        self.git = git
        let name = tag?.prefix { !$0.isNumber } ?? ""
        pattern = name.isEmpty ? ReleaseName.tags + "*[0-9]*" : ReleaseName.tags + name + "[0-9]*"
    }

    /// "first in v2.3.1, not yet in v2.3.0"; nil for one that is not likely, and when no release tells.
    func introduction(of suspect: Finding.Suspect?, at sha: String) async -> String? {
        guard let suspect, suspect.isLikely else { return nil }
        async let after = first(with: suspect.sha)
        async let before = tag("-creatordate", ["--merged=\(sha)", "--no-contains=\(suspect.sha)"])
        guard let first = await after else { return nil }
        return await before.map { "first in \(first), not yet in \($0)" } ?? "first in \(first)"
    }

    func first(with sha: String?) async -> String? {
        guard let sha else { return nil }
        return await tag("creatordate", ["--contains=\(sha)"])
    }

    private func tag(_ order: String, _ conditions: [String]) async -> String? {
        let arguments = ["for-each-ref", "--count=1", "--sort=\(order)", "--format=%(refname:strip=2)"]
        guard let output = try? await git.run(arguments + conditions + [pattern]) else { return nil }
        let name = String(decoding: output.prefix { $0 != 0x0A }, as: UTF8.self)
        return name.isEmpty ? nil : Finding.clean(name, atMost: 60)
    }
}
