import Domain
import GlitchTip
import Investigation

/// Issues that may be alike, as GlitchTip knows them.
extension InvestigationDesk {
    private static let mostCandidates = 6

    /// Issues of the project that share words, each with its event. What GlitchTip fails to give here is only missed: the
    /// code says more.
    ///
    /// - Parameter alike: issues whose stack is alike, whatever their words are.
    func candidates(for issue: Issue, alike: [Issue.ID]) async -> [Candidate] {
        let filter = IssueFilter(projects: [issue.project.id], words: issue.metadata.type ?? issue.title)
        async let known = candidates(alike)
        let page = try? await glitchtip.issues(filter, limit: 25)
        // The resolved ones tell how it was solved.
        let others = (page?.items ?? []).filter { $0.id != issue.id && !alike.contains($0.id) }
        let chosen = (others.filter { $0.status == .resolved } + others.filter { $0.status != .resolved })
            .prefix(Self.mostCandidates)
        let found = await withTaskGroup(of: Candidate.self) { group in
            for other in chosen { group.addTask { await candidate(other) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        return await known + found
    }

    private func candidates(_ ids: [Issue.ID]) async -> [Candidate] {
        await withTaskGroup(of: Candidate?.self) { group in
            for id in ids {
                group.addTask {
                    guard let issue = try? await glitchtip.issue(id) else { return nil }
                    return await candidate(issue)
                }
            }
            return await group.reduce(into: []) { if let candidate = $1 { $0.append(candidate) } }
        }
    }

    private func candidate(_ issue: Issue) async -> Candidate {
        async let event = try? glitchtip.latestEvent(of: issue.id)
        return Candidate(issue: issue, event: await event, ending: await ending(of: issue))
    }
}
