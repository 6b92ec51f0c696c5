import ChatOps
import Domain
import Storage

/// Measures how long the team takes by itself, to compare investigations with.
struct Baseline: Command {
    static let manual = Manual(
        "baseline", "[start|stop]", "Measure how long the team takes without investigations.", role: .observer,
        examples: ["/baseline", "/baseline start", "/baseline stop"])

    let record: TeamRecord

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        let (isStart, isStop) = (arguments.take("start"), arguments.take("stop"))
        try arguments.end()
        guard isStart || isStop else { return Reply(try await state(call)) }
        try call.require(.admin)
        return isStart ? try await start(call) : try await stop(call)
    }

    private func start(_ call: Call) async throws -> Reply {
        if let span = try await record.span(), span.end == nil, !call.isRepeated {
            throw Refusal("It is being measured already, since \(ago(span.start, now: call.date)).")
        }
        try await record.set(BaselineSpan(start: call.date))
        return Reply(
            """
            📏 Measuring from now on: from the first act on an alert to its resolution or first comment, without \
            /investigate. A week is a good measure; \(HTML.code("/baseline stop")) ends it.
            """, outcome: "baseline started")
    }

    private func stop(_ call: Call) async throws -> Reply {
        guard var span = try await record.span(), span.end == nil || call.isRepeated else {
            throw Refusal("Nothing is being measured. \(HTML.code("/baseline start")) begins.")
        }
        span.end = call.date
        try await record.set(span)
        let spread = try await record.unaided(from: span.start, to: call.date)
        let verdict: HTML =
            spread.median == nil
            ? "That is too few to compare with: until there are \(Spread.fewest), I say so instead of a number."
            : "/saved compares with that from now on."
        return Reply("📏 Measured: \(spread.words). \(verdict)", outcome: "baseline stopped")
    }

    private func state(_ call: Call) async throws -> HTML {
        if let span = try await record.span(), span.end == nil {
            let spread = try await record.unaided(from: span.start, to: call.date)
            return "📏 Measuring since \(ago(span.start, now: call.date)): \(spread.words)."
        }
        switch try await record.baseline() {
        case .assumed(let minutes):
            return
                "📏 Not measured. I compare with \(minutes) min (TIPLINE_BASELINE_MINUTES); \(HTML.code("/baseline start")) measures."
        case .measured(let spread, let first, let last):
            return "📏 Measured from \(first.description) to \(last.description): \(spread.words)."
        }
    }
}
