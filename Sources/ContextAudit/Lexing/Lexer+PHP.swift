extension Lexer {
    /// `<<<TEXT`, `<<<'TEXT'`, to the line that begins with the same word.
    mutating func takePHPHeredoc() -> Bool {
        guard starts(with: "<<<") else { return false }
        var start = position + 3
        while start < bytes.count, bytes[start] == UInt8(ascii: " ") { start += 1 }
        if start < bytes.count, bytes[start] == UInt8(ascii: "'") || bytes[start] == UInt8(ascii: "\"") { start += 1 }
        let name = bytes[start...].prefix(64).prefix { $0.isWordPart }
        guard let first = name.first, first.startsWord, position >= hopeless[UInt8(ascii: "<")] ?? 0 else {
            return false
        }
        guard let end = endOfHeredoc(name, from: name.endIndex) else {
            hopeless[UInt8(ascii: "<")] = bytes.count
            return false
        }
        add(.text, length: end - position)
        return true
    }

    private func endOfHeredoc(_ name: ArraySlice<UInt8>, from start: Int) -> Int? {
        var index = start
        while let lineEnd = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) {
            let content = bytes[(lineEnd + 1)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            if content.starts(with: name), !(content.dropFirst(name.count).first?.isWordPart ?? false) {
                return content.startIndex + name.count
            }
            index = content.startIndex
        }
        return nil
    }
}
