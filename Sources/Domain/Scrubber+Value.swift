/// Names and the values that follow them: `password=x`, `"token": "x"`, `Cookie: a=1; b=2`, `--api-key x`, `<pin>x</pin>`.
extension ScrubberScan {
    struct NamedValue {
        let start: Int
        let end: Int
        let mark: Scrubber.Mark
    }

    /// The value that is to be hidden because of the name that stands here.
    func namedValue(nameEnd: Int) -> NamedValue? {
        guard let separator = separator(after: nameEnd) else { return nil }
        let name = input[max(position, nameEnd - 64)..<nameEnd]
        let isQuery = output.last.map { "?&;".utf8.contains($0) } ?? false
        guard let secret = SecretName(name, place: isQuery && separator.kind == .equals ? .query : .text) else {
            return nil
        }
        // `/reset-password: 500` is a path and what became of it.
        if separator.kind == .colon, separator.isBare, output.last == UInt8(ascii: "/") { return nil }
        if separator.kind == .gap, !output.hasSuffix("--") { return nil }
        if separator.kind == .element, output.last != UInt8(ascii: "<") { return nil }

        let start = separator.end
        let opening = opening(at: start, separator)
        let isHeader = secret.isHeader && (separator.kind == .colon || startsScheme(at: start))
        func end(limit: Int) -> Int {
            if let closing = opening.closing { return quotedEnd(from: opening.end, closing, limit: limit) }
            if isHeader { return lineEnd(from: opening.end, limit: limit) }
            return plainEnd(from: opening.end, isQuery: isQuery, limit: limit)
        }
        if input[opening.end...].starts(with: "-----BEGIN ".utf8) { return nil }
        // Judged by its beginning: a value that stays is read again, and that must not cost more than a bound.
        let sample = input[opening.end..<end(limit: 64)]
        let isPlain = separator.kind == .colon && separator.hasSpace && opening.closing == nil
        guard secret.hides(sample, isPlain: isPlain) else { return nil }
        let word = sample.prefix { $0.isLetter || $0 == UInt8(ascii: "'") }
        if isPlain, SecretName.isProse(word), at(word.endIndex)?.isSpace ?? false { return nil }
        return NamedValue(start: opening.end, end: end(limit: .max), mark: secret.mark)
    }

    private struct Separator {
        enum Kind {
            case equals, colon
            /// `<password>x`
            case element
            /// `--password x`
            case gap
            /// `["password", "x"]`
            case pair
        }
        let kind: Kind
        /// Nothing but the separator itself stands between name and value.
        let isBare: Bool
        let hasSpace: Bool
        /// Where the value begins.
        let end: Int
    }

