/// Reading what a bracket is for.
extension Source {
    /// Whether a bracket opens statements or an object: something with an inside and an outside.
    func isBlock(_ index: Int) -> Bool {
        let bracket = tokens[index].bracket
        return bracket == Token.block || bracket == UInt8(ascii: "{") && language != .python
    }

    /// The word that is called with the bracket there: `withScope` of `withScope(`, of `with_scope do`, and of
    /// `with push_scope() as scope:` in Python.
    func callee(ofBracket index: Int) -> Int? {
        if language == .python, tokens[index].bracket == Token.block { return scopeCall(before: index) }
        if language == .kotlin, isTrailing(index), let call = self[index - 1], call.kind == .close,
            word(call.partner - 2) == "fun"
        {
            return nil
        }
        if self[index - 1]?.kind == .word, isOpen(index, "(") || isTrailing(index) { return index - 1 }
        // `captureException(e) { scope -> … }`
        guard isTrailing(index), let before = self[index - 1], before.kind == .close, before.partner > 0,
            before.bracket == UInt8(ascii: ")")
        else { return nil }
        return before.partner - 1
    }

    /// A block that may be a call's last argument.
    private func isTrailing(_ index: Int) -> Bool {
        isDo(index) || (language == .kotlin || language == .ruby) && isOpen(index, "{")
    }

    /// A block of `if`, `for`, `try` and the like: what is set in it counts for the function around.
    func isControl(_ index: Int) -> Bool {
        switch language {
        case .python:
            let first = firstOfLine(before: index)
            return Self.control.contains(word(word(first) == "async" ? first + 1 : first))
        case .ruby: return Self.control.contains(String(decoding: text(index), as: UTF8.self))
        case .go:
            let first = firstOfLine(before: index)
            let isElse = self[first]?.kind == .close
            return Self.control.contains(word(isElse ? first + 1 : first))
        case .javascript, .typescript, .php, .java, .kotlin:
            guard isOpen(index, "{"), let before = self[index - 1] else { return false }
            if before.kind == .word { return Self.control.contains(word(index - 1)) }
            if before.kind == .close, before.bracket == UInt8(ascii: ")"), before.partner > 0 {
                return Self.control.contains(word(before.partner - 1))
            }
            return isSign(index - 1, ";")
        }
    }

    private static let control: Set<String> = [
        "if", "else", "elif", "elsif", "elseif", "unless", "for", "foreach", "while", "until", "try", "catch", "except",
        "finally", "rescue", "ensure", "switch", "case", "select", "when", "match", "with", "begin", "synchronized",
        "using",
    ]

    /// The first token of the line that ends before that index.
    private func firstOfLine(before index: Int) -> Int { self[index - 1]?.first ?? 0 }

    // MARK: Python's `with`

    /// In the line that begins a block: `with sentry_sdk.push_scope() as scope:`.
    private func scopeCall(before block: Int) -> Int? {
        let first = firstOfLine(before: block)
        guard word(first) == "with" || word(first) == "async" else { return nil }
        return (first..<block).first { index in
            switch Word(word(index)) {
            case .ownScope, .configure: isOpen(index + 1, "(")
            case .capture, .set, .update, .initialise, nil: false
            }
        }
    }

    /// What follows `as` there.
    func nameOfScope(before block: Int) -> String? {
        let first = firstOfLine(before: block)
        guard let name = (first..<block).last(where: { word($0) == "as" }) else { return nil }
        return word(name + 1)
    }

    // MARK: Statements

    /// Whether a call is a statement of its own, of which nothing is the inside.
    func isStatement(_ word: Int) -> Bool {
        guard isOpen(word + 1, "("), partner(word + 1) == word + 2 else { return false }
        let start = receiver(of: word)
        let isBeginning = self[start]?.isFirst ?? false || isSign(start - 1, ";") || isOpen(start - 1, "{")
        return isBeginning || isSign(start - 1, "=") || isSign(start - 1, ":=")
    }

    /// Whether the word is a parameter there: before an arrow, or after `function`.
    func isParameterList(_ index: Int, _ name: String) -> Bool {
        let close = (index..<(index + 24)).first { self[$0]?.kind == .close }
        guard let close, let open = self[close]?.partner, open > 0, open < index else { return false }
        return isSign(close + 1, "=>") || isSign(close + 1, "->")
            || ["function", "fn", "func"].contains(word(open - 1))
    }

    /// All that belongs to a call: its arguments and the block behind.
    func rangeOfCall(_ word: Int) -> Range<Int>? {
        guard let call = arguments(of: word) else { return nil }
        let start = call.list.first?.lowerBound ?? call.block?.lowerBound ?? word + 1
        let end = min(max(call.end, call.block?.upperBound ?? 0), tokens.count)
        return start..<max(start, end)
    }

    /// Where the release is named among the options of a call.
    func release(in range: Range<Int>) -> Int? {
        range.first { ["release", "Release", "setRelease"].contains(key($0)) }
    }

    /// Where the SDK is told to say who was logged in; Python's and PHP's know by themselves.
    func personalData(in range: Range<Int>) -> Int? {
        guard language == .python || language == .php else { return nil }
        return range.first { index in
            key(index) == "send_default_pii" && (index...(index + 3)).contains { ["True", "true"].contains(word($0)) }
        }
    }
}
