import Domain

/// What became of the lines of the crash after the release that failed: moved, changed, gone. What changed may be fixed.
struct LaterChanges: Sendable {
    let git: Git
    let head: Commit?

    struct Place: Hashable, Sendable {
        let path: String
        let line: Int
    }

    struct Found: Sendable {
        var changes: [Finding.LaterChange] = []
        /// In words; of a line that is as it was, nothing.
        var fates: [Place: String] = [:]
        /// Whether it looked, and everything is as it was.
        var isUntouched = false
    }

    // A guard is often put right before the line; what is farther away is another matter, and "perhaps fixed" a promise.
    private static let reach = 1
    private static let mostPlaces = 5
    private static let mostChanges = 3

    /// Empty when the newest commit was read anyway, or an older one than the release is what the clone calls HEAD.
    func find(_ lines: [TracedLine], since sha: String) async -> Found {
        guard let head = head?.sha, head != sha, (try? await git.newest(in: "\(sha)..\(head)")) != nil
        else { return Found() }
        let telling = lines.filter { !Noise.isMachinery($0.frame) }.prefix(Self.mostPlaces)
        let places = telling.compactMap { traced in traced.line.map { Place(path: traced.path, line: $0) } }
        var diffs = await diffs(of: Set(places.map(\.path)), from: sha, to: head)
        let gone = diffs.filter(\.value.isDeleted).keys.sorted()
        if !gone.isEmpty { diffs.merge(await Renames(git: git).diffs(of: gone, from: sha, to: head)) { $1 } }
        var found = Found()
        for (rank, place) in places.enumerated() where found.fates[place] == nil {
            guard let diff = diffs[place.path] else { continue }
            found.fates[place] = diff.fate(of: place.line)
            guard rank < Self.mostChanges,
                let hunk = diff.hunks.first(where: { $0.touches(place.line, within: Self.reach) }),
                let commit = try? await commit(
                    of: hunk, in: diffs[place.path]?.newPath ?? place.path, from: sha, to: head)
            else { continue }
            found.changes.append(
                Finding.LaterChange(
                    path: place.path, line: place.line, sha: commit.sha, date: commit.date,
                    subject: Finding.clean(commit.subject, atMost: 200)))
        }
        found.isUntouched =
            found.changes.isEmpty && !places.isEmpty
            && places.allSatisfy { place in diffs[place.path].map { !$0.isChanged(place.line) } ?? false }
            && !Self.isTouched(telling.first { $0.line != nil }, diffs)
        return found
    }

    /// A guard may stand far above the line, so of the crash all the function counts.
    private static func isTouched(_ crash: TracedLine?, _ diffs: [String: LineDiff]) -> Bool {
        guard let crash, let lines = crash.lines else { return false }
        return diffs[crash.path]?.touches(lines) == true
    }

    /// Side by side; a file whose diff fails has none.
    private func diffs(of paths: Set<String>, from sha: String, to head: String) async -> [String: LineDiff] {
        await withTaskGroup(of: (String, LineDiff?).self) { group in
            for path in paths {
                group.addTask {
                    let output = try? await git.run(
                        [
                            "--literal-pathspecs", "diff", "--no-ext-diff", "--no-textconv", "--no-color",
                            "--no-renames", "-w", "-U0", sha, head, "--", path,
                        ],
                        limit: 8 << 20)
                    return (path, output.map { LineDiff($0) })
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    /// Nil when HEAD has only what is older than the release, which then went another way, or what reformats.
    private func commit(of hunk: LineDiff.Hunk, in path: String, from sha: String, to head: String) async throws
        -> Commit?
    {
        guard let range = hunk.new else {
            return try await git.lastCommits(1, of: path, at: "\(sha)..\(head)").first
        }
        let ignored = IgnoredCommits(try await git.texts(of: [IgnoredCommits.place], at: head)[IgnoredCommits.place])
        let blame = try await git.blame(path, [range], at: "\(sha)..\(head)", through: ignored)
        return blame.commits.values
            .filter { !blame.roots.contains($0.sha) && !ignored.shas.contains($0.sha) && !Noise.isCosmetic($0.subject) }
            .max { $0.date < $1.date }
    }
}
