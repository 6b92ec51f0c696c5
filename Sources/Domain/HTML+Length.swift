extension HTML {
    /// Telegram's limit for one message, in UTF-16 units after parsing.
    package static let messageLimit = 4096

    /// UTF-16 units that Telegram counts: the text without its markup.
    package var length: Int { Token.all(in: markup).reduce(0) { $0 + $1.length } }

    /// The text without its markup, as a plain message shows it.
    package var plain: String {
        Token.all(in: markup).map { token in
            switch token {
            case .open, .close: ""
            case .character(let raw): Self.unescaped[String(raw)] ?? String(raw)
            }
        }.joined()
    }

    /// The longest beginning that fits, with an ellipsis, cut between characters and with its tags closed.
    package func cut(to limit: Int) -> HTML {
        guard length > limit else { return self }
        return pieces(of: max(1, limit - 1)).first.map { HTML(markup: $0.head + "…" + $0.closing) } ?? HTML()
    }

    /// The same text as several messages, each within the limit, broken at a line end where there is one;
    /// tags that are open at a break are closed before it and opened again after it.
    package func split(limit: Int = HTML.messageLimit) -> [HTML] {
        guard length > limit else { return [self] }
        return pieces(of: limit).map { HTML(markup: $0.head + $0.closing) }
    }

    private struct Piece {
        let head: String
        let closing: String
    }

    private func pieces(of limit: Int) -> [Piece] {
        let tokens = Token.all(in: markup)
        var pieces: [Piece] = []
        var open: [Substring] = []
        var start = 0
        while start < tokens.count {
            let prefix = open.joined()
            let end = Self.end(of: tokens, from: start, limit: limit)
            for token in tokens[start..<end] {
                switch token {
                case .open(let tag): open.append(tag)
                case .close: open.removeLast(min(1, open.count))
                case .character: break
                }
            }
            let closing = open.reversed().map { "</\($0.dropFirst().prefix { $0.isLetter || $0 == "-" })>" }.joined()
            let body = tokens[start..<end].map { String($0.raw) }.joined()
            if tokens[start..<end].contains(where: { $0.length > 0 }) {
                pieces.append(Piece(head: prefix + body, closing: closing))
            }
            start = end
            if start < tokens.count, tokens[start].raw == "\n" { start += 1 }
        }
        return pieces
    }

    /// Where the piece that begins at `start` ends: at the last line end of its second half, else where it is full.
    private static func end(of tokens: [Token], from start: Int, limit: Int) -> Int {
        var length = 0
        var lineEnd: Int?
        for index in start..<tokens.count {
            length += tokens[index].length
            if length > limit { return max(start + 1, lineEnd ?? index) }
            if tokens[index].raw == "\n", length > limit / 2 { lineEnd = index }
        }
        return tokens.count
    }

    private static let unescaped = ["&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": "\""]

    private enum Token {
        case open(Substring)
        case close(Substring)
        /// One character, or one entity such as `&lt;`.
        case character(Substring)

        var raw: Substring {
            switch self {
            case .open(let raw), .close(let raw), .character(let raw): raw
            }
        }

        var length: Int {
            switch self {
            case .open, .close: 0
            case .character(let raw): raw.first == "&" && raw.count > 1 ? 1 : raw.utf16.count
            }
        }

        static func all(in markup: String) -> [Token] {
            var tokens: [Token] = []
            var rest = Substring(markup)
            while let first = rest.first {
                let raw: Substring
                switch first {
                case "<":
                    raw = rest.prefix { $0 != ">" } + (rest.contains(">") ? ">" : "")
                    tokens.append(raw.dropFirst().first == "/" ? .close(raw) : .open(raw))
                case "&":
                    let entity = rest.prefix { $0 != ";" }
                    raw = rest.prefix(entity.count + 1)
                    tokens.append(.character(raw))
                default:
                    raw = rest.prefix(1)
                    tokens.append(.character(raw))
                }
                rest = rest.dropFirst(raw.count)
            }
            return tokens
        }
    }
}
