import Domain

/// How alike two errors are, by their stacks and by their words. Pure.
enum Similarity {
    // Below that it is chance: two errors of one program always share something.
    private static let least = 0.3

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
        let stack = candidate.event.flatMap { alikeness(event, $0, seen) }
        let score = stack.map { 0.65 * $0 + 0.35 * title } ?? title * 0.9
        guard score >= least else { return nil }
        return Finding.SimilarIssue(
            id: issue.id, shortID: issue.shortID, title: Finding.clean(issue.title), status: issue.status,
            score: (score * 1000).rounded() / 1000, lastComment: candidate.lastComment.map { Finding.clean($0) })
    }

    /// The frames in common, the rare and the deep ones counting more; nil when one of them has none.
    private static func alikeness(_ left: Event, _ right: Event, _ seen: FrameStatistics) -> Double? {
        let mine = weights(left, seen)
        let theirs = weights(right, seen)
        guard !mine.isEmpty, !theirs.isEmpty else { return nil }
        let common = mine.reduce(0) { $0 + min($1.value, theirs[$1.key] ?? 0) }
        let all =
            mine.reduce(0) { $0 + max($1.value, theirs[$1.key] ?? 0) }
            + theirs.filter { mine[$0.key] == nil }.reduce(0) { $0 + $1.value }
        return all > 0 ? common / all : nil
    }

    private static func weights(_ event: Event, _ seen: FrameStatistics) -> [String: Double] {
        var weights: [String: Double] = [:]
        for exception in event.exceptions.prefix(5) {
            for (depth, frame) in exception.frames.reversed().prefix(30).enumerated() {
                let weight = (0.3 + 0.7 * seen.rarity(of: frame)) / (1 + 0.25 * Double(depth))
                let key = FrameStatistics.key(frame)
                weights[key] = max(weights[key] ?? 0, weight)
            }
        }
        return weights
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
