import ChatOps
import Domain

/// Says what happened in a time: how much, what is new, what was resolved, what waits.
struct ShowReport: Command {
    static let manual = Manual(
        "report", "[today|yesterday|week|PERIOD] [PROJECT]", "Say what happened, and what waits.",
        examples: ["/report", "/report yesterday", "/report 48h shop-web"])

    let reports: ReportDesk

    func run(_ call: Call) async throws -> Reply {
        var words = call.arguments.words()
        // `last week` is the week, and `last 24h` are these hours.
        if words.count > 1, words[0].lowercased() == "last", Self.canBeLast(words[1].lowercased()) {
            words.removeFirst()
        }
        if words.map({ $0.lowercased() }) == ["week"] {
            return try await reports.week(before: reports.zone.local(call.date).day)
        }
        let span = words.first.flatMap { self.span($0.lowercased(), call) }
        if span != nil { words.removeFirst() }
        guard words.count <= 1 else { throw Refusal("I do not understand \(HTML.code(words[1].prefix(60))).") }
        let project: Project? =
            if let word = words.first { try await reports.history.projects().called(word, or: "a time") } else { nil }

        return try await reports.reply(span ?? .today(at: call.date, in: reports.zone), project: project)
    }

    private static func canBeLast(_ word: String) -> Bool { word == "week" || Period(text: word) != nil }

    private func span(_ word: String, _ call: Call) -> ReportSpan? {
        let today = reports.zone.local(call.date).day
        switch word {
        case "today": return .today(at: call.date, in: reports.zone)
        case "yesterday": return .day(today.adding(-1), in: reports.zone)
        case "week": return .week(before: today, in: reports.zone)
        default: return Period(text: word).map { .last($0, at: call.date) }
        }
    }
}
