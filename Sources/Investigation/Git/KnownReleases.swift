import Domain
import FoundationEssentials

/// Which of the releases that GlitchTip knows have a commit, for a clone whose tags do not tell.
///
/// GlitchTip knows those that had an event or were announced to it, so a release between two of them may be missing here:
/// the sentences say whose list it is.
struct KnownReleases: Sendable {
    private struct Built: Sendable {
        let name: String
        let sha: String
    }

    private let git: Git
    /// Those whose commit is in the clone, the newest commit first.
    private let built: [Built]
    private let all: [Release]
    private let shown: @Sendable (String) -> String

    /// - Parameter shown: a release as people call it.
    init(
        _ releases: [Release], in git: Git, _ pattern: TagPattern?, shown: @escaping @Sendable (String) -> String
    ) async throws {
        self.git = git
        self.shown = shown
        all = releases
        built = try await git.hint {
            let names = releases.map { $0.namesInClone(pattern) }
            let commits = try await git.commits(named: names.flatMap(\.self))
            var rest = commits[...]
            var releasesBySHA: [String: String] = [:]
            for (release, names) in zip(releases, names) {
                // Of two that were made of one commit, the one that came first, which is the last in the list.
                if let commit = rest.prefix(names.count).lazy.compactMap(\.self).first {
                    releasesBySHA[commit.sha] = release.version
                }
                rest = rest.dropFirst(names.count)
            }
            guard !releasesBySHA.isEmpty else { return [] }
            let order = try await git.list(["--no-walk=sorted"], Array(releasesBySHA.keys))
            return order.compactMap { sha in releasesBySHA[sha].map { Built(name: $0, sha: sha) } }
        }
    }

    /// "first in release 9fceb02a, not yet in 1234567b, of those that GlitchTip knows".
    ///
    /// Where the clone has none of them, their dates tell when the commit was written, and no more: what was deployed later
    /// may be older code.
    ///
    /// - Parameter own: the release that failed.
    func introduction(of suspect: Finding.Suspect?, at sha: String, _ own: String?) async -> String? {
        guard let suspect else { return nil }
        guard !built.isEmpty else { return dates(around: suspect.date, own) }
        async let having = those(with: suspect.sha)
        async let later = ahead(of: sha)
        guard let having = await having, let later = await later,
            let first = built.last(where: { having.contains($0.sha) }),
            let before = built.first(where: { !having.contains($0.sha) && !later.contains($0.sha) })
        else { return nil }
        return "first in release \(name(first.name)), not yet in \(name(before.name)), of those that GlitchTip knows"
    }

    func first(with sha: String?) async -> String? {
        guard let sha, !built.isEmpty, let having = await those(with: sha) else { return nil }
        return built.last { having.contains($0.sha) }.map { name($0.name) }
    }

    /// Those made of the commit or of one after it.
    private func those(with sha: String) async -> Set<String>? {
        // Without the commit itself, which git leaves out.
        await listed(["--ancestry-path"], built.map(\.sha) + ["^\(sha)"])?.union([sha])
    }

    /// Those with something that the commit does not have.
    private func ahead(of sha: String) async -> Set<String>? { await listed([], built.map(\.sha) + ["^\(sha)"]) }

    private func listed(_ options: [String], _ commits: [String]) async -> Set<String>? {
        try? await git.hint { Set(try await git.list(options, commits)) }
    }

    private func dates(around date: Date, _ own: String?) -> String? {
        let dated = all.compactMap { release in
            (release.releasedAt ?? release.firstSeen).map { (version: release.version, date: $0) }
        }
        // A commit younger than the release that failed is not told apart by dates, or a name is used again and again.
        guard let own = dated.first(where: { $0.version == own }), own.date >= date,
            let before = dated.filter({ $0.date < date }).max(by: { $0.date < $1.date }),
            let after = dated.filter({ $0.date >= date }).min(by: { $0.date < $1.date })
        else { return nil }
        return "written between release \(name(before.version)) (\(Finding.day(before.date))) and "
            + "\(name(after.version)) (\(Finding.day(after.date)))"
    }

    private func name(_ version: String) -> String {
        let name = shown(version)
        return name.utf8.count == 40 && name.utf8.allSatisfy(\.isHexDigit)
            ? String(name.prefix(8)) : Finding.clean(name, atMost: 60)
    }
}

extension Release {
    /// A `ref` that is no hash is a branch, which is somewhere else by now.
    fileprivate func namesInClone(_ pattern: TagPattern?) -> [String] {
        let hash = ref.map { $0.lowercased() }.flatMap { ReleaseName.isHash($0) ? $0 : nil }
        return (hash.map { [$0] } ?? []) + (ReleaseName(version)?.candidates(pattern) ?? [])
    }
}

extension Git {
    /// `git rev-list` of commits, which go in by stdin: there may be many.
    fileprivate func list(_ options: [String], _ commits: [String]) async throws -> [String] {
        let output = try await run(
            ["rev-list"] + options + ["--stdin"], input: Array(commits.map { "\($0)\n" }.joined().utf8))
        return output.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }
}
