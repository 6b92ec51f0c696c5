import FoundationEssentials
import Glibc

/// The orders that GlitchTip knows.
enum IssueOrder: String {
    case lastSeen = "last_seen"
    case firstSeen = "first_seen"
    case count, priority

    func position(of issue: StandInGlitchTip.StoredIssue) -> Paging.Position {
        switch self {
        case .lastSeen: .text(WireTime.spaced(issue.lastSeen))
        case .firstSeen: .text(WireTime.spaced(issue.firstSeen))
        case .count: .number(Double(issue.count))
        case .priority: .number(log10(Double(max(1, issue.count))) + issue.lastSeen.timeIntervalSince1970 / 300_000)
        }
    }

    static func read(_ text: String) throws(Denied) -> (order: IssueOrder, isDescending: Bool) {
        let isDescending = text.hasPrefix("-")
        if let order = IssueOrder(rawValue: isDescending ? String(text.dropFirst()) : text) {
            return (order, isDescending)
        }
        let words =
            "'last_seen', 'first_seen', 'count', 'priority', '-last_seen', '-first_seen', '-count' or '-priority'"
        throw .invalid(
            Denied.detail(
                "literal_error", ["query", "sort"], "Input should be \(words)", context: ["expected": .string(words)]))
    }
}
