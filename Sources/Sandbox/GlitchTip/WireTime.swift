import FoundationEssentials

/// GlitchTip's spellings of a moment.
enum WireTime {
    /// `2026-11-23T21:14:19.283Z`; without a fraction when that is zero.
    static func text(_ date: Date) -> JSON {
        let milliseconds = micros(date) % 1_000_000 / 1000
        let fraction = milliseconds == 0 ? "" : "." + padded(milliseconds, to: 3)
        return .string(seconds(date) + fraction + "Z")
    }

    /// `2026-11-23T21:14:19.283687+00:00`, as the statistics write it.
    static func long(_ date: Date) -> String {
        let fraction = micros(date) % 1_000_000
        return seconds(date) + (fraction == 0 ? "" : "." + padded(fraction, to: 6)) + "+00:00"
    }

    /// As Python prints it, and as cursors have it.
    static func spaced(_ date: Date) -> String { long(date).replacing("T", with: " ") }

    static func parse(_ text: String) -> Date? {
        if let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains(".")).parse(text) {
            return date
        }
        // Without a zone, and a day alone: Django takes UTC.
        let day = text.contains("T") ? text + "Z" : text + "T00:00:00Z"
        return try? Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains(".")).parse(day)
    }

    /// Microseconds since 1970: what PostgreSQL keeps.
    static func micros(_ date: Date) -> Int { Int((date.timeIntervalSince1970 * 1_000_000).rounded()) }

    private static func seconds(_ date: Date) -> String {
        let whole = Date(timeIntervalSince1970: Double(micros(date) / 1_000_000))
        return String(whole.formatted(Date.ISO8601FormatStyle()).dropLast())
    }

    private static func padded(_ number: Int, to count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}
