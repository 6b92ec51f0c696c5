/// The longest text that everything a pattern matches must hold: `client.js` for `(^|/)pg/.*client\.js$`.
///
/// Found without reading the whole language: whatever is not plainly a letter that must be there ends a piece, and where
/// something could change the meaning of all, nothing is found. A pattern without one is only slower.
struct RequiredText {
    /// In small letters.
    private(set) var bytes: [UInt8] = []

    private var rest: ArraySlice<UInt8>

    init?(of pattern: String) {
        rest = Array(pattern.utf8)[...]
        var pieces: [[UInt8]] = [[]]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "|"): return nil
            case UInt8(ascii: "["): guard skipClass() else { return nil }
            case UInt8(ascii: "("): guard skipGroup() else { return nil }
            case UInt8(ascii: "\\"):
                guard let next = rest.popFirst() else { return nil }
                if next.isPunctuation {
                    add(next, to: &pieces)
                    continue
                }
                // A sign of one letter; others have arguments that would be taken for text.
                guard "bBdDwWsSAzZntr".utf8.contains(next) else { return nil }
            case UInt8(ascii: "{"): guard skip(to: UInt8(ascii: "}")) else { return nil }
            case UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "*"), UInt8(ascii: "+"),
                UInt8(ascii: "?"):
                break
            case 0..<0x80:
                add(byte, to: &pieces)
                continue
            default: break
            }
            pieces.append([])
        }
        guard let longest = pieces.max(by: { $0.count < $1.count }), longest.count >= 3 else { return nil }
        bytes = longest
    }

    private mutating func add(_ byte: UInt8, to pieces: inout [[UInt8]]) {
        let isOptional = rest.first.map { "*?{".utf8.contains($0) } ?? false
        if !isOptional { pieces[pieces.count - 1].append(byte.lowercased) }
        if isOptional || rest.first == UInt8(ascii: "+") { pieces.append([]) }
    }

    private mutating func skip(to end: UInt8) -> Bool {
        guard let index = rest.firstIndex(of: end) else { return false }
        rest = rest[(index + 1)...]
        return true
    }

    private mutating func skipClass() -> Bool {
        if rest.first == UInt8(ascii: "^") { rest.removeFirst() }
        if rest.first == UInt8(ascii: "]") { rest.removeFirst() }
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "]"): return true
            case UInt8(ascii: "\\"): if rest.popFirst() == UInt8(ascii: "Q") { return false }
            case UInt8(ascii: "[") where rest.first == UInt8(ascii: ":"):
                guard skip(to: UInt8(ascii: "]")) else { return false }
            default: break
            }
        }
        return false
    }

    /// Only plain groups: `(?i)` and `(*VERB)` change how the rest is read.
    private mutating func skipGroup() -> Bool {
        if rest.first == UInt8(ascii: "*") { return false }
        if rest.first == UInt8(ascii: "?") {
            rest.removeFirst()
            guard rest.popFirst() == UInt8(ascii: ":") else { return false }
        }
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: ")"): return true
            case UInt8(ascii: "("): guard skipGroup() else { return false }
            case UInt8(ascii: "["): guard skipClass() else { return false }
            case UInt8(ascii: "\\"): if rest.popFirst() == UInt8(ascii: "Q") { return false }
            default: break
            }
        }
        return false
    }
}

extension UInt8 {
    fileprivate var isPunctuation: Bool {
        switch self {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}
