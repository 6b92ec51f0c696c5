import Domain
import GlitchTip
import Investigation

extension InvestigationDesk {
    /// The answer does not wait longer for what is only a hint.
    private static let patience = Duration.seconds(2)

    /// Tags with one value in all of the issue's events; none when GlitchTip does not give them in time.
    func tagCounts(of issue: Issue.ID) async -> [Finding.TagCount] {
        let tags = await withTaskGroup(of: [TagSummary]?.self) { group in
            group.addTask { try? await glitchtip.tags(of: issue) }
            group.addTask {
                try? await Task.sleep(for: Self.patience)  // Ends when cancelled: the tags came first.
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        return (tags ?? []).filter { $0.distinct == 1 }.compactMap { tag in
            tag.values.first.map { Finding.TagCount(key: tag.key, counts: [$0.text: $0.count]) }
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
