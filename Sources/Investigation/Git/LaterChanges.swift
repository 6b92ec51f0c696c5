import Domain

/// Whether the code of the crash was changed after the release that failed: then it may be fixed already.
struct LaterChanges: Sendable {
    let git: Git
    let head: Commit?

    // A guard is often put right before the line; what is farther away is another matter, and "perhaps fixed" a promise.
    private static let reach = 1

    /// Empty when the newest commit was read anyway.
    func find(_ lines: [TracedLine], since sha: String) async -> [Finding.LaterChange] {
        guard let head = head?.sha, head != sha else { return [] }
        var changes: [Finding.LaterChange] = []
        let places = lines.filter { !Noise.isReporting($0.frame) }.prefix(3)
        for place in places {
            guard let line = place.line, let commit = try? await change(of: place.path, line, from: sha, to: head)
            else { continue }
            changes.append(
                Finding.LaterChange(
                    path: place.path, line: line, sha: commit.sha, date: commit.date,
                    subject: Finding.clean(commit.subject, atMost: 200)))
        }
        return changes
    }

    private func change(of path: String, _ line: Int, from sha: String, to head: String) async throws -> Commit? {
        let diff = try await git.run(
            [
                "--literal-pathspecs", "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "-w",
                "-U0", sha, head, "--", path,
            ],
            limit: 8 << 20)
        let hunks = diff.split(separator: 0x0A).compactMap { Hunk(String(decoding: $0.prefix(80), as: UTF8.self)) }
        guard let hunk = hunks.first(where: { $0.touches(line, within: Self.reach) }) else { return nil }
        if let range = hunk.new {
            let blame = try await git.blame(path, [range], at: head)
            let newest = blame.commits.values.max { $0.date < $1.date }
            if let newest { return newest }
        }
        return try await git.lastCommits(1, of: path, at: "\(sha)..\(head)").first
    }

    /// `@@ -31,2 +31,4 @@`
    private struct Hunk {
        let old: ClosedRange<Int>
        let new: ClosedRange<Int>?

        init?(_ line: String) {
            let words = line.split(separator: " ")
            guard words.count >= 4, words[0] == "@@", let old = Self.range(words[1]), let new = Self.range(words[2])
            else {
                return nil
            }
            // An insertion has no old lines; it stands after the one it names.
            self.old = old.start...(old.start + max(0, old.count - 1))
            self.new = new.count > 0 ? new.start...(new.start + new.count - 1) : nil
        }

        func touches(_ line: Int, within reach: Int) -> Bool {
            line >= old.lowerBound - reach && line <= old.upperBound + reach
        }

        private static func range(_ word: Substring) -> (start: Int, count: Int)? {
            let numbers = word.dropFirst().split(separator: ",").map { Int($0) }
            guard let first = numbers.first, let start = first, start >= 0 else { return nil }
            return (start, numbers.count > 1 ? numbers[1] ?? 1 : 1)
        }
    }
}
