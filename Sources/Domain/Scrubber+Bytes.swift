/// What the scrubber calls the kinds of bytes. Bytes of 0x80 and more belong to letters of other scripts and to emoji.
extension UInt8 {
    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    var isCapital: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isHexDigit: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
    var isAlphanumeric: Bool { isLetter || isDigit }
    /// A letter, a digit or an underscore: what has no word boundary between it and its like.
    var isWordByte: Bool { isAlphanumeric || self == UInt8(ascii: "_") }
    var isSpace: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
    var endsLine: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
    var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") || self == UInt8(ascii: "`") }

    /// `DB_PASSWORD`, `x-api-key`, `spring.datasource.password`
    var isNameByte: Bool { isWordByte || self == UInt8(ascii: "-") || self == UInt8(ascii: ".") }

    /// Base64, its form for links, and the dots of a JWT.
    var isTokenByte: Bool {
        isNameByte || self == UInt8(ascii: "+") || self == UInt8(ascii: "/") || self == UInt8(ascii: "=")
            || self == UInt8(ascii: "~")
    }

    var lowercased: UInt8 { isCapital ? self | 0x20 : self }
}

extension ArraySlice<UInt8> {
    var lowercased: [UInt8] { map(\.lowercased) }

    /// How many of the first bytes are of a kind, at most `limit`.
    func count(atMost limit: Int = .max, while isKind: (UInt8) -> Bool) -> Int {
        var index = startIndex
        let end = endIndex - startIndex > limit ? startIndex + limit : endIndex
        while index < end, isKind(self[index]) { index += 1 }
        return index - startIndex
    }

    /// Whether nobody would write this as a word: digits, an equals sign at the end, or capitals inside.
    var looksRandom: Bool {
        contains(where: \.isDigit) || last == UInt8(ascii: "=")
            || contains { $0.isLetter && !$0.isCapital } && dropFirst().contains(where: \.isCapital)
    }

    /// Twenty or more letters and digits mixed: the look of a generated key.
    var looksGenerated: Bool {
        count >= 20 && allSatisfy(\.isTokenByte) && contains(where: \.isDigit) && contains(where: \.isLetter)
    }

    /// Where a fixed text first stands, searched plainly.
    func first(_ text: [UInt8]) -> Int? {
        guard let head = text.first, count >= text.count else { return nil }
        var index = startIndex
        let last = endIndex - text.count
        while index <= last {
            if self[index] == head, self[index...].starts(with: text) { return index }
            index += 1
        }
        return nil
    }
}
