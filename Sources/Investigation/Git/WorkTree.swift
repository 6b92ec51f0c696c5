import FoundationEssentials

/// A team's work tree, to which a file is added on a branch of its own. Neither HEAD nor the index nor any file changes:
/// somebody may be working there.
package struct WorkTree: Sendable, Hashable {
    private let folder: String
    /// The folder inside the work tree, with a slash at its end unless it is the whole.
    private let prefix: String
    private static let limit = Duration.seconds(10)

    private init(folder: String, prefix: String) {
        self.folder = folder
        self.prefix = prefix
    }

    /// Nil when the folder is in no git work tree, or in one without a commit.
    package static func around(_ folder: String) async -> WorkTree? {
        let there = WorkTree(folder: folder, prefix: "")
        guard let prefix = try? await there.run(["rev-parse", "--show-prefix"]),
            (try? await there.run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])) != nil
        else { return nil }
        return WorkTree(folder: folder, prefix: prefix)
    }

    package enum Failure: Error, Hashable {
        /// Such a branch is there already.
        case branchExists
        case refused
    }

    /// The new commit, on a new branch that begins where HEAD is.
    package func commit(
        _ text: String, as name: String, on branch: String, message: String, at date: Date
    ) async throws -> String {
        let reference = "refs/heads/\(branch)"
        let isThere = try? await run(["rev-parse", "--verify", "--quiet", reference])
        guard isThere == nil else { throw Failure.branchExists }
        let index = FileManager.default.temporaryDirectory.path() + "/tipline-index-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: index) }
        let variables = Self.variables(index: index, at: date)
        let parent = try await run(["rev-parse", "--verify", "HEAD^{commit}"])
        let blob = try await run(["hash-object", "-w", "--stdin"], input: Array(text.utf8))
        try await run(["read-tree", parent], variables)
        try await run(["update-index", "--add", "--cacheinfo", "100644,\(blob),\(prefix)\(name)"], variables)
        let tree = try await run(["write-tree"], variables)
        let commit = try await run(["commit-tree", tree, "-p", parent, "-m", message], variables)
        // Forty zeros: only if nobody has made it meanwhile.
        do {
            try await run(["update-ref", reference, commit, String(repeating: "0", count: commit.count)])
        } catch Failure.refused {
            throw Failure.branchExists
        }
        return commit
    }

    private static func variables(index: String, at date: Date) -> [String: String] {
        let moment = "\(Int(date.timeIntervalSince1970)) +0000"
        return [
            "GIT_INDEX_FILE": index, "GIT_AUTHOR_NAME": "Tipline", "GIT_AUTHOR_EMAIL": "tipline@localhost",
            "GIT_COMMITTER_NAME": "Tipline", "GIT_COMMITTER_EMAIL": "tipline@localhost", "GIT_AUTHOR_DATE": moment,
            "GIT_COMMITTER_DATE": moment,
        ]
    }

    /// What git printed, on one line.
    @discardableResult
    private func run(_ arguments: [String], _ variables: [String: String] = [:], input: [UInt8] = []) async throws
        -> String
    {
        let tool = Tool(
            name: "git", environment: Git.environment.merging(variables) { $1 }, gate: Gate(width: 1))
        let output = try await tool.run(
            Git.settings + ["-C", folder] + arguments, input: input, within: Self.limit)
        guard output.exitCode == 0 else { throw Failure.refused }
        return output.text.split(separator: "\n").first.map(String.init) ?? ""
    }
}
