extension Lexer {
    mutating func takeString() -> Bool {
        let byte = at()
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return takeQuoted(byte)
        case UInt8(ascii: "/") where language == .ruby || language.family == .javascript: return takeRegex()
        case UInt8(ascii: "<") where language == .ruby: return takeRubyHeredoc()
        case UInt8(ascii: "<") where language == .php: return takePHPHeredoc()
        case UInt8(ascii: "%"), UInt8(ascii: ":"), UInt8(ascii: "?"): return language == .ruby && takeRubyLiteral()
        default: return language == .python && takePrefixed()
        }
    }

    /// `r"…"`, `f'''…'''`
    private mutating func takePrefixed() -> Bool {
        var length = 0
        while length < 2, "rRbBfFuUtT".utf8.contains(at(length)) { length += 1 }
        guard length > 0, at(length) == UInt8(ascii: "\"") || at(length) == UInt8(ascii: "'"),
            !(position > 0 && bytes[position - 1].isWordPart)
        else { return false }
        return takeQuoted(at(length), skipping: length)
    }

    private mutating func takeQuoted(_ quote: UInt8, skipping prefix: Int = 0) -> Bool {
        let start = position + prefix
        let isTriple = at(prefix + 1) == quote && at(prefix + 2) == quote
        if isTriple, hasTripleQuotes(quote) {
            add(.text, length: endOfTriple(from: start + 3, quote) - position)
            return true
        }
        guard let end = end(ofStringAt: start, quote) else {
            // Just a sign.
            add(.sign, length: prefix + 1)
            return true
        }
        add(.text, length: end - position)
        return true
    }

    private func hasTripleQuotes(_ quote: UInt8) -> Bool {
        switch language {
        case .python: quote != UInt8(ascii: "`")
        case .java, .kotlin: quote == UInt8(ascii: "\"")
        case .javascript, .typescript, .php, .ruby, .go: false
        }
    }

    private func endOfTriple(from start: Int, _ quote: UInt8) -> Int {
        var end = start
        while end + 2 < bytes.count {
            if bytes[end] == UInt8(ascii: "\\"), language != .kotlin {
                end += 2
            } else if bytes[end] == quote, bytes[end + 1] == quote, bytes[end + 2] == quote {
                // Kotlin and Java allow quotes right before the last three.
                while end + 3 < bytes.count, bytes[end + 3] == quote { end += 1 }
                return end + 3
            } else {
                end += 1
            }
        }
        return bytes.count
    }

    // MARK: Quotes

    /// Where a string ends that begins with a quote there; nil when it does not, on its line or at all.
    mutating func end(ofStringAt start: Int, _ quote: UInt8) -> Int? {
        guard start >= hopeless[quote] ?? 0 else { return nil }
        var nested = Nesting(quote, language)
        var index = start + 1
        while index < bytes.count {
            switch nested.read(bytes, at: index) {
            case .next(let distance): index += distance
            case .end: return index + 1
            case .broken:
                hopeless[quote] = index
                return nil
            }
        }
        hopeless[quote] = bytes.count
        return nil
    }

    /// `/…/` where a value may stand, and only on one line.
    private mutating func takeRegex() -> Bool {
        guard isBeforeValue || isArgumentOfCommand, at(1) != UInt8(ascii: " ") || language != .ruby,
            position >= hopeless[UInt8(ascii: "/")] ?? 0, tokens.last.map({ !isTagSign($0) }) ?? true
        else { return false }
        var isInClass = false
        var end = position + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
            switch bytes[end] {
            case UInt8(ascii: "\\"): end += 1
            case UInt8(ascii: "["): isInClass = true
            case UInt8(ascii: "]"): isInClass = false
            case UInt8(ascii: "/") where !isInClass:
                add(.text, length: end + 1 - position)
                return true
            default: break
            }
            end += 1
        }
        hopeless[UInt8(ascii: "/")] = end
        return false
    }

    /// `</p>` is no regular expression.
    private func isTagSign(_ token: Token) -> Bool {
        token.kind == .sign && bytes[token.range].elementsEqual("<".utf8) && token.range.upperBound == position
    }

    /// Ruby: `puts /x/` has a blank before and none after.
    var isArgumentOfCommand: Bool {
        guard language == .ruby, position > 0, bytes[position - 1] == UInt8(ascii: " "), at(1) != UInt8(ascii: " "),
            at(1) != UInt8(ascii: "="), let last = tokens.last
        else { return false }
        return last.kind == .word && last.range.upperBound < position && !isFirst
    }
}

/// Strings within code within strings: `"a ${b["c"]} d"`.
private struct Nesting {
    private static let code = UInt8(ascii: "{")

    enum Step {
        case next(Int)
        case end, broken
    }

    private let language: Language
    private let quote: UInt8
    private var inside: [UInt8]

    init(_ quote: UInt8, _ language: Language) {
        self.language = language
        self.quote = quote
        inside = [quote]
    }

    mutating func read(_ bytes: [UInt8], at index: Int) -> Step {
        let byte = bytes[index]
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        guard let mode = inside.last, mode != Self.code else {
            readCode(byte)
            return .next(1)
        }
        if byte == UInt8(ascii: "\\"), !isRaw(mode) { return .next(2) }
        if byte == mode {
            inside.removeLast()
            return inside.isEmpty ? .end : .next(1)
        }
        if opens(mode, byte, next) {
            inside.append(Self.code)
            return .next(2)
        }
        if byte == UInt8(ascii: "\n"), isOneLine(mode) {
            if inside.count == 1 { return .broken }
            inside.removeLast()
        }
        return .next(1)
    }

    private mutating func readCode(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "{"): inside.append(Self.code)
        case UInt8(ascii: "}"): inside.removeLast()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): inside.append(byte)
        case UInt8(ascii: "`") where language.family == .javascript: inside.append(byte)
        default: break
        }
    }

    private func opens(_ mode: UInt8, _ byte: UInt8, _ next: UInt8) -> Bool {
        switch language {
        case .javascript, .typescript: mode == UInt8(ascii: "`") && byte == UInt8(ascii: "$") && next == Self.code
        case .kotlin: mode == UInt8(ascii: "\"") && byte == UInt8(ascii: "$") && next == Self.code
        case .ruby: mode != UInt8(ascii: "'") && byte == UInt8(ascii: "#") && next == Self.code
        case .php: mode != UInt8(ascii: "'") && byte == Self.code && next == UInt8(ascii: "$")
        case .python, .java, .go: false
        }
    }

    /// Go has no escapes between backticks; neither has Kotlin in its names.
    private func isRaw(_ mode: UInt8) -> Bool {
        mode == UInt8(ascii: "`") && (language == .go || language == .kotlin)
    }

    private func isOneLine(_ mode: UInt8) -> Bool {
        switch language {
        case .javascript, .typescript, .go: mode != UInt8(ascii: "`")
        case .python, .java, .kotlin: true
        case .php, .ruby: false
        }
    }
}
