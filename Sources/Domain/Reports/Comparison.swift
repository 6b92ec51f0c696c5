/// How often something happened, against how often before: `12 % fewer than yesterday`.
///
/// Events that come by chance differ from day to day without a reason, by about the square root of their number. Only
/// what is twice that far off is said to have changed.
package struct Comparison: Sendable, Hashable {
    package let now: Int
    package let before: Int

    // Of fewer than that on both sides, a percentage says nothing.
    private static let fewest = 10

    package init(_ now: Int, before: Int) {
        self.now = max(0, now)
        self.before = max(0, before)
    }

    package enum Verdict: Sendable, Hashable {
        case tooFew
        case same
        case more, fewer
    }

    package var verdict: Verdict {
        guard max(now, before) >= Self.fewest else { return .tooFew }
        let difference = Double(now) - Double(before)
        let chance = 2 * (Double(now) + Double(before)).squareRoot()
        // Of many, a small difference is beyond chance and still no news.
        guard abs(difference) > chance, abs(difference) >= 0.05 * Double(before) else { return .same }
        return difference > 0 ? .more : .fewer
    }

    /// `12 % fewer than yesterday`, `about the same as yesterday`, `too few to say`.
    ///
    /// - Parameter past: what it is compared with, such as "yesterday" or "last Tuesday".
    package func words(than past: String) -> String {
        switch verdict {
        case .tooFew: return "too few to say"
        case .same: return "about the same as \(past)"
        case .fewer: return now == 0 ? "none, against \(before) \(past)" : "\(percent) % fewer than \(past)"
        case .more:
            if before == 0 { return "none \(past)" }
            return now >= 3 * before ? "\(times) times as many as \(past)" : "\(percent) % more than \(past)"
        }
    }

    /// Never 100 of what there is still some.
    private var percent: Int {
        let change = abs(Double(now) / Double(before) - 1) * 100
        return verdict == .fewer ? min(99, Int(change.rounded())) : Int(change.rounded())
    }

    private var times: String {
        let factor = Double(now) / Double(before)
        guard factor < 10 else { return String(Int(factor.rounded())) }
        let tenths = Int((factor * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
    }
}
