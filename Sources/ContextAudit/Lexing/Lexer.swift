/// Takes a file apart, in one pass and in linear time whatever is in it.
///
/// What looks like the beginning of a string but never ends is no string: an apostrophe in the text of a page must not
/// swallow the code behind it.
struct Lexer {
    let bytes: [UInt8]
    let language: Language
    var position = 0
    var line = 1
    var lineStart = 0
    var isFirst = true
    private(set) var tokens: [Token] = []
    var brackets = Brackets()

    /// Until where a string that begins with this byte was looked for in vain.
    var hopeless: [UInt8: Int] = [:]
    /// Python: the columns at which blocks began.
    var indents = [0]
    /// Ruby: heredocs whose text begins with the next line.
    var heredocs: [ArraySlice<UInt8>] = []
    /// Ruby: the line of a `while`, whose `do` opens no block of its own.
    var loopLine = 0

    init(_ bytes: [UInt8], language: Language) {
        self.bytes = bytes
        self.language = language
    }

    mutating func run() -> [Token] {
        if language == .php { skipToPHP() }
        while position < bytes.count {
            if skipBlank() || skipComment() { continue }
            if language == .python { takeIndentation() }
            if takeString() || takeWord() || takeBracket() { continue }
            takeSign()
        }
        return tokens
    }

    // MARK: Looking

    /// The byte that many further on; 0 beyond the end.
    func at(_ distance: Int = 0) -> UInt8 {
        let index = position + distance
        return bytes.indices.contains(index) ? bytes[index] : 0
    }

    func starts(with text: StaticString, at distance: Int = 0) -> Bool {
        bytes[min(position + distance, bytes.count)...].starts(with: text.bytes)
    }

    /// Whether a value may begin here: a `/` begins a regular expression then, and does not divide.
    var isBeforeValue: Bool {
        guard let last = tokens.last else { return true }
        switch last.kind {
        case .open: return true
        case .close, .text: return false
        case .sign: return !bytes[last.range].elementsEqual("++".utf8) && !bytes[last.range].elementsEqual("--".utf8)
        case .word:
            let words = language == .ruby ? Self.rubyBeforeValue : Self.beforeValue
            return words.contains(String(decoding: bytes[last.range].prefix(12), as: UTF8.self)) && !isMember
        }
    }

    /// Whether the last word stands after a dot: `list.in`.
    private var isMember: Bool {
        guard tokens.count > 1 else { return false }
        let before = tokens[tokens.count - 2]
        return before.kind == .sign && bytes[before.range].last == UInt8(ascii: ".")
    }

    private static let beforeValue: Set<String> = [
        "return", "typeof", "case", "do", "else", "in", "of", "void", "delete", "throw", "new", "await", "yield",
    ]
    private static let rubyBeforeValue: Set<String> = [
        "return", "case", "do", "else", "in", "yield", "and", "or", "not", "if", "unless", "while", "until", "when",
        "then",
        "elsif", "puts", "raise",
    ]

    // MARK: Moving

    /// Goes on at an index, counting the lines between.
    mutating func move(to end: Int) {
        let end = min(end, bytes.count)
        while position < end {
            if bytes[position] == UInt8(ascii: "\n") {
                line += 1
                lineStart = position + 1
            }
            position += 1
        }
    }

    mutating func add(_ kind: Token.Kind, length: Int, bracket: UInt8 = 0) {
        let end = min(position + length, bytes.count)
        let begins = isFirst && !(language == .python && brackets.isInside)
        let first = begins ? tokens.count : tokens.last?.first ?? 0
        tokens.append(
            Token(kind: kind, bracket: bracket, range: position..<end, line: line, first: first, isFirst: begins))
        isFirst = false
        move(to: end)
    }

    mutating func open(_ bracket: UInt8, length: Int) {
        brackets.push(tokens.count, bracket)
        add(.open, length: length, bracket: bracket)
    }

    mutating func close(_ bracket: UInt8, length: Int) {
        let ended = brackets.pop(bracket)
        for token in ended { tokens[token].partner = tokens.count }
        add(ended.isEmpty ? .sign : .close, length: length, bracket: bracket)
        if let opener = ended.last { tokens[tokens.count - 1].partner = opener }
    }

    /// Gives up on brackets that are open still.
    mutating func closeInside() {
        for token in brackets.popInside() { tokens[token].partner = tokens.count }
    }

    private mutating func skipBlank() -> Bool {
        if at() == UInt8(ascii: "\n") {
            move(to: position + 1)
            isFirst = true
            if !heredocs.isEmpty { skipHeredocs() }
            return true
        }
        guard at().isBlank else { return false }
        position += 1
        return true
    }

    // MARK: Taking

    private mutating func takeWord() -> Bool {
        let sigil =
            language == .ruby && at() == UInt8(ascii: "@")
            || language.family == .javascript && at() == UInt8(ascii: "#")
        guard at().isWordPart || sigil && at(1).isWordPart else { return false }
        var length = 1
        while at(length).isWordPart { length += 1 }
        if language == .ruby {
            // `empty?`, `save!`
            if at(length) == UInt8(ascii: "?") || at(length) == UInt8(ascii: "!"), at(length + 1) != UInt8(ascii: "=") {
                length += 1
            }
            takeRubyWord(length)
        } else {
            add(.word, length: length)
        }
        return true
    }

    private mutating func takeBracket() -> Bool {
        switch at() {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open(at(), length: 1)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): close(at(), length: 1)
        default: return false
        }
        return true
    }

    private mutating func takeSign() {
        if language == .python, at() == UInt8(ascii: "\\") {
            // The line goes on.
            position += 1
            while at().isBlank, position < bytes.count { position += 1 }
            if at() == UInt8(ascii: "\n") { move(to: position + 1) }
            return
        }
        let sign = Self.longSigns.first { starts(with: $0) }
        add(.sign, length: sign?.utf8CodeUnitCount ?? 1)
    }

    private static let longSigns: [StaticString] = [
        "?->", "===", "!==", "...", "<=>", "=>", "->", "::", ":=", "?.", "&.", "&&", "||", "==", "!=", "<=", ">=", "**",
        "!!", "??", "++", "--",
    ]
}
