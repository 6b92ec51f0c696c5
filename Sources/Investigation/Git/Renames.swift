/// Finds files under the names that they got later. Asked only for files that are gone, for it looks at all that changed.
struct Renames: Sendable {
    let git: Git

    // Comparing the contents of more files than that takes git seconds; what was moved unchanged is found all the same.
    static let mostCompared = 400

    /// By the old path the lines' way to the new one; without those that are gone for good, or not found in time.
    func diffs(of paths: [String], from sha: String, to head: String) async -> [String: LineDiff] {
        (try? await git.hint { try await find(paths, sha, head) }) ?? [:]
    }

    private func find(_ paths: [String], _ sha: String, _ head: String) async throws -> [String: LineDiff] {
        let output = try await git.run(
            [
                "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--name-status", "-z", "--find-renames",
                "-l\(Self.mostCompared)", "--diff-filter=R", sha, head, "--",
            ],
            limit: 8 << 20)
        let names = Self.read(output).filter { paths.contains($0.key) }
        var diffs: [String: LineDiff] = [:]
        for (old, new) in names {
            let diff = try await git.run(
                [
                    "diff", "--no-ext-diff", "--no-textconv", "--no-color", "-w", "-U0", "\(sha):\(old)",
                    "\(head):\(new)",
                ],
                limit: 8 << 20)
            diffs[old] = LineDiff(diff, newPath: new)
        }
        return diffs
    }

    /// `R087 NUL old NUL new NUL`, and `M NUL path NUL` of what was not renamed.
    static func read(_ output: [UInt8]) -> [String: String] {
        let fields = output.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        var names: [String: String] = [:]
        var index = 0
        while index + 2 < fields.count {
            let hasTwo = fields[index].hasPrefix("R") || fields[index].hasPrefix("C")
            if fields[index].hasPrefix("R"), !fields[index + 2].isEmpty { names[fields[index + 1]] = fields[index + 2] }
            index += hasTwo ? 3 : 2
        }
        return names
    }
}
