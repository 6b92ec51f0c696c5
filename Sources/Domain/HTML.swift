import FoundationEssentials

/// Text in Telegram's HTML, safe by construction: whatever is interpolated is escaped.
///
///     let line: HTML = "✅ <b>\(issue.title)</b> is resolved."
///
/// Literals are markup and must be well formed; values are text. Nobody escapes by hand.
package struct HTML: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What goes to Telegram with `parse_mode: HTML`.
    package private(set) var markup: String

    package init() { markup = "" }

    /// Any text, escaped.
    package init(_ text: some StringProtocol) { markup = Self.escape(text) }

    /// Markup that was made by an `HTML` before, such as one read back from the ledger.
    package init(markup: String) { self.markup = markup }

    package init(from decoder: any Decoder) throws { markup = try decoder.singleValueContainer().decode(String.self) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(markup)
    }

    package var description: String { markup }
    package var isEmpty: Bool { markup.isEmpty }

    package static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.markup + right.markup) }

    package static func += (left: inout HTML, right: HTML) { left.markup += right.markup }

    package static func code(_ text: some StringProtocol) -> HTML { "<code>\(text)</code>" }

    package static func bold(_ text: some StringProtocol) -> HTML { "<b>\(text)</b>" }

    /// A block of code; the language only colours it.
    package static func pre(_ text: some StringProtocol, language: String? = nil) -> HTML {
        guard let language else { return "<pre>\(text)</pre>" }
        return "<pre><code class=\"language-\(language)\">\(text)</code></pre>"
    }

    /// Text that opens a page. Telegram takes no `code` inside.
    package static func link(_ text: some StringProtocol, to address: String) -> HTML {
        "<a href=\"\(address)\">\(text)</a>"
    }

    /// Shown folded, with an arrow to open it. Quotes do not nest.
    package static func folded(_ content: HTML) -> HTML { "<blockquote expandable>\(content)</blockquote>" }

    /// A moment, which Telegram's clients show in each reader's own language and time zone; `words` are for those that
    /// can't, and for what is no moment on anybody's calendar.
    package static func time(_ date: Date, as form: TimeForm = .relative, _ words: some StringProtocol) -> HTML {
        let seconds = date.timeIntervalSince1970
        guard (0..<4_102_444_800).contains(seconds) else { return HTML(words) }
        return "<tg-time unix=\"\(Int(seconds))\" format=\"\(form.rawValue)\">\(words)</tg-time>"
    }

    /// Telegram's letters for how a moment is shown.
    package enum TimeForm: String, Sendable {
        /// `5 minutes ago`
        case relative = "r"
        /// `09:12`
        case clock = "t"
        /// `24 November 2026, 09:12`
        case dateAndClock = "Dt"
    }

    /// Control characters vanish, and so do the ones that turn the direction of writing: in a title they
    /// could make a line read as another.
    private static func escape(_ text: some StringProtocol) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "&": escaped += "&amp;"
            case "\"": escaped += "&quot;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case _ where scalar.turnsOrHides: continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension Unicode.Scalar {
    /// Control characters, the bidirectional marks, the two separators that some viewers break a line at, and what
    /// takes no room at all; none belongs in a line that people read. The joiners stay: emoji and scripts need them.
    package var turnsOrHides: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB:
            true
        default: false
        }
    }
}

extension HTML: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { markup = value }

    package init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        package init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { markup += literal }

        package mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

        package mutating func appendInterpolation(_ text: some StringProtocol) { markup += HTML.escape(text) }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            markup += HTML.escape(value.description)
        }
    }
}

extension Sequence<HTML> {
    package func joined(by separator: HTML) -> HTML {
        HTML(markup: map(\.markup).joined(separator: separator.markup))
    }
}
