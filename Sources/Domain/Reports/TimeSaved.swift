import FoundationEssentials

/// What investigations saved: for each, how much shorter the search for the cause was than without them.
///
/// A median, times a count: issues that somebody took in the evening and looked into the next morning would turn a sum
/// of differences into nonsense.
package struct TimeSaved: Sendable, Hashable {
    package let baseline: Baseline
    /// From the first act to the finding, of the issues that were investigated.
    package let triage: Spread
    /// Investigated before anybody had touched the issue: nobody's time is known of these.
    package let unknown: Int

    /// How long it takes the team without.
    package enum Baseline: Sendable, Hashable {
        /// As the team says: `TIPLINE_BASELINE_MINUTES`.
        case assumed(minutes: Int)
        /// Between `/baseline start` and `/baseline stop`: from the first act to the resolution or the first comment,
        /// whatever came first.
        case measured(Spread, from: Day, to: Day)

        /// Nil when too few were measured.
        package var seconds: Double? {
            switch self {
            case .assumed(let minutes): Double(max(0, minutes)) * 60
            case .measured(let spread, _, _): spread.median
            }
        }
    }

    /// - Parameter period: of what was investigated then; its start belongs to it, its end to the next.
    package init(_ incidents: [Incident], in period: Range<Date>, baseline: Baseline) {
        self.baseline = baseline
        let investigated = incidents.filter { $0.investigatedAt.map(period.contains) ?? false }
        triage = Spread(investigated.compactMap(\.triage))
        unknown = investigated.count { $0.triage == nil }
    }

    /// All that were investigated.
    package var investigated: Int { triage.count + unknown }

    /// In seconds for each; negative when it took longer. Nil when there are too few to say.
    package var each: Double? {
        guard let baseline = baseline.seconds, let median = triage.median else { return nil }
        return baseline - median
    }

    package var total: Double? { each.map { $0 * Double(triage.count) } }

    /// `about 2 h 34 min`, `too few to say`
    package var words: String {
        guard let total else { return "too few to say" }
        if abs(total) < 60 { return "nothing yet" }
        return total > 0 ? "about \(spoken(seconds: total))" : "nothing: it took \(spoken(seconds: -total)) longer"
    }

    /// How it was computed, a sentence a line.
    package var explanation: [String] {
        var lines = [baselineSentence]
        let issues = triage.count == 1 ? "1 issue was" : "\(triage.count) issues were"
        if let median = triage.median, let each, let total, let baseline = baseline.seconds {
            lines.append(
                "\(issues) investigated here; from the first act to the finding, the median was \(spoken(seconds: median))."
            )
            let sign = total < 0 ? "−" : ""
            lines.append(
                "\(triage.count) × (\(spoken(seconds: baseline)) − \(spoken(seconds: median))) = "
                    + "\(sign)\(spoken(seconds: abs(each) * Double(triage.count))).")
        } else {
            lines.append("\(issues) investigated here; from \(Spread.fewest) on I compute with the median.")
        }
        if unknown > 0 {
            let what = unknown == 1 ? "1 investigation that nobody" : "\(unknown) investigations that nobody"
            lines.append("Not counted: \(what) had asked for before it was there.")
        }
        return lines
    }

    private var baselineSentence: String {
        switch baseline {
        case .assumed(let minutes):
            return "Without me it takes \(spoken(seconds: Double(max(0, minutes)) * 60)), as the team says "
                + "(TIPLINE_BASELINE_MINUTES)."
        case .measured(let spread, let first, let last):
            let span = "measured from \(first) to \(last)"
            guard let median = spread.median else {
                return "Without me: \(span), but only \(spread.count), too few to say."
            }
            return "Without me it takes \(spoken(seconds: median)), \(span), the median of \(spread.count)."
        }
    }
}
