import Domain
import GlitchTip
import Investigation

/// What GlitchTip may add to a finding: only hints, so that the answer waits for none of them long.
extension InvestigationDesk {
    private static let patience = Duration.seconds(2)

    /// Tags with one value in all of the issue's events; none when GlitchTip does not give them in time.
    func tagCounts(of issue: Issue.ID) async -> [Finding.TagCount] {
        let tags = await inTime { try await glitchtip.tags(of: issue) }
        return tags.filter { $0.distinct == 1 }.compactMap { tag in
            tag.values.first.map { Finding.TagCount(key: tag.key, counts: [$0.text: $0.count]) }
        }
    }

    /// The project's, the newest first; none when GlitchTip does not give them in time.
    func releases(of project: Project) async -> [Release] {
        await inTime { try await glitchtip.releases(of: project.slug) }
    }

    private func inTime<Hint: Sendable>(_ ask: @escaping @Sendable () async throws -> [Hint]) async -> [Hint] {
        await withTaskGroup(of: [Hint].self) { group in
            group.addTask { (try? await ask()) ?? [] }
            group.addTask {
                try? await Task.sleep(for: Self.patience)  // Ends when cancelled: the answer came first.
                return []
            }
            defer { group.cancelAll() }
            return await group.next() ?? []
        }
    }
}

/// The candidates that an investigation has judged, for what else they tell.
actor Candidates {
    private(set) var events: [Event] = []

    func keep(_ candidates: [Candidate]) -> [Candidate] {
        events = candidates.compactMap(\.event)
        return candidates
    }
}
