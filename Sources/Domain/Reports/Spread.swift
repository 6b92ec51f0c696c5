import FoundationEssentials

/// How long something took, many times: the middle, and what nine of ten stayed below.
///
/// No averages: one issue that was open over Christmas would hide all others.
package struct Spread: Sendable, Hashable {
    /// In seconds, the shortest first.
    private let sorted: [Double]

    // Of fewer, the middle is an accident.
    package static let fewest = 5
    private static let fewestForTail = 10

    /// - Parameter seconds: what is no length of time is left out; below zero, a clock was set back.
    package init(_ seconds: some Sequence<Double>) {
        sorted = seconds.filter(\.isFinite).map { max(0, $0) }.sorted()
    }

    package var count: Int { sorted.count }

    /// Nil when there are too few to say.
    package var median: Double? {
        guard count >= Self.fewest else { return nil }
        return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
    }

    /// The shortest that nine of ten do not exceed; nil when there are too few to say.
    package var p90: Double? {
        guard count >= Self.fewestForTail else { return nil }
        return sorted[(count * 9 + 9) / 10 - 1]
    }

    /// `median 12 min, nine of ten within 1 h 3 min (14)`, `too few to say (2)`.
    package var words: String {
        guard let median else { return count == 0 ? "none" : "too few to say (\(count))" }
        let tail = p90.map { ", nine of ten within \(spoken(seconds: $0))" } ?? ""
        return "median \(spoken(seconds: median))\(tail) (\(count))"
    }

    /// `12 min faster than last week`, `about as fast as …`; nil when there are too few to say.
    ///
    /// - Parameter past: what the other is called.
    package func words(than other: Spread, _ past: String) -> String? {
        guard let median, let before = other.median else { return nil }
        let difference = abs(median - before)
        guard differs(from: other), difference >= 60 else { return "about as fast as \(past)" }
        return "\(spoken(seconds: difference)) \(median < before ? "faster" : "slower") than \(past)"
    }

    /// Whether one of them is beyond chance the longer, by the ranks that their values have among all (Mann and Whitney);
    /// lengths of time are nowhere near a normal distribution.
    private func differs(from other: Spread) -> Bool {
        let (own, others) = (Double(count), Double(other.count))
        // Pairs in which ours is the longer; equals count half.
        var wins = 0.0
        var (below, notAbove) = (0, 0)
        for value in sorted {
            while below < other.count, other.sorted[below] < value { below += 1 }
            while notAbove < other.count, other.sorted[notAbove] <= value { notAbove += 1 }
            wins += Double(below + notAbove) / 2
        }
        let deviation = (own * others * (own + others + 1) / 12).squareRoot()
        return abs(wins - own * others / 2) > 2 * deviation
    }
}
