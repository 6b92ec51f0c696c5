import ChatOps
import Domain
import FoundationEssentials

/// Says how much time investigations saved, as far as the numbers carry it; `how` tells how that was computed.
struct Saved: Command {
    static let manual = Manual(
        "saved", "[PERIOD]", "Say how much time investigations saved, and how that is known.",
        examples: ["/saved", "/saved 7d"])

    let record: TeamRecord

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        var period = Period.month
        var isHow = arguments.take("how")
        if !isHow, let word = arguments.word() {
            guard let given = Period(text: word) else {
                throw Refusal("\(HTML.code(word.cut(to: 60))) is not a time such as \(HTML.code("30d")).")
            }
            period = given
        }
        isHow = isHow || arguments.take("how")
        try arguments.end()

        let range = call.date.addingTimeInterval(-Double(period.seconds))..<call.date
        let incidents = try await record.incidents(since: range.lowerBound)
        let saved = TimeSaved(incidents, in: range, baseline: try await record.baseline())

        guard !isHow else { return Reply(how(saved, period)) }
        return Reply(
            text(saved, incidents, range, period),
            keyboard: [[Button("How is this computed?", callbackData: "/saved \(period) how")]])
    }

    private func text(_ saved: TimeSaved, _ incidents: [Incident], _ range: Range<Date>, _ period: Period) -> HTML {
        let toFinding = Spread(
            incidents.filter { $0.investigatedAt.map(range.contains) ?? false }.compactMap(\.toFinding))
        let firstAct = Effect(of: .investigation, until: .firstAct, incidents, in: range)
        let resolved = Effect(of: .investigation, until: .resolved, incidents, in: range)
        return """
            ⏳ <b>Time saved: \(saved.words)</b> · last \(period)
            From the alert to the finding: \(toFinding.words)
            To the first act, with /investigate or without
            \(effect(firstAct))
            To resolved, with /investigate or without
            \(effect(resolved))
            """
    }

    private func effect(_ effect: Effect) -> HTML {
        let verdict: HTML = effect.with.words(than: effect.without, "without").map { "\n– \($0)" } ?? ""
        return "– with: \(effect.with.words)\n– without: \(effect.without.words)\(verdict)"
    }

    private func how(_ saved: TimeSaved, _ period: Period) -> HTML {
        let lines = saved.explanation.map { HTML($0) }
        let caution: HTML = "People investigate what is hard: a difference is measured, its cause is not."
        return "<b>How the time saved is computed</b> · last \(period)\n\((lines + [caution]).joined(by: "\n"))"
    }
}
