extension Git {
    /// The files that the last commits of a file changed with it; 1 for one that was in each of them and alone.
    func companions(of path: String, at sha: String) async throws -> [String: Double] {
        let output = try await run([
            "--literal-pathspecs", "log", "-n", "20", "--format=%x01", "--name-only", "--full-diff",
            "--no-show-signature",
            "--no-renames", "--no-color", sha, "--", path,
        ])
        var together: [String: Double] = [:]
        for commit in String(decoding: output, as: UTF8.self).split(separator: "\u{1}") {
            let others = commit.split(separator: "\n").filter { $0 != path }
            // One that changed everything says nothing of two files.
            guard others.count <= 20 else { continue }
            for other in others { together[String(other), default: 0] += 1 / Double(others.count) }
        }
        let all = together.values.reduce(0, +)
        return together.mapValues { $0 / max(all, 1e-9) }
    }
}
