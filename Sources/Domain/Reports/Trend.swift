/// How a number went over the last weeks, in numbers and a word.
package struct Trend: Sendable, Hashable {
    /// The oldest first.
    package let weeks: [Int]

    /// - Parameter weeks: the last four; earlier ones are left out. With fewer there is nothing to say.
    package init(_ weeks: [Int]) { self.weeks = Array(weeks.suffix(4)) }

    package enum Verdict: String, Sendable, Hashable {
        case tooFew = "too few to say"
        case rising, falling, steady
        case upAndDown = "up and down"
    }

    /// By halves, because a single week may be anything.
    package var verdict: Verdict {
        guard weeks.count == 4 else { return .tooFew }
        let halves = Comparison(weeks[2] + weeks[3], before: weeks[0] + weeks[1])
        switch halves.verdict {
        case .tooFew: return .tooFew
        // One week alone can lift a half: the last must be above the first as well.
        case .more: return Comparison(weeks[3], before: weeks[0]).verdict == .more ? .rising : .upAndDown
        case .fewer: return Comparison(weeks[3], before: weeks[0]).verdict == .fewer ? .falling : .upAndDown
        case .same:
            let extremes = Comparison(weeks.max() ?? 0, before: weeks.min() ?? 0)
            return extremes.verdict == .more ? .upAndDown : .steady
        }
    }

    /// `120, 150, 180, 240: rising`, `180, 240: too few to say`
    package var words: String {
        let numbers = weeks.map(String.init).joined(separator: ", ")
        return weeks.isEmpty ? verdict.rawValue : "\(numbers): \(verdict.rawValue)"
    }
}
