import FoundationEssentials

extension StandInGlitchTip {
    /// Newest first; an issue that is not there has none.
    func eventList(_ call: RoutedCall) throws(Denied) -> Answer {
        let paging = try Paging(call.question)
        let events = visible(call.int(0), call)?.events.reversed() ?? []
        return paging.page(Array(events), isDescending: true, call.question) {
            .text(WireTime.spaced($0.received))
        } wire: {
            $0.listed
        }.answer
    }

    /// `latest`, or an id; Sentry's other words are not ids.
    func eventDetail(_ call: RoutedCall) throws(Denied) -> Answer {
        let name = call.gaps[1]
        let id = name.replacing("-", with: "").lowercased()
        if name != "latest" {
            guard id.count == 32, id.allSatisfy(\.isHexDigit) else {
                let place = name.first.map { "found `\($0)` at 1" } ?? ""
                let words =
                    "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], \(place)"
                throw .invalid(
                    Denied.detail(
                        "uuid_parsing", ["path", "event_id"], "Input should be a valid UUID, \(words)",
                        context: ["error": .string(words)]))
            }
        }
        guard let events = visible(call.int(0), call)?.events,
            let index = name == "latest" ? events.indices.last : events.firstIndex(where: { $0.id == id })
        else { throw .notFound }
        return .json(
            200,
            events[index].body.merging([
                "userReport": nil, "nextEventID": .optional(index + 1 < events.count ? events[index + 1].id : nil),
                "previousEventID": .optional(index > 0 ? events[index - 1].id : nil),
            ]))
    }

    /// How often each value of each tag came.
    func tagSummaries(_ call: RoutedCall) throws(Denied) -> Answer {
        guard let issue = visible(call.int(0), call) else { throw .notFound }
        var counts: [String: [String: Int]] = [:]
        for tag in issue.events.flatMap(\.tags) { counts[tag.key, default: [:]][tag.value, default: 0] += 1 }
        if let key = call.question.value("key") { counts = counts.filter { $0.key == key } }
        return .json(
            200,
            .array(
                counts.sorted { $0.key < $1.key }.map { key, values in
                    [
                        "topValues": .array(
                            values.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(10).map { value, count in
                                [
                                    "name": .string(value), "value": .string(value), "count": .int(count),
                                    "key": .string(key),
                                ]
                            }),
                        "uniqueValues": .int(values.count), "key": .string(key), "name": .string(key),
                        "totalValues": .int(values.values.reduce(0, +)),
                    ]
                }))
    }
}
