import Domain

/// A message as a terminal shows it: bold and code in ANSI styles, folded parts by their first lines.
struct TerminalText {
    /// Lines of a folded part that are shown, as Telegram's clients do.
    private static let foldedLines = 3

    let isColoured: Bool
    let isUnfolded: Bool

    func render(_ html: HTML) -> String {
        var output = ""
        var rest = Substring(html.markup)
        while let start = rest.range(ofQuote: true) {
            output += inline(rest[..<start.lowerBound])
            let inner = rest[start.upperBound...]
            let end = inner.range(ofQuote: false)
            output += quote(inner[..<(end?.lowerBound ?? inner.endIndex)], isFolded: rest[start].contains("expandable"))
            rest = end.map { inner[$0.upperBound...] } ?? ""
        }
        return output + inline(rest)
    }

    func button(_ text: String) -> String { isColoured ? "\u{1B}[7m \(text) \u{1B}[27m" : text }

    /// Columns that a line takes, without its styles; emoji and East Asian letters take two.
    static func width(of line: some StringProtocol) -> Int {
        var width = 0
        var isStyle = false
        for scalar in line.unicodeScalars {
            if scalar == "\u{1B}" { isStyle = true }
            if !isStyle { width += scalar.columns }
            if isStyle, scalar == "m" { isStyle = false }
        }
        return width
    }

    private func quote(_ markup: Substring, isFolded: Bool) -> String {
        let lines = inline(markup).split(separator: "\n", omittingEmptySubsequences: false)
        let shown = isFolded && !isUnfolded ? lines.prefix(Self.foldedLines) : lines[...]
        var output = shown.map { dim("│ ") + $0 }
        if shown.count < lines.count {
            output.append(dim("│ … \(lines.count - shown.count) more lines: type + to unfold"))
        }
        return output.joined(separator: "\n")
    }

    private func inline(_ markup: Substring) -> String {
        var output = ""
        var rest = markup
        while let first = rest.first {
            if first == "<" {
                let tag = rest.prefix { $0 != ">" }
                output += style(of: tag.dropFirst())
                rest = rest.dropFirst(tag.count + 1)
            } else {
                let text = rest.prefix { $0 != "<" }
                output += HTML(markup: String(text)).plain
                rest = rest.dropFirst(text.count)
            }
        }
        return output
    }

    private func style(of tag: Substring) -> String {
        guard isColoured else { return "" }
        let name = tag.prefix { $0 != " " }
        switch name {
        case "b", "strong": return "\u{1B}[1m"
        case "/b", "/strong": return "\u{1B}[22m"
        case "i", "em": return "\u{1B}[3m"
        case "/i", "/em": return "\u{1B}[23m"
        case "code", "pre": return "\u{1B}[36m"
        case "/code", "/pre": return "\u{1B}[39m"
        case "a": return "\u{1B}[4m"
        case "/a": return "\u{1B}[24m"
        default: return ""
        }
    }

    private func dim(_ text: String) -> String { isColoured ? "\u{1B}[2m\(text)\u{1B}[22m" : text }
}

extension Substring {
    /// The next `<blockquote …>`, or the next `</blockquote>`.
    fileprivate func range(ofQuote opening: Bool) -> Range<Index>? {
        let mark = opening ? "<blockquote" : "</blockquote"
        guard let found = firstRange(of: mark), let end = self[found.upperBound...].firstIndex(of: ">") else {
            return nil
        }
        return found.lowerBound..<index(after: end)
    }
}

extension Unicode.Scalar {
    /// Columns on a terminal.
    fileprivate var columns: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60:
            return 2
        default: return properties.isEmojiPresentation ? 2 : 1
        }
    }
}
