extension Lexer {
    /// A word, which opens or closes a block when it is such a keyword.
    mutating func takeRubyWord(_ length: Int) {
        let word = String(decoding: bytes[position..<min(position + min(length, 12), bytes.count)], as: UTF8.self)
        // `range.end`, `if: ready?`
        let isName = isAfterDot || at(length) == UInt8(ascii: ":") && at(length + 1) != UInt8(ascii: ":")
        switch word {
        case _ where isName: add(.word, length: length)
        case "end": close(Token.block, length: length)
        case "class", "module", "begin", "case": open(Token.block, length: length)
        case "do":
            if loopLine == line { add(.word, length: length) } else { open(Token.block, length: length) }
        case "def":
            if isEndlessDefinition { add(.word, length: length) } else { open(Token.block, length: length) }
        case "if", "unless", "while", "until", "for":
            // After a value it is a modifier: `return if done`.
            guard isFirst || isBeforeValue, tokens.last.map({ !isReturn($0) }) ?? true || isFirst else {
                return add(.word, length: length)
            }
            if word != "if", word != "unless" { loopLine = line }
            open(Token.block, length: length)
        default: add(.word, length: length)
        }
    }

    private var isAfterDot: Bool {
        guard let last = tokens.last else { return false }
        return [".", "&.", "def"].contains { bytes[last.range].elementsEqual($0.utf8) }
    }

    private func isReturn(_ token: Token) -> Bool {
        ["return", "raise", "puts", "yield"].contains { bytes[token.range].elementsEqual($0.utf8) }
    }

    /// `def total = 3`, `def notify(text) = send(text)`: without `end`.
    private var isEndlessDefinition: Bool {
        var rest = bytes[min(position + 3, bytes.count)...].prefix(400).drop { $0.isBlank }
        rest = rest.drop { $0.isWordPart || ".?!@".utf8.contains($0) }
        if rest.first == UInt8(ascii: "(") {
            var depth = 0
            let end = rest.firstIndex { byte in
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                return depth == 0
            }
            guard let end else { return false }
            rest = rest[(end + 1)...]
        }
        let hasBlank = rest.first.map { $0.isBlank } ?? false
        rest = rest.drop { $0.isBlank }
        return hasBlank && rest.first == UInt8(ascii: "=") && rest.dropFirst().first.map { $0.isBlank } ?? false
    }

    // MARK: Literals

    /// `%w[…]` and its like, `:symbol`, `?x`.
    mutating func takeRubyLiteral() -> Bool {
        switch at() {
        case UInt8(ascii: "%"): takePercent()
        case UInt8(ascii: ":"): takeSymbol()
        default: takeCharacter()
        }
    }

    private mutating func takeSymbol() -> Bool {
        let isAfterWord = position > 0 && (bytes[position - 1].isWordPart || bytes[position - 1] == UInt8(ascii: ":"))
        guard at(1).startsWord, !isAfterWord else { return false }
        var length = 2
        while at(length).isWordPart { length += 1 }
        add(.text, length: length)
        return true
    }

    private mutating func takeCharacter() -> Bool {
        guard isBeforeValue, at(1) > 0x20, !at(2).isWordPart else { return false }
        add(.text, length: 2)
        return true
    }

    private mutating func takePercent() -> Bool {
        guard isBeforeValue || isArgumentOfCommand else { return false }
        let prefix = "qQwWiIrxs".utf8.contains(at(1)) ? 2 : 1
        let opener = at(prefix)
        let closer: UInt8
        switch opener {
        case UInt8(ascii: "("): closer = UInt8(ascii: ")")
        case UInt8(ascii: "["): closer = UInt8(ascii: "]")
        case UInt8(ascii: "{"): closer = UInt8(ascii: "}")
        case UInt8(ascii: "<"): closer = UInt8(ascii: ">")
        case UInt8(ascii: "|"), UInt8(ascii: "!"), UInt8(ascii: "/"): closer = opener
        default: return false
        }
        guard position >= hopeless[UInt8(ascii: "%")] ?? 0 else { return false }
        var depth = 1
        var end = position + prefix + 1
        while end < bytes.count {
            if bytes[end] == UInt8(ascii: "\\") {
                end += 1
            } else if bytes[end] == closer {
                depth -= 1
                if depth == 0 {
                    add(.text, length: end + 1 - position)
                    return true
                }
            } else if bytes[end] == opener {
                depth += 1
            }
            end += 1
        }
        hopeless[UInt8(ascii: "%")] = bytes.count
        return false
    }

    // MARK: Heredocs

    /// `<<~TEXT`, `<<-TEXT`, `<<TEXT`: the text itself begins with the next line.
    mutating func takeRubyHeredoc() -> Bool {
        guard at(1) == UInt8(ascii: "<") else { return false }
        var start = position + 2
        let isMarked = at(2) == UInt8(ascii: "~") || at(2) == UInt8(ascii: "-")
        if isMarked { start += 1 }
        let quote = start < bytes.count ? bytes[start] : 0
        let isQuoted = quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
        if isQuoted { start += 1 }
        let name = bytes[min(start, bytes.count)...].prefix(64).prefix { $0.isWordPart }
        // `list <<item` and `class <<self` are none.
        guard let first = name.first, isMarked ? first.startsWord : first >= 0x41 && first <= 0x5A,
            isMarked || isBeforeValue || isArgumentOfCommand, hopeless[UInt8(ascii: "<")] == nil
        else { return false }
        heredocs.append(name)
        add(.text, length: name.endIndex + (isQuoted ? 1 : 0) - position)
        return true
    }

    /// At the beginning of the line that follows them.
    mutating func skipHeredocs() {
        for name in heredocs {
            guard let end = endOfHeredoc(name) else {
                // Not one after all; no other is looked for in this file, which may be full of them.
                hopeless[UInt8(ascii: "<")] = bytes.count
                break
            }
            move(to: end)
        }
        heredocs = []
    }

    private func endOfHeredoc(_ name: ArraySlice<UInt8>) -> Int? {
        var start = position
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let content = bytes[start..<end].drop { $0.isBlank }
            if content.starts(with: name), content.dropFirst(name.count).allSatisfy({ $0.isBlank }) {
                return min(end + 1, bytes.count)
            }
            start = end + 1
        }
        return nil
    }
}
