import FoundationEssentials

/// A repository to which a file is added on a branch of its own.
///
/// In a team's work tree neither HEAD nor the index nor any file changes: somebody may be working there. From our clone of
/// an address the branch is pushed, and nothing of it stays with us.
package struct WritableRepository: Sendable, Hashable {
    private let path: String
    /// The folder inside it, with a slash at its end unless it is the whole.
    private let prefix: String
    /// Whether it is our clone of an address, so that the branch goes there.
    package let isClone: Bool

    private static let limit = Duration.seconds(10)
    private static let pushLimit = Duration.seconds(60)

    private init(path: String, prefix: String, isClone: Bool) {
        self.path = path
        self.prefix = prefix
        self.isClone = isClone
    }

    /// Nil when the folder is in no git work tree, or in one without a commit.
    package static func around(_ folder: String) async -> WritableRepository? {
        let there = WritableRepository(path: folder, prefix: "", isClone: false)
        guard let prefix = try? await there.run(["rev-parse", "--show-prefix"]), await there.hasCommit else {
            return nil
        }
        return WritableRepository(path: folder, prefix: prefix, isClone: false)
    }

    /// Nil when no clone is there, or one without a commit.
    static func clone(at path: String, folder: String?) async -> WritableRepository? {
        let there = WritableRepository(path: path, prefix: folder.map { $0 + "/" } ?? "", isClone: true)
        return await there.hasCommit ? there : nil
    }

    private var hasCommit: Bool { get async { await knows("HEAD^{commit}") } }

    private func knows(_ revision: String) async -> Bool {
        (try? await run(["rev-parse", "--verify", "--quiet", revision])) != nil
    }

    package enum Failure: Error, Hashable {
        /// Such a branch is there already.
        case branchExists
        case refused
        /// The address does not take it; in a few words.
        case notPushed(String)
    }

    /// The new commit, on a new branch that begins where HEAD is.
    package func commit(
        _ text: String, as name: String, on branch: String, message: String, at date: Date
    ) async throws -> String {
        let reference = "refs/heads/\(branch)"
        guard await !knows(reference) else { throw Failure.branchExists }
        let commit = try await commit(text, as: name, message: message, at: date)
        if isClone {
            try await push(commit, to: reference)
        } else {
            // Forty zeros: only if nobody has made it meanwhile.
            do {
                try await run(["update-ref", reference, commit, String(repeating: "0", count: commit.count)])
            } catch Failure.refused {
                throw await knows(reference) ? Failure.branchExists : .refused
            }
        }
        return commit
    }

    private func commit(_ text: String, as name: String, message: String, at date: Date) async throws -> String {
        let index = FileManager.default.temporaryDirectory.path() + "/tipline-index-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: index) }
        let variables = Self.variables(index: index, at: date)
        let parent = try await run(["rev-parse", "--verify", "HEAD^{commit}"])
        let blob = try await run(["hash-object", "-w", "--stdin"], input: Array(text.utf8))
        try await run(["read-tree", parent], variables)
        try await run(["update-index", "--add", "--cacheinfo", "100644,\(blob),\(prefix)\(name)"], variables)
        let tree = try await run(["write-tree"], variables)
        return try await run(["commit-tree", tree, "-p", parent, "-m", message], variables)
    }

    /// With the lease that there is no such branch: somebody may have made one since the last fetch.
    private func push(_ commit: String, to reference: String) async throws {
        let tool = Tool(
            name: "git", environment: Clones.environment(ProcessInfo.processInfo.environment), gate: Gate(width: 1))
        let output: Tool.Output
        do {
            output = try await tool.run(
                Git.settings + [
                    "-C", path, "push", "--porcelain", "--force-with-lease=\(reference):", "origin",
                    "\(commit):\(reference)",
                ], within: Self.pushLimit)
        } catch let error as Tool.Failure {
            throw Failure.notPushed(CloneError.reason(error))
        }
        // `=`: the very same commit is there; `!`: another one is.
        let isRejected = output.text.range(ofText: "[rejected]") != nil
        if output.text.hasPrefix("=") || output.text.range(ofText: "\n=") != nil || isRejected {
            throw Failure.branchExists
        }
        guard output.exitCode == 0 else {
            throw Failure.notPushed(CloneError.reason(Tool.Failure.exit(output.exitCode, output.complaint)))
        }
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
            Git.settings + ["-C", path] + arguments, input: input, within: Self.limit)
        guard output.exitCode == 0 else { throw Failure.refused }
        return output.text.split(separator: "\n").first.map(String.init) ?? ""
    }
}
