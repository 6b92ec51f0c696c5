import Chance
import Domain
import Testing

/// What holds for every text, tried on many that the dice made. The dice fall the same way in every run.
@Suite struct HTMLPropertyTests {
    private static let pieces = [
        "a", "word", " ", "\n", "\n\n", "<", ">", "&", "\"", "'", "</b>", "<b>", "&lt;", "&amp", "&#60;", ";", "/", "=",
        "😀", "👨‍👩‍👧", "👍🏽", "🇩🇪", "🇩", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{600}", "\u{E0067}", "é", "你好", "한", "नि", "\0",
        "\u{202E}", "\r", "\u{2028}", "-->", "<tg-time unix=\"1\">", "<blockquote expandable>", "```", "*", "_",
    ]

    private func text(_ dice: inout Dice) -> String {
        (0..<Int.random(in: 0...12, using: &dice)).map { _ in Self.pieces.randomElement(using: &dice) ?? "" }.joined()
    }

    /// Markup as our own code writes it, around text as strangers write it.
    private func html(_ dice: inout Dice, depth: Int = 3) -> HTML {
        var html = HTML()
        for _ in 0..<Int.random(in: 1...4, using: &dice) {
            let text = text(&dice)
            switch depth == 0 ? 0 : Int.random(in: 0...6, using: &dice) {
            case 1: html += "<b>\(self.html(&dice, depth: depth - 1))</b>"
            case 2: html += HTML.folded(self.html(&dice, depth: 0))
            case 3: html += HTML.code(text)
            case 4: html += HTML.pre(text, language: "swift")
            case 5: html += HTML.time(.init(timeIntervalSince1970: 1), text)
            case 6: html += "<a href=\"https://x.example/?q=\(text)\">\(self.html(&dice, depth: 0))</a>"
            default: html += HTML(text)
            }
        }
        return html
    }

    @Test(arguments: 0..<8)
    func `cut, it is well formed, fits, and is a beginning`(seed: UInt64) {
        var dice = Dice(seed: seed)
        for _ in 0..<400 {
            let html = html(&dice)
            #expect(problem(in: html) == nil)
            let limit = Int.random(in: 1...60, using: &dice)
            let cut = html.cut(to: limit)
            #expect(problem(in: cut) == nil, "\(html.markup.debugDescription) cut to \(limit)")
            #expect(cut.length <= limit)
            let isWhole = html.length <= limit
            #expect(cut.plain.unicodeScalars.last == "…" || isWhole)
            let beginning = isWhole ? cut.plain.unicodeScalars[...] : cut.plain.unicodeScalars.dropLast()
            #expect(html.plain.unicodeScalars.starts(with: beginning))
        }
    }

    @Test(arguments: 0..<8)
    func `split, each piece is well formed and fits, and nothing but space is lost`(seed: UInt64) {
        var dice = Dice(seed: seed + 100)
        for _ in 0..<400 {
            let html = html(&dice)
            let limit = Int.random(in: 2...60, using: &dice)
            let pieces = html.split(limit: limit)
            for piece in pieces {
                #expect(problem(in: piece) == nil, "\(html.markup.debugDescription) split at \(limit)")
                #expect(piece.length <= limit)
            }
            let isSplit = html.length > limit
            #expect(!isSplit || pieces.allSatisfy { !ink($0.plain).isEmpty })
            #expect(
                ink(pieces.map(\.plain).joined()) == ink(html.plain),
                "\(html.markup.debugDescription) split at \(limit)")
        }
    }

    /// What is seen, for comparing: scalars, since pieces that are joined make characters together.
    private func ink(_ text: String) -> [Unicode.Scalar] { text.unicodeScalars.filter { !$0.properties.isWhitespace } }

    /// Linear time: with a quadratic step one of these takes minutes, and the time limit ends the run.
    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            "a", "<", "&", "\"", "\n", "word\n", "😀", "👨‍👩‍👧", "🇩🇪", "\u{301}", "<\u{301}", "\u{600}<", "\u{200D}", " ",
            "\0", "</b>",
            "&lt;", ";",
        ])
    func `a long text of traps is one pass`(trap: String) {
        let text = String(repeating: trap, count: 100_000 / trap.utf8.count)
        let html: HTML = "<b>\(text)</b>"
        let pieces = html.split()
        #expect(pieces.allSatisfy { $0.length <= HTML.messageLimit })
        #expect(ink(pieces.map(\.plain).joined()) == ink(html.plain))
        #expect(html.cut(to: 500).length <= 500)
        // Not of ours, but it must end.
        #expect(HTML(markup: text).split().count <= 100_000)
    }
}

/// What Telegram would complain about, read by a reader of its own; nil for nothing.
private func problem(in html: HTML) -> String? {
    var open: [Substring.UnicodeScalarView] = []
    var rest = html.markup.unicodeScalars[...]
    while let scalar = rest.first {
        switch scalar {
        case "<":
            guard let end = rest.firstIndex(of: ">") else { return "a tag without end" }
            let tag = rest[..<end].dropFirst()
            rest = rest[end...].dropFirst()
            if tag.first == "/" {
                guard let last = open.popLast(), last.elementsEqual(tag.dropFirst()) else { return "</ without <" }
            } else {
                open.append(tag.prefix { $0 != " " })
                guard tag.first?.properties.isLowercase == true, !tag.contains("<") else { return "no tag" }
            }
        case "&":
            guard let end = rest.prefix(6).firstIndex(of: ";"),
                ["lt", "gt", "amp", "quot"].contains(String(rest[..<end].dropFirst()))
            else { return "half an entity" }
            rest = rest[end...].dropFirst()
        case ">": return "a bare >"
        default: rest = rest.dropFirst()
        }
    }
    return open.isEmpty ? nil : "a tag left open"
}
