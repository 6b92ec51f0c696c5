/// Reading calls: on what, with which arguments.
extension Source {
    /// Where the expression begins that ends with the word there: `Sentry` of `Sentry.getCurrentScope().setTag`.
    func receiver(of word: Int) -> Int {
        var start = word
        // Long chains are somebody's data.
        for _ in 0..<32 {
            guard isAccessor(start - 1) else { return start }
            var left = start - 2
            // PHP: `\Sentry\captureException` begins with one.
            guard self[left].map({ $0.kind != .sign && $0.kind != .open }) ?? false,
                !isAccessorOfRoot(start - 1)
            else { return start - 1 }
            while let token = self[left], token.kind == .close, token.partner < left {
                left = token.partner - 1
                guard self[left]?.kind == .word || self[left]?.kind == .close else { return token.partner }
            }
            start = max(left, 0)
        }
        return start
    }

    private func isAccessor(_ index: Int) -> Bool {
        guard let token = self[index], token.kind == .sign else { return false }
        switch language {
        case .javascript, .typescript: return isSign(index, ".") || isSign(index, "?.")
        case .python, .go: return isSign(index, ".")
        case .php: return isSign(index, "->") || isSign(index, "?->") || isSign(index, "::") || isSign(index, "\\")
        case .ruby: return isSign(index, ".") || isSign(index, "&.") || isSign(index, "::")
        case .java, .kotlin: return isSign(index, ".") || isSign(index, "?.") || isSign(index, "::")
        }
    }

    /// A leading `\` or `::`, before which another statement or argument stands.
    private func isAccessorOfRoot(_ index: Int) -> Bool {
        guard isSign(index, "\\") || isSign(index, "::"), let left = self[index - 1], let sign = self[index] else {
            return false
        }
        return left.range.upperBound < sign.range.lowerBound
    }

    /// Whether the expression names something of Sentry's: the SDK, a hub, a scope, or Raven, as it was called once.
    func isOfSentry(_ tokens: Range<Int>) -> Bool {
        tokens.suffix(40).contains { index in
            let text = self.text(index).prefix(200)
            return ["sentry", "scope", "hub", "raven"].contains { text.containsIgnoringCase($0) }
        }
    }

    /// A call's arguments, each as a range of tokens, and the block or closure behind it.
    struct Arguments {
        var list: [Range<Int>] = []
        var block: Range<Int>?
        /// The first token behind all of it.
        var end: Int
    }

    /// Nil when the word is not called there.
    func arguments(of word: Int) -> Arguments? {
        var next = word + 1
        if isSign(next, "?."), isOpen(next + 1, "(") { next += 1 }
        if isOpen(next, "("), self[next]?.isFirst == false {
            let end = partner(next)
            return Arguments(list: list(next + 1, end), block: block(behind: end), end: end + 1)
        }
        if language == .kotlin, isOpen(next, "{"), let block = block(behind: word) {
            return Arguments(block: block, end: block.upperBound + 1)
        }
        guard language == .ruby else { return nil }
        if let block = block(behind: word) { return Arguments(block: block, end: block.upperBound + 1) }
        return commandArguments(from: next)
    }

    /// Kotlin's and Ruby's `captureException(e) { … }`, Ruby's `do … end`; what is between its brackets.
    private func block(behind index: Int) -> Range<Int>? {
        guard language == .kotlin || language == .ruby, let next = self[index + 1], next.line == self[index]?.line,
            isOpen(index + 1, "{") || isDo(index + 1)
        else { return nil }
        return (index + 2)..<max(index + 2, partner(index + 1))
    }

    func isDo(_ index: Int) -> Bool { language == .ruby && text(index).elementsEqual("do".utf8) }

    /// Ruby: `Sentry.capture_exception e, extra: { id: 1 }`, to the end of the line or to a modifier.
    private func commandArguments(from start: Int) -> Arguments? {
        guard let first = self[start], !first.isFirst,
            first.kind == .word || first.kind == .text || isSign(start, "**"),
            !Self.modifiers.contains(word(start)), first.range.lowerBound > (self[start - 1]?.range.upperBound ?? 0)
        else { return nil }
        var end = start
        while let token = self[end], end - start < 200 {
            if token.kind == .close || token.kind == .word && Self.modifiers.contains(word(end)) || isSign(end, ";") {
                break
            }
            if token.isFirst, !isSign(end - 1, ",") { break }
            if isDo(end) { break }
            end = token.kind == .open ? partner(end) + 1 : end + 1
        }
        return Arguments(list: list(start, min(end, tokens.count)), block: block(behind: end - 1), end: end)
    }

    private static let modifiers: Set<String> = ["if", "unless", "while", "until", "rescue", "and", "or", "then"]

    /// Split at commas that stand in no other bracket.
    private func list(_ start: Int, _ end: Int) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var begin = start
        var index = start
        while index < end {
            if tokens[index].kind == .open {
                index = partner(index) + 1
                continue
            }
            if isSign(index, ",") {
                if begin < index { parts.append(begin..<index) }
                begin = index + 1
            }
            index += 1
        }
        let last = min(max(index, end), end)
        if begin < last { parts.append(begin..<last) }
        return parts
    }
}

extension ArraySlice<UInt8> {
    /// The text is of small letters.
    func containsIgnoringCase(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard count >= wanted.count else { return false }
        return (startIndex...(endIndex - wanted.count)).contains { start in
            for (offset, byte) in wanted.enumerated() where self[start + offset] | 0x20 != byte { return false }
            return true
        }
    }
}
