import FoundationEssentials

/// Who changed the places of the trace: blame, what changes together, and what came after the release.
extension Reading {
    // Each costs a process that walks the history; further frames are far from the crash.
    private static let mostFrames = 20
    private static let mostBlamed = 6

    static let untouched = "Nothing changed these lines from the release to HEAD."

    func askHistory(
        _ chosen: ChosenRevision.Choice, _ index: PathIndex, _ gathered: inout Gathered
    ) async {
        let commit = chosen.commit
        let evidence = gathered.evidence
        let telling = Ranking.telling(evidence, atMost: Self.mostFrames)
        let files = Self.unique(telling.map(\.path), atMost: Self.mostBlamed)
        let likeliest = Ranking.files(evidence, FrameOdds(evidence)).first?.path
        async let asked = course.step("blame", saying: "asking who changed it") {
            await blames(of: files, telling, evidence, at: commit.sha)
        }
        async let together = course.step("companions") {
            guard let likeliest else { return [String: Double]() }
            return try await git.companions(of: likeliest, at: commit.sha)
        }
        async let defined = defining(evidence, in: index, at: commit.sha)
        async let later = course.step("since") {
            await LaterChanges(git: git, head: chosen.head).find(evidence.lines, since: commit.sha)
        }
        gathered.evidence.blames = (try? await asked) ?? [:]
        gathered.evidence.defining = await defined
        gathered.evidence.companions = Companions.choose((try? await together) ?? [:], evidence, in: index)
        let unknown = files.filter { gathered.evidence.blames[$0]?.lines.isEmpty != false }
        if !unknown.isEmpty {
            let histories = try? await course.step("history") {
                await each(unknown.prefix(2)) { try await git.lastCommits(5, of: $0, at: commit.sha) }
            }
            gathered.evidence.histories = histories ?? [:]
        }
        gathered.later = (try? await later) ?? .init()
        if gathered.later.isUntouched {
            gathered.notes.append(Self.untouched)
        }
        gathered.notes += Self.cutShort(gathered.evidence.blames)
        if !files.isEmpty, gathered.evidence.blames.isEmpty, gathered.evidence.histories.isEmpty {
            gathered.notes.append("No commits: git could not tell who changed these files in time.")
        }
        if FileManager.default.fileExists(atPath: git.path + "/shallow")
            || FileManager.default.fileExists(atPath: git.path + "/.git/shallow")
        {
            gathered.notes.append("The clone is shallow, so the oldest commit in it may stand for older ones.")
        }
    }

    private func defining(_ evidence: Evidence, in index: PathIndex, at sha: String) async -> Set<String> {
        guard !evidence.lacking.isEmpty else { return [] }
        let definitions = Definitions(git: git, index: index, folder: repository.folder)
        let files = try? await course.step("definitions") {
            try await git.hint {
                try await definitions.files(of: evidence.lacking, at: sha, like: Set(evidence.lines.map(\.path)))
            }
        }
        return files ?? []
    }

    private func blames(
        of files: [String], _ lines: [TracedLine], _ evidence: Evidence, at sha: String
    ) async -> [String: Blame] {
        await each(files[...]) { file in
            let ranges = Self.ranges(of: lines.filter { $0.path == file }, count: evidence.texts[file]?.count ?? 0)
            return ranges.isEmpty
                ? Blame() : try await git.blame(file, ranges, at: sha, through: evidence.ignored)
        }
    }

    static func cutShort(_ blames: [String: Blame]) -> [String] {
        blames.sorted { $0.key < $1.key }.compactMap { file, blame in
            guard blame.isCut, let oldest = blame.oldest else { return nil }
            let month = oldest.formatted(.iso8601.year().month())
            return "\(file) has a long history, so only its commits since \(month) were looked at."
        }
    }

    /// Side by side; a file for which it fails is left out.
    private func each<Result: Sendable>(
        _ files: ArraySlice<String>, _ ask: @escaping @Sendable (String) async throws -> Result
    ) async -> [String: Result] {
        await withTaskGroup(of: (String, Result?).self) { group in
            for file in files { group.addTask { (file, try? await ask(file)) } }
            var results: [String: Result] = [:]
            for await (file, result) in group { results[file] = result }
            return results
        }
    }

    /// Each line's function and the lines around, joined where they meet.
    static func ranges(of lines: [TracedLine], count: Int) -> [ClosedRange<Int>] {
        let wanted = lines.compactMap { place -> ClosedRange<Int>? in
            guard let lines = place.lines, lines.lowerBound >= 1, lines.upperBound <= count else { return nil }
            guard let line = place.line else { return lines }
            return max(
                1, min(lines.lowerBound, line - Ranking.window))...min(
                    count, max(lines.upperBound, line + Ranking.window))
        }
        var ranges: [ClosedRange<Int>] = []
        for range in wanted.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = ranges.last, range.lowerBound <= last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }
}
