/// Cuts markup into pieces from front to back, each well formed by itself.
struct MarkupCutter {
    struct Piece {
        /// With the tags opened again that were open where it begins.
        let head: String
        /// The ends of the tags that are open where it ends.
        let closing: String
        /// Nothing to see but spaces.
        let isBlank: Bool
    }

    /// A place in the markup; `stack` is the index of the tags that are open there, `isBlank` says that there was nothing
    /// to see since the piece began.
    private struct Place {
        var position: String.Index
        var stack = 0
        var isBlank = true
    }

    private let markup: String
    /// Noted when a tag changes them, and not at each place, of which there is one a letter.
    private var stacks: [[Substring]] = [[]]
    private var start: Place

    init(_ markup: String) {
        self.markup = markup
        start = Place(position: markup.startIndex)
    }

    /// The next piece, of at most `limit` units; nil at the end.
    ///
    /// It ends at the last line end of its second half if `atLineEnds` and there is one, else where it is full.
    mutating func next(limit: Int, atLineEnds: Bool) -> Piece? {
        guard start.position < markup.endIndex else { return nil }
        var walk = MarkupWalk(markup, from: start.position)
        var cluster = Cluster()
        var length = 0
        var stack = start.stack
        // Behind the last text or closing tag; behind the last whole character; before the last line end.
        var (here, betweenCharacters) = (start, start)
        var lineEnd: Place?

        while let part = walk.next() {
            switch part {
            case .open(let tag): stack = note(stacks[stack] + [tag])
            case .close:
                stack = note(stacks[stack].dropLast())
                here = Place(position: walk.position, stack: stack, isBlank: here.isBlank)
            case .text(let scalar):
                if !cluster.continues(with: scalar) { betweenCharacters = here }
                guard length + part.length <= limit else {
                    let isCharacterTooLong = betweenCharacters.position == start.position
                    return end(at: lineEnd ?? (isCharacterTooLong ? here : betweenCharacters))
                }
                if atLineEnds, scalar == "\n", length > limit / 2 { lineEnd = here }
                length += part.length
                here = Place(
                    position: walk.position, stack: stack, isBlank: here.isBlank && scalar.properties.isWhitespace)
            }
        }
        return end(at: Place(position: markup.endIndex, stack: stack, isBlank: here.isBlank))
    }

    private mutating func note(_ open: [Substring]) -> Int {
        stacks.append(open)
        return stacks.count - 1
    }

    private mutating func end(at end: Place) -> Piece {
        let head = stacks[start.stack].joined() + markup[start.position..<end.position]
        start = Place(position: end.position, stack: end.stack)
        // The break takes the place of the line end.
        if markup[end.position...].utf8.first == UInt8(ascii: "\n") {
            start.position = markup.utf8.index(after: end.position)
        }
        let closing = stacks[end.stack].reversed().map(Self.closing).joined()
        return Piece(head: head, closing: closing, isBlank: end.isBlank)
    }

    private static func closing(_ tag: Substring) -> String {
        "</\(tag.dropFirst().prefix { $0 != " " && $0 != ">" })>"
    }
}

/// Tells where one character ends and the next begins, scalar by scalar, so that a cut leaves both whole. It knows what
/// people write; the full rules of Unicode are longer.
private struct Cluster {
    private var previous: Unicode.Scalar = " "
    private var isHalfFlag = false

    /// Whether the scalar is a part of the character before it.
    mutating func continues(with scalar: Unicode.Scalar) -> Bool {
        defer { previous = scalar }
        guard scalar.value >= 0x300 else {
            isHalfFlag = false
            return false
        }
        // A flag is a pair of letters.
        isHalfFlag = (0x1F1E6...0x1F1FF).contains(scalar.value) && !isHalfFlag
        if (0x1F1E6...0x1F1FF).contains(scalar.value) { return !isHalfFlag }
        let joiner: Unicode.Scalar = "\u{200D}"
        switch scalar.value {
        case 0x3400...0x9FFF, 0xAC00...0xD7A3: return previous == joiner
        // Parts of Korean syllables, skin colours.
        case 0x1160...0x11FF, 0x1F3FB...0x1F3FF: return true
        default:
            return previous == joiner || scalar == joiner || scalar.properties.isGraphemeExtend
                || scalar.properties.generalCategory == .spacingMark
        }
    }
}