    private func separator(after nameEnd: Int) -> Separator? {
        var index = nameEnd
        let quote = closingQuoteLength(at: index)
        index += quote
        if quote > 0, at(index) == UInt8(ascii: "]") { index += 1 }
        let gap = input[min(index, input.count)...].count(atMost: 8) { $0.isSpace }
        index += gap
        guard let byte = at(index) else { return nil }
        let next = at(index + 1)
        var kind: Separator.Kind
        switch byte {
        case UInt8(ascii: ":") where next == UInt8(ascii: "="): (kind, index) = (.equals, index + 2)
        case UInt8(ascii: ":"):
            guard next != UInt8(ascii: ":"), !input[(index + 1)...].starts(with: "//".utf8) else { return nil }
            (kind, index) = (.colon, index + 1)
        case UInt8(ascii: "="):
            kind = .equals
            index += 1 + input[(index + 1)...].count(atMost: 2) { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ">") }
        case UInt8(ascii: "%") where next == UInt8(ascii: "3"):
            guard let letter = at(index + 2)?.lowercased, letter == UInt8(ascii: "d") || letter == UInt8(ascii: "a")
            else {
                return nil
            }
            (kind, index) = (.equals, index + 3)
        case UInt8(ascii: ">") where gap == 0 && quote == 0: (kind, index) = (.element, index + 1)
        case UInt8(ascii: ",") where quote > 0:
            let isFirst =
                output.dropLast(quote).last.map { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "(") } ?? false
            guard isFirst else { return nil }
            (kind, index) = (.pair, index + 1)
        case _ where gap > 0 && quote == 0: kind = .gap
        default: return nil
        }
        let space = kind == .element || kind == .gap ? 0 : input[index...].count(atMost: 8) { $0.isSpace }
        guard index + space < input.count else { return nil }
        let isBare = quote == 0 && gap == 0
        return Separator(kind: kind, isBare: isBare, hasSpace: space > 0, end: index + space)
    }

    /// A quote, one with backslashes as in JSON within JSON, or one of HTML's or a link's; 0 when there is none.
    private func closingQuoteLength(at index: Int) -> Int {
        guard let byte = at(index) else { return 0 }
        if byte.isQuote { return 1 }
        let rest = input[index...]
        if byte == UInt8(ascii: "\\") {
            let slashes = rest.count(atMost: 8) { $0 == UInt8(ascii: "\\") }
            return slashes < 8 && at(index + slashes)?.isQuote ?? false ? slashes + 1 : 0
        }
        guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "%") else { return 0 }
        return Self.writtenQuotes.first { rest.starts(with: $0) }?.count ?? 0
    }

    private static let writtenQuotes = ["&quot;", "&#34;", "&#39;", "&#x27;", "%22", "%27"].map { Array($0.utf8) }

    /// Where the value itself begins, and what will close it.
    private func opening(at start: Int, _ separator: Separator) -> (end: Int, closing: ArraySlice<UInt8>?) {
        if separator.kind == .element { return (start, [UInt8(ascii: "<")]) }
        // b'x' and @"x"
        let prefix = input[start...].count(atMost: 2) { $0.isLetter || $0 == UInt8(ascii: "@") }
        for skipped in [0, prefix] {
            let length = closingQuoteLength(at: start + skipped)
            if length > 0 {
                let from = start + skipped
                return (from + length, input[from..<(from + length)])
            }
        }
        // A list is hidden up to its end.
        if at(start) == UInt8(ascii: "["), Scrubber.Mark.length(at: input[start...]) == nil {
            let isMarked = Scrubber.Mark.length(at: input[(start + 1)...]) != nil
            return (start + 1, isMarked ? nil : [UInt8(ascii: "]")])
        }
        return (start, nil)
    }

    /// A quoted value ends at its quote, or with its line when that was cut off.
    private func quotedEnd(from start: Int, _ closing: ArraySlice<UInt8>, limit: Int) -> Int {
        var index = start
        while index < input.count, index - start < limit, !input[index].endsLine {
            if input[index] == closing.first, input[index...].starts(with: closing) { return index }
            index += input[index] == UInt8(ascii: "\\") && closing.count == 1 && index + 1 < input.count ? 2 : 1
        }
        return min(index, input.count)
    }

    private func plainEnd(from start: Int, isQuery: Bool, limit: Int) -> Int {
        if let length = Scrubber.Mark.length(at: input[start...]), endsValue(at: start + length) {
            return start + length
        }
        var index = start
        while let byte = at(index), byte > 0x20, index - start < limit {
            if index == start, "<({".utf8.contains(byte) {
                index += 1
            } else if byte == UInt8(ascii: "(") {
                // `Optional("x")`
                let inside = input[(index + 1)...].count(atMost: 256) { $0 != UInt8(ascii: ")") && !$0.endsLine }
                index += at(index + 1 + inside) == UInt8(ascii: ")") ? inside + 2 : 1
            } else if isQuery && (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "#")) || endsValue(at: index) {
                break
            } else {
                index += 1
            }
        }
        return index
    }

    /// `Bearer abc` as the value of a header that was written with an equals sign.
    private func startsScheme(at start: Int) -> Bool {
        let word = input[start...].prefix(input[start...].count(atMost: 16) { $0.isNameByte })
        return at(word.endIndex)?.isSpace ?? false
            && ["bearer", "basic", "token", "digest", "apikey", "negotiate"].contains(
                String(decoding: word.lowercased, as: UTF8.self))
    }

    /// The end of the line, or the quote in which the whole header stands: `curl -H "Cookie: a=1"`.
    private func lineEnd(from start: Int, limit: Int) -> Int {
        let quote = output.last.flatMap { $0.isQuote ? $0 : nil }
        var index = start
        while let byte = at(index), !byte.endsLine, byte != quote, index - start < limit {
            if byte == UInt8(ascii: "\\"), let next = at(index + 1), "nr".utf8.contains(next) || next.isQuote { break }
            index += 1
        }
        return index
    }

    /// Whether a value without quotes ends before this byte. Passwords hold any sign, so a sign ends one only
    /// where the text goes on in a way that no password does.
    private func endsValue(at index: Int) -> Bool {
        guard let byte = at(index) else { return true }
        guard byte > 0x20 else { return true }
        if byte == UInt8(ascii: "\\") { return at(index + 1).map { $0.isQuote || "nrt\\".utf8.contains($0) } ?? true }
        if byte == UInt8(ascii: "%") { return isEscape(at: index) && input[index + 1] == UInt8(ascii: "2") }
        guard byte.isQuote || "&,;)]}><|".utf8.contains(byte) else { return false }
        guard let next = at(index + 1) else { return true }
        if next <= 0x20 || next.isQuote || "&,;)]}><|\\.:[({".utf8.contains(next) { return true }
        if byte == UInt8(ascii: "<") { return next == UInt8(ascii: "/") || next.isLetter }
        let word = input[(index + 1)...].count(atMost: 40) { $0.isNameByte }
        guard word > 0, let after = at(index + 1 + word) else { return false }
        return after == UInt8(ascii: "=") || after == UInt8(ascii: ":")
            || byte == UInt8(ascii: "&") && after == UInt8(ascii: ";")
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
