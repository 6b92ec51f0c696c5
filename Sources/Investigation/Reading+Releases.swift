import Domain

/// Which releases have the likely commit, and which one the change that came later.
extension Reading {
    /// Only then is git asked, and GlitchTip only when the tags do not tell.
    ///
    /// - Parameter name: what the finding calls the repository, where there are several.
    func tellReleases(
        of chosen: ChosenRevision.Choice, in finding: inout Finding, named name: String? = nil
    ) async throws {
        let isOwn = { [finding] (sha: String) in name == nil || finding.source(of: sha)?.name == name }
        let suspect = finding.suspects.first.flatMap { $0.isLikely && isOwn($0.sha) ? $0 : nil }
        let change = finding.laterChanges.first.flatMap { isOwn($0.sha) ? $0.sha : nil }
        guard chosen.head != nil, suspect != nil || change != nil else { return }
        let placed = try await course.step("releases") { [finding] in
            let tags = Releases(git: git, like: chosen.tag)
            async let introduced = tags.introduction(of: suspect, at: chosen.commit.sha)
            async let fixed = tags.first(with: change)
            var placed = Placed(introduced: await introduced, fixed: await fixed)
            // Where releases are tagged, what no tag has is in none.
            guard chosen.tag == nil, placed.lacks(suspect, change) else { return placed }
            let known = await known(in: finding)
            if placed.introduced == nil {
                placed.introduced = await known?.introduction(of: suspect, at: chosen.commit.sha, event.release)
            }
            if placed.fixed == nil { placed.fixed = await known?.first(with: change) }
            return placed
        }
        if let words = placed.introduced { finding.suspects[0].reasons.append(words) }
        if let name = placed.fixed { finding.laterChanges[0].tag = name }
    }

    private struct Placed: Sendable {
        var introduced: String?
        var fixed: String?

        func lacks(_ suspect: Finding.Suspect?, _ change: String?) -> Bool {
            suspect != nil && introduced == nil || change != nil && fixed == nil
        }
    }

    /// Nil when there are none, or git does not find them in time.
    private func known(in finding: Finding) async -> KnownReleases? {
        let all = await releases()
        guard !all.isEmpty else { return nil }
        let pattern: TagPattern? = if case .ofRelease(_, let pattern) = wanted { pattern } else { nil }
        return try? await KnownReleases(all, in: git, pattern, shown: { finding.version(of: $0) })
    }
}
