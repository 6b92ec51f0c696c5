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
        let period = try choice("statsPeriod", of: ["14d", "24h"], call.question) ?? "24h"
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

    /// Events of the organization in each interval, with GlitchTip's mistakes: only the first hour of a day counts, the
    /// hour counts again for each of its minutes, and intervals in which only other projects had events are left out.
    func statistics(_ call: RoutedCall) throws(Denied) -> Answer {
        let question = call.question
        try requireMember(call, of: call.gaps[0])
        let missing = ["category", "field", "start", "end"].filter { question.value($0) == nil }
        guard missing.isEmpty else {
            let details = missing.map { Denied.detail("missing", ["query", .string($0)], "Field required") }
            throw Denied(answer: .json(422, ["detail": .array(details)]))
        }
        let category = try choice("category", of: ["error", "transaction"], question)
        let field = try choice("field", of: ["sum(quantity)", "sum(times_seen)"], question)
        let step = ["1d": 86400, "1h": 3600, "1m": 60][
            try choice("interval", of: ["1d", "1h", "1m"], question) ?? "1h"]
        let (start, end) = try range(question)
        let projects = try Self.numbers("project", question)
        let known = Set(self.projects.map(\.id))
        guard projects.allSatisfy(known.contains) else { throw .notFound }

        var all: [Int: Int] = [:]
        var wanted: [Int: Int] = [:]
        for issue in issues.values where category == "error" {
            for (hour, count) in issue.hours {
                all[hour, default: 0] += count
                if projects.isEmpty || projects.contains(issue.project.id) { wanted[hour, default: 0] += count }
            }
        }
        var intervals: [JSON] = []
        var series: [JSON] = []
        for second in stride(from: start, through: end, by: step ?? 3600) {
            let hour = (second + 3599) / 3600
            guard wanted[hour] != nil || all[hour] == nil else { continue }
            intervals.append(.string(WireTime.long(Date(timeIntervalSince1970: Double(second)))))
            series.append(wanted[hour].map(JSON.int) ?? .null)
        }
        return .json(
            200,
            ["intervals": .array(intervals), "groups": [["series": .object([field ?? "": .array(series)])]]])
    }

    private func choice(_ name: String, of words: [String], _ question: Question) throws(Denied) -> String? {
        guard let word = question.value(name) else { return nil }
        guard words.contains(word) else {
            let quoted = words.map { "'\($0)'" }
            let list = quoted.dropLast().joined(separator: ", ") + " or " + (quoted.last ?? "")
            throw .invalid(
                Denied.detail(
                    "literal_error", ["query", .string(name)], "Input should be \(list)",
                    context: ["expected": .string(list)]))
        }
        return word
    }

    /// Seconds since 1970, from the hour before the start to the hour after the end.
    private func range(_ question: Question) throws(Denied) -> (start: Int, end: Int) {
        let texts = [question.value("start") ?? "", question.value("end") ?? ""]
        let moments = texts.compactMap(WireTime.parse)
        // Python can't compare a moment that has a zone with one that has none.
        let zones = texts.map { $0.hasSuffix("Z") || $0.dropFirst(10).contains { $0 == "+" || $0 == "-" } }
        guard moments.count == 2, zones[0] == zones[1] else { throw .serverError }
        let days = Int((moments[1].timeIntervalSince(moments[0]) / 86400).rounded(.down))
        guard days * 24 <= 1000 else { throw Denied(answer: .json(422, ["detail": [["end": "Too many intervals"]]])) }
        return (
            start: Int(moments[0].timeIntervalSince1970) / 3600 * 3600,
            end: (Int(moments[1].timeIntervalSince1970) / 3600 + 1) * 3600
        )
    }
}
