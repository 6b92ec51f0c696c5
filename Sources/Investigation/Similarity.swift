import Domain

/// How alike two errors are, by their stacks and by their words. Pure.
enum Similarity {
    // Below that it is chance: two errors of one program always share something.
    private static let least = 0.3
    // What differs then is a frame of the runtime.
    private static let sameStack = 0.95

    /// The candidates worth showing: resolved ones first, then the most alike, at most `count`.
    static func rank(
        _ candidates: [Candidate], with event: Event, issue: Issue?, seen: FrameStatistics, count: Int = 5
    ) -> [Finding.SimilarIssue] {
        let own = issue?.id ?? event.issue
        let title = issue?.title ?? event.title
        let alike = candidates.filter { $0.issue.id != own }.compactMap { judge($0, event, title, seen) }
        let sorted = alike.sorted { left, right in
            if (left.status == .resolved) != (right.status == .resolved) { return left.status == .resolved }
            return left.score == right.score ? left.id > right.id : left.score > right.score
        }
        return Array(sorted.prefix(count))
    }

    private static func judge(
        _ candidate: Candidate, _ event: Event, _ ownTitle: String, _ seen: FrameStatistics
    ) -> Finding.SimilarIssue? {
        let issue = candidate.issue
        let title = likeness(words(of: ownTitle), words(of: issue.title))
        let stack = candidate.event.flatMap { StackSignature(event).likeness(to: StackSignature($0), seen: seen) }
        let score = stack.map { 0.65 * $0 + 0.35 * title } ?? title * 0.9
        guard score >= least else { return nil }
        return Finding.SimilarIssue(
            id: issue.id, shortID: issue.shortID, title: Finding.clean(issue.title), status: issue.status,
            score: (score * 1000).rounded() / 1000, hasSameStack: (stack ?? 0) >= sameStack, firstSeen: issue.firstSeen,
            ending: candidate.ending)
    }

    /// Words without what differs from one occurrence to the next: numbers, hashes, quoted values.
    private static func words(of title: String) -> Set<String> {
        let words = title.prefix(400).lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }
        return Set(words.filter { $0.count > 1 && !$0.contains(where: \.isNumber) }.map(String.init))
    }

    private static func likeness(_ left: Set<String>, _ right: Set<String>) -> Double {
        let all = left.union(right).count
        return all == 0 ? 0 : Double(left.intersection(right).count) / Double(all)
    }
}
