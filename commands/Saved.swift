import ChatOps
import Domain
import FoundationEssentials

/// Says how much time investigations and runbooks saved, as far as the numbers carry it; `how` tells how that was computed.
struct Saved: Command {
    static let manual = Manual(
        "saved", "[PERIOD|week [DAY]]", "Say how much time investigations saved, and how that is known.",
        examples: ["/saved", "/saved 7d", "/saved week"])

    let record: TeamRecord

    func run(_ call: Call) async throws -> Reply {
        var words = call.arguments.words().map { $0.lowercased() }
        let isHow = words.contains("how")
        words.removeAll { $0 == "how" }
        let span = try span(words, call)

        let incidents = try await record.incidents(since: span.range.lowerBound)
        let saved = TimeSaved(incidents, in: span.range, baseline: try await record.baseline())

        guard !isHow else { return Reply(how(saved, span)) }
        return Reply(
            text(saved, incidents, span),
            keyboard: [[Button("How is this computed?", callbackData: "/saved \(span.line) how")]])
    }

    private struct Span {
        let range: Range<Date>
        let words: String
        /// As it is typed.
        let line: String
    }

    /// `7d` until now, or the `week` before today or before a day, as in the weekly review.
    private func span(_ words: [String], _ call: Call) throws -> Span {
        guard words.count <= (words.first == "week" ? 2 : 1) else {
            throw Refusal("I do not understand \(HTML.code((words.last ?? "").cut(to: 60))).")
        }
        guard words.first == "week" else {
            let period = try words.first.map(period) ?? .month
            let start = call.date.addingTimeInterval(-Double(period.seconds))
            return Span(range: start..<call.date, words: "last \(period)", line: period.description)
        }
        let today = record.zone.local(call.date).day
        let text = words.dropFirst().first ?? today.description
        guard let day = Day(text: text) else {
            throw Refusal("\(HTML.code(text.cut(to: 60))) is not a day such as \(HTML.code(today.description)).")
        }
        let week = ReportSpan.week(before: day, in: record.zone)
        return Span(range: week.start..<week.end, words: week.title, line: "week \(day)")
    }

    private func period(_ word: String) throws -> Period {
        guard let period = Period(text: word) else {
            throw Refusal("\(HTML.code(word.cut(to: 60))) is not a time such as \(HTML.code("30d")).")
        }
        return period
    }

    private func text(_ saved: TimeSaved, _ incidents: [Incident], _ span: Span) -> HTML {
        let toFinding = Spread(
            incidents.filter { $0.investigatedAt.map(span.range.contains) ?? false }.compactMap(\.toFinding))
        let effects = [("/investigate", Effect.Help.investigation), ("a runbook", .runbook)].flatMap { name, help in
            [("the first act", Effect.Milestone.firstAct), ("resolved", .resolved)].compactMap { end, milestone in
                self.effect(
                    Effect(of: help, until: milestone, incidents, in: span.range), "To \(end), with \(name) or without")
            }
        }
        let head: HTML = """
            ⏳ <b>Time saved: \(saved.words)</b> · \(span.words)
            From the alert to the finding: \(toFinding.words)
            """
        return ([head] + effects).joined(by: "\n")
    }

    /// Nil when nothing was done with it, which compares with nothing.
    private func effect(_ effect: Effect, _ title: String) -> HTML? {
        guard effect.with.count > 0 else { return nil }
        let verdict: HTML = effect.with.words(than: effect.without, "without").map { "\n– \($0)" } ?? ""
        return "\(title)\n– with: \(effect.with.words)\n– without: \(effect.without.words)\(verdict)"
    }

    private func how(_ saved: TimeSaved, _ span: Span) -> HTML {
        let lines = saved.explanation.map { HTML($0) }
        let caution: HTML = "People investigate what is hard: a difference is measured, its cause is not."
        return "<b>How the time saved is computed</b> · \(span.words)\n\((lines + [caution]).joined(by: "\n"))"
    }
}
