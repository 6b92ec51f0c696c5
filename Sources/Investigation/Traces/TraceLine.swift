import Domain

/// One line of a trace: bytes with a few ways to take them apart, each linear.
struct TraceLine: Sendable {
    let text: Substring
    /// How many blanks it begins with.
    let indent: Int

    init(_ text: Substring) {
        // Longer lines hold data, not frames.
        let line = Substring(text.utf8.prefix(4000))
        let content = line.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        var end = content.endIndex
        while end > content.startIndex {
            let before = content.index(before: end)
            guard content[before] == 0x20 || content[before] == 0x0D || content[before] == 0x09 else { break }
            end = before
        }
        self.text = Substring(content[..<end])
        indent = line.utf8.distance(from: line.utf8.startIndex, to: content.startIndex)
    }

    var isEmpty: Bool { text.isEmpty }

    /// What follows a beginning; nil when the line begins otherwise.
    func after(_ beginning: String) -> Substring? { text.after(beginning) }
}

extension Substring {
    func after(_ beginning: String) -> Substring? {
        utf8.starts(with: beginning.utf8) ? Substring(utf8.dropFirst(beginning.utf8.count)) : nil
    }

    func before(_ end: String) -> Substring? {
        guard utf8.count >= end.utf8.count, utf8.reversed().starts(with: end.utf8.reversed()) else { return nil }
        return Substring(utf8.dropLast(end.utf8.count))
    }

    /// Both sides of the first occurrence.
    func cut(at mark: String) -> (Substring, Substring)? {
        range(ofText: mark).map { (self[..<$0.lowerBound], self[$0.upperBound...]) }
    }

    /// Both sides of the last occurrence of one ASCII character.
    func cut(atLast mark: Unicode.Scalar) -> (Substring, Substring)? {
        guard let index = utf8.lastIndex(of: UInt8(truncatingIfNeeded: mark.value)) else { return nil }
        return (self[..<index], Substring(utf8[utf8.index(after: index)...]))
    }

    /// A line number; nil for what is none or larger than any file.
    var lineNumber: Int? {
        guard !utf8.isEmpty, utf8.count < 9, utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return Int(self)
    }

    var trimmed: Substring { TraceLine(self).text }
    var string: String { String(self) }

    /// `lib/cart.js:31:9` or `lib/cart.js:31`.
    var place: Place? {
        guard let (head, tail) = cut(atLast: ":"), let last = tail.lineNumber else { return nil }
        if let (path, middle) = head.cut(atLast: ":"), let line = middle.lineNumber, !path.isEmpty {
            return Place(path: path, line: line, column: last)
        }
        return head.isEmpty ? nil : Place(path: head, line: last, column: nil)
    }

    struct Place {
        let path: Substring
        let line: Int
        let column: Int?
    }

    /// "TypeError: cart is undefined" → both halves; nil for what does not look like the name of a class.
    var classAndMessage: (type: String, value: String)? {
        let name = Substring(utf8.prefix { $0.isNamePart || $0 == 0x2E || $0 == 0x5C || $0 == 0x3A })
        // "Foo::Bar: text" has colons inside the name, and one at its end.
        let type = name.before(":") ?? name
        guard let first = type.utf8.first, first.isLetter, type.utf8.count <= 200 else { return nil }
        let rest = Substring(utf8[type.endIndex...])
        if rest.isEmpty { return (type.string, "") }
        guard let value = rest.after(":") else { return nil }
        return (type.string, value.trimmed.string)
    }
}

extension UInt8 {
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    var isNamePart: Bool { isLetter || (self >= 0x30 && self <= 0x39) || self == 0x5F || self == 0x24 }
}

/// An exception while it is being read: the frames in the order of the text.
struct Draft {
    var type: String
    var value: String
    var frames: [Frame] = []

    // Recursion fills thousands of lines with the same frames.
    static let mostFrames = 250

    mutating func append(_ frame: Frame) {
        if frames.count < Self.mostFrames { frames.append(frame) }
    }

    func exception(newestFirst: Bool) -> Exception {
        Exception(type: type, value: value, frames: newestFirst ? frames.reversed() : frames)
    }
}
