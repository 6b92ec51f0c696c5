import FoundationEssentials

/// A length of time as people type it in a chat: `30m`, `24h`, `7d`, `2w`; the unit in capitals is the same.
package struct Period: Sendable, Hashable, CustomStringConvertible {
    package let seconds: Int
    private let text: String

    /// At most a year: more is a slip of the finger.
    package init?(text: some StringProtocol) {
        // Int would also read "+5".
        let factors: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        guard let unit = text.last?.lowercased().first, let factor = factors[unit], text.utf8.count <= 8,
            text.dropLast().allSatisfy({ ("0"..."9").contains($0) }), let number = Int(text.dropLast()), number > 0,
            number <= 366 * 86_400 / factor
        else { return nil }
        seconds = number * factor
        self.text = "\(number)\(unit)"
    }

    package init(hours: Int) {
        seconds = hours * 3600
        text = "\(hours)h"
    }

    package init(days: Int) {
        seconds = days * 86_400
        text = "\(days)d"
    }

    package var description: String { text }
}

/// A length of time in words, two units at most: `2 h 14 min`, `3 days`, `12 s`.
package func spoken(seconds: Double) -> String {
    let total = Int(max(0, seconds.isFinite ? min(seconds, 1e12) : 0))
    let (days, hours, minutes) = (total / 86_400, total / 3600 % 24, total / 60 % 60)
    switch total {
    case ..<60: return "\(total) s"
    case ..<3600: return "\(minutes) min"
    case ..<86_400: return minutes == 0 ? "\(hours) h" : "\(hours) h \(minutes) min"
    case ..<(7 * 86_400):
        let named = days == 1 ? "1 day" : "\(days) days"
        return hours == 0 ? named : "\(named) \(hours) h"
    default: return "\(days) days"
    }
}
