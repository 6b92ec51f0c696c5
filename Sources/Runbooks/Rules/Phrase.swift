import CPCRE

/// Words that stand next to one another in a text, whole, in any case, whatever signs are between them:
/// `connection refused` is in `Connection refused.` and in `connection-refused`, and not in `connection refusedly`.
struct Phrase: Sendable, Hashable {
    /// As it was written.
    let text: String
    let count: Int
    private let needle: [UInt8]
    /// That of its longest word: where this word is not, the others need not be looked for.
    let mark: Int

    /// Nil when there is no word in it.
    init?(_ text: String) {
        let words = WordText(lines: [text.split(whereSeparator: \.isNewline).joined(separator: " ")])
        needle = Array(words.bytes.dropLast())
        count = needle.count { $0 == UInt8(ascii: " ") } - 1
        let longest = needle.split(separator: UInt8(ascii: " ")).max { $0.count < $1.count }
        guard let longest else { return nil }
        mark = WordText.mark(of: longest)
        self.text = text
    }

    func isIn(_ text: WordText) -> Bool { text.marks.contains(mark) && text.bytes.contains(needle) }

    /// `OperationalError` ends `psycopg2.OperationalError`.
    func endsLine(of text: WordText) -> Bool {
        text.marks.contains(mark) && text.bytes.contains(needle + [UInt8(ascii: "\n")])
    }
}

/// The words of some lines, in small letters, with one space before, between and after them.
struct WordText: Sendable, Hashable {
    let bytes: [UInt8]
    /// Of each word; different words may have the same.
    let marks: Set<Int>

    static func mark(of word: ArraySlice<UInt8>) -> Int {
        let hash = word.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash)
    }

    init(lines: [String]) {
        var bytes: [UInt8] = []
        for line in lines {
            bytes.append(UInt8(ascii: " "))
            // Other scripts have other letters, and other small ones.
            if line.utf8.allSatisfy({ $0 < 0x80 }) {
                for byte in line.utf8 { bytes.append(word: byte.isWordByte ? byte.lowercased : nil) }
            } else {
                for scalar in line.lowercased().unicodeScalars {
                    let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
                    if isWord { bytes += Array(String(scalar).utf8) } else { bytes.append(word: nil) }
                }
            }
            bytes.append(word: nil)
            bytes.append(UInt8(ascii: "\n"))
        }
        self.bytes = bytes
        let words = bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        marks = Set(words.map(Self.mark))
    }
}

extension [UInt8] {
    /// Nil ends a word.
    fileprivate mutating func append(word byte: UInt8?) {
        if let byte { append(byte) } else if last != UInt8(ascii: " ") { append(UInt8(ascii: " ")) }
    }

    func contains(_ needle: [UInt8]) -> Bool {
        withUnsafeBytes { hay in
            needle.withUnsafeBytes { memmem(hay.baseAddress, hay.count, $0.baseAddress, $0.count) != nil }
        }
    }
}

extension UInt8 {
    fileprivate var isWordByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    var lowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
