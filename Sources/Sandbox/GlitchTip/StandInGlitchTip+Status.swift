import Domain
import FoundationEssentials

extension StandInGlitchTip {
    func changeStatus(_ call: RoutedCall, issue id: Int) throws(Denied) -> Answer {
        if call.gaps.count == 2 { try requireMember(call, of: call.gaps[0]) }
        let status = try status(try body(call))
        guard var issue = visible(id, call) else { throw .notFound }
        // A change without a status is a change to NULL, which the database refuses.
        guard let status else { throw .serverError }
        issue.status = status
        issues[id] = issue
        var fields = wire(issue).merging(["userReportCount": 0]).object ?? [:]
        for (camel, snake) in [
            ("shareId", "share_id"), ("statusDetails", "status_details"),
            ("subscriptionDetails", "subscription_details"), ("userCount", "user_count"),
            ("matchingEventId", "matching_event_id"),
        ] { fields[snake] = fields.removeValue(forKey: camel) }
        return .json(200, .object(fields))
    }

    /// Changes what the filters leave, which is everything when there are none: `ids=1` is no filter.
    func changeMany(_ call: RoutedCall) throws(Denied) -> Answer {
        let payload = try body(call)
        let status = try status(payload)
        try requireMember(call, of: call.gaps[0])
        let search = try IssueSearch(call.question.value("query") ?? "")
        for issue in try filtered(call) where search.matches(issue) {
            if let status { issues[issue.id]?.status = status }
        }
        return .json(200, ["status": .optional(status?.rawValue), "merge": payload["merge"] ?? nil])
    }

    /// As dangerous as the change of many; its answer says "resolved".
    func deleteMany(_ call: RoutedCall) throws(Denied) -> Answer {
        let doomed = try filtered(call)
        try requireMember(call, of: call.gaps[0])
        let search = try IssueSearch(call.question.value("query") ?? "")
        for issue in doomed where search.matches(issue) { issues[issue.id]?.isDeleted = true }
        return .json(200, ["status": "resolved", "merge": nil])
    }

    /// Nil when the payload says nothing of it.
    private func status(_ payload: JSON) throws(Denied) -> Issue.Status? {
        guard let value = payload["status"], value != .null else { return nil }
        guard let status = value.string.flatMap(Issue.Status.init) else {
            let words = "'unresolved', 'resolved' or 'ignored'"
            throw .invalid(
                Denied.detail(
                    "enum", ["body", "payload", "status"], "Input should be \(words)",
                    context: ["expected": .string(words)]))
        }
        return status
    }
}
