import Domain
import FoundationEssentials

extension StandInGlitchTip {
    /// Events of single issues in the last day or fortnight, sparse.
    func issuesStatistics(_ call: RoutedCall) throws(Denied) -> Answer {
        try requireMember(call, of: call.gaps[0])
        let groups = try Self.numbers("groups", call.question)
        guard !groups.isEmpty else {
            throw .invalid(Denied.detail("missing", ["query", "groups"], "Field required"))
        }
        let period = call.question.value("statsPeriod") ?? "24h"
        guard period == "24h" || period == "14d" else {
            throw .invalid(
                Denied.detail(
                    "literal_error", ["query", "statsPeriod"], "Input should be '14d' or '24h'",
                    context: ["expected": "'14d' or '24h'"]))
        }
        let span = period == "24h" ? 1 : 24
        let last = Int(now().timeIntervalSince1970) / 3600
        let found = groups.compactMap { visible($0, call) }
        return .json(
            200,
            .array(
                found.map { issue in
                    var points: [Int: Int] = [:]
                    for (hour, count) in issue.hours where hour > last - (period == "24h" ? 24 : 14 * 24) {
                        points[hour / span * span, default: 0] += count
                    }
                    let series: JSON = .array(
                        points.sorted { $0.key < $1.key }.map { [.int($0.key * 3600), .int($0.value)] })
                    return [
                        "id": .string(String(issue.id)), "count": .string(String(issue.count)),
                        "userCount": .int(issue.count), "firstSeen": .string(WireTime.long(issue.firstSeen)),
                        "lastSeen": .string(WireTime.long(issue.lastSeen)), "isUnhandled": false,
                        "stats": ["24h": period == "24h" ? series : nil, "14d": period == "14d" ? series : nil],
                    ]
                }))
    }

    /// Events of the organization by the hour.
    func statistics(_ call: RoutedCall) throws(Denied) -> Answer {
        let question = call.question
        try requireMember(call, of: call.gaps[0])
        let missing = ["category", "field", "start", "end"].filter { question.value($0) == nil }
        guard missing.isEmpty else {
            throw Denied(
                answer: .json(
                    422,
                    [
                        "detail": .array(
                            missing.map { Denied.detail("missing", ["query", .string($0)], "Field required") })
                    ]))
        }
        guard let start = question.value("start").flatMap(WireTime.parse),
            let end = question.value("end").flatMap(WireTime.parse)
        else { throw .serverError }
        let first = Int(start.timeIntervalSince1970) / 3600
        let last = (Int(end.timeIntervalSince1970) + 3599) / 3600
        guard last - first <= 1000 else {
            throw Denied(answer: .json(422, ["detail": [["end": "Too many intervals"]]]))
        }
        let projects = try Self.numbers("project", question)
        let known = Set(self.projects.map(\.id))
        guard projects.allSatisfy(known.contains) else { throw .notFound }
        var all: [Int: Int] = [:]
        var wanted: [Int: Int] = [:]
        for issue in issues.values {
            for (hour, count) in issue.hours {
                all[hour, default: 0] += count
                if projects.isEmpty || projects.contains(issue.project.id) { wanted[hour, default: 0] += count }
            }
        }
        // Hours in which only other projects had events are left out: GlitchTip's mistake.
        let hours = (first...max(first, last)).filter { wanted[$0] != nil || all[$0] == nil }
        let field = question.value("field") ?? ""
        return .json(
            200,
            [
                "intervals": .array(
                    hours.map { .string(WireTime.long(Date(timeIntervalSince1970: Double($0) * 3600))) }),
                "groups": [
                    ["series": .object([field: .array(hours.map { wanted[$0].map(JSON.int) ?? .null })])]
                ],
            ])
    }
}
