/// A step through Telegram's HTML.
enum MarkupPart {
    case open(Substring)
    case close
    /// One scalar of the text, or the one that an entity such as `&lt;` stands for.
    case text(Unicode.Scalar)

    var length: Int {
        switch self {
        case .open, .close: 0
        case .text(let scalar): UTF16.width(scalar)
        }
    }
}

/// Walks once over markup. By scalar and not by character: an accent after a `>` or `;` makes one character with it.
struct MarkupWalk: Sequence, IteratorProtocol {
    private let markup: String
    private(set) var position: String.Index

    init(_ markup: String, from position: String.Index? = nil) {
        self.markup = markup
        self.position = position ?? markup.startIndex
    }

    mutating func next() -> MarkupPart? {
        guard position < markup.endIndex else { return nil }
        let start = position
        let scalar = markup.unicodeScalars[start]
        switch scalar {
        case "<":
            // A tag without an end, which no `HTML` makes, takes the rest with it.
            let end = markup.utf8[start...].firstIndex(of: UInt8(ascii: ">"))
            position = end.map(markup.utf8.index(after:)) ?? markup.endIndex
            let tag = markup[start..<position]
            return tag.utf8.dropFirst().first == UInt8(ascii: "/") ? .close : .open(tag)
        case "&":
            let (meaning, length) = Self.entity(markup.utf8[start...].prefix(6))
            position = markup.utf8.index(start, offsetBy: length)
            return .text(meaning)
        default:
            position = markup.unicodeScalars.index(after: start)
            return .text(scalar)
        }
    }

    /// The four that `HTML` makes; any other `&` stands for itself.
    private static func entity(_ text: Substring.UTF8View) -> (meaning: Unicode.Scalar, length: Int) {
        switch text.dropFirst().first {
        case UInt8(ascii: "l") where text.starts(with: "&lt;".utf8): ("<", 4)
        case UInt8(ascii: "g") where text.starts(with: "&gt;".utf8): (">", 4)
        case UInt8(ascii: "a") where text.starts(with: "&amp;".utf8): ("&", 5)
        case UInt8(ascii: "q") where text.starts(with: "&quot;".utf8): ("\"", 6)
        default: ("&", 1)
        }
    }
}
