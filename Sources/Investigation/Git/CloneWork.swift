import FoundationEssentials
import Glibc

/// What git does to one clone: makes it, brings it up to date, and keeps it quick to read.
struct CloneWork: Sendable {
    let path: String
    let tool: Tool
    /// How long one of git's programs may take.
    let limit: Duration

    /// Into a folder beside, renamed when it is whole: a clone that was cut off must not look like one.
    func clone(_ location: String) async throws {
        let partial = path + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        try? FileManager.default.createDirectory(
            atPath: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), withIntermediateDirectories: true)
        try await run(["clone", "--bare", "--quiet", "--", location, partial])
        // A bare clone fetches nothing by itself. Given to `git clone`, the same setting is an error.
        try await run(["-C", partial, "config", "remote.origin.fetch", "+refs/heads/*:refs/heads/*"])
        guard rename(partial, path) == 0 else {
            throw Tool.Failure.exit(-1, "the clone could not be moved to its place")
        }
        try? await writeGraph()
    }

    /// - Parameter isOurs: whether nobody but us writes to it. Then it becomes what its origin is, whatever was pushed by
    ///   force, deleted or renamed there.
    func fetch(isOurs: Bool) async throws {
        guard isOurs else { return try await fetch([]) }
        do {
            try await fetch(["--prune", "--force"])
        } catch Tool.Failure.exit(let code, let words) {
            // Left by a git that was killed, it would stop every fetch from now on.
            guard removeOldLocks() else { throw Tool.Failure.exit(code, words) }
            try await fetch(["--prune", "--force"])
        }
        try? await followHead()
        try? await writeGraph()
        // What is fetched in small portions lies in small files; git itself knows when there are too many.
        _ = try? await run(["-c", "gc.auto=2000", "-c", "gc.autoDetach=false", "-C", path, "gc", "--auto", "--quiet"])
    }

    private func fetch(_ options: [String]) async throws {
        try await run(
            ["-C", path, "fetch", "--quiet", "--tags", "--no-write-fetch-head", "--no-recurse-submodules"] + options
                + ["origin"])
    }

    /// Makes `git log` of one file ten times as fast; costs seconds once and nothing after.
    private func writeGraph() async throws {
        try await run(["-C", path, "commit-graph", "write", "--reachable", "--split", "--changed-paths"])
    }

    /// To the branch that the origin reads now, where the one of old is gone.
    private func followHead() async throws {
        let isThere = try? await run(["-C", path, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"])
        guard isThere == nil else { return }
        let answer = try await run(["-C", path, "ls-remote", "--symref", "origin", "HEAD"])
        guard let branch = answer[...].after("ref: ")?.cut(at: "\t")?.0, branch.hasPrefix("refs/heads/") else { return }
        try await run(["-C", path, "symbolic-ref", "HEAD", String(branch)])
    }

    /// Whether there were any. One older than any git of ours may run is nobody's.
    private func removeOldLocks() -> Bool {
        let files = FileManager.default
        let oldest = Date(timeIntervalSinceNow: -Double(limit.components.seconds))
        var isFound = false
        for name in (try? files.subpathsOfDirectory(atPath: path)) ?? [] where name.hasSuffix(".lock") {
            let lock = "\(path)/\(name)"
            guard let date = try? files.attributesOfItem(atPath: lock)[.modificationDate] as? Date, date < oldest,
                (try? files.removeItem(atPath: lock)) != nil
            else { continue }
            isFound = true
        }
        return isFound
    }

    @discardableResult
    private func run(_ arguments: [String]) async throws -> String {
        let output = try await tool.run(Git.settings + arguments, limit: 1 << 20, within: limit)
        guard output.exitCode == 0 else { throw Tool.Failure.exit(output.exitCode, output.complaint) }
        return output.text
    }
}
