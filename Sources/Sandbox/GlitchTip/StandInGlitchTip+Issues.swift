import Domain
import FoundationEssentials

extension StandInGlitchTip {
    func issueList(_ call: RoutedCall) throws(Denied) -> Answer {
        let question = call.question
        let paging = try Paging(question)
        let (order, isDescending) = try IssueOrder.read(question.value("sort") ?? "-last_seen")
        var found = try filtered(call)
        let search = try IssueSearch(question.value("query") ?? "")
        if call.gaps.count == 2 {
            // Of a project that is not there nothing is said but that it has no issues.
            found = isMember(call, of: call.gaps[0]) ? found.filter { $0.project.slug == call.gaps[1] } : []
        } else {
            try requireMember(call, of: call.gaps[0])
        }
        found = found.filter(search.matches)
        // Rows with equal counts come in any order, another one each time: nobody can page through them.
        let turn = order == .count ? requests.count : 0
        let tie = { (issue: StoredIssue) in (issue.id &* 7919 &+ turn &* 104_729) % 1_000_003 }
        let rows = found.map { (issue: $0, place: order.position(of: $0)) }.sorted { left, right in
            if left.place == right.place { return tie(left.issue) < tie(right.issue) }
            return isDescending ? left.place > right.place : left.place < right.place
        }
        var page = paging.page(rows, isDescending: isDescending, question, at: \.place) {
            wire($0.issue, matching: search.eventID)
        }
        if search.eventID != nil { page.headers.append(("X-Sentry-Direct-Hit", "1")) }
        return page.answer
    }

    func issueDetail(_ call: RoutedCall) throws(Denied) -> Answer {
        guard let issue = visible(call.int(0), call) else { throw .notFound }
        return .json(200, wire(issue).merging(["userReportCount": 0]))
    }

    /// GlitchTip lets a worker delete it; here it is gone at once.
    func deleteIssue(_ call: RoutedCall) throws(Denied) -> Answer {
        guard visible(call.int(0), call) != nil else { throw .notFound }
        issues[call.int(0)]?.isDeleted = true
        return Answer(204, headers: [("Content-Type", "application/json; charset=utf-8")])
    }

    /// Project, id, environment, start and end: what is given beside the query.
    func filtered(_ call: RoutedCall) throws(Denied) -> [StoredIssue] {
        let question = call.question
        let ids = try Self.numbers("id", question)
        let projects = try Self.numbers("project", question)
        let environments = question.values("environment")
        let start = try moment("start", question)
        let end = try moment("end", question)
        return issues.values.filter { issue in
            !issue.isDeleted && (ids.isEmpty || ids.contains(issue.id))
                && (projects.isEmpty || projects.contains(issue.project.id))
                && (environments.isEmpty
                    || issue.hasTag { $0.key == "environment" && environments.contains($0.value) })
                && start.map { issue.firstSeen >= $0 } ?? true && end.map { issue.firstSeen <= $0 } ?? true
        }
    }

    static func numbers(_ name: String, _ question: Question) throws(Denied) -> [Int] {
        var numbers: [Int] = []
        for (index, text) in question.values(name).enumerated() {
            guard let number = Int(text) else {
                throw .invalid(
                    Denied.detail(
                        "int_parsing", ["query", "filters", .string(name), .int(index)],
                        "Input should be a valid integer, unable to parse string as an integer"))
            }
            numbers.append(number)
        }
        return numbers
    }

    /// A moment, `now`, or `now-15m`.
    private func moment(_ name: String, _ question: Question) throws(Denied) -> Date? {
        guard let text = question.value(name) else { return nil }
        if text == "now" { return now() }
        if text.hasPrefix("now-"), let unit = text.last, let number = Double(text.dropFirst(4).dropLast()),
            let seconds = ["s": 1.0, "m": 60, "h": 3600, "d": 86400][unit]
        {
            return now().addingTimeInterval(-number * seconds)
        }
        guard let date = WireTime.parse(text) else {
            throw .invalid(
                Denied.detail(
                    "datetime_from_date_parsing", ["query", .string(name)],
                    "Input should be a valid datetime or date, input is too short",
                    context: ["error": "input is too short"]))
        }
        return date
    }
}
