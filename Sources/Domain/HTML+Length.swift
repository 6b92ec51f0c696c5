extension HTML {
    /// Telegram's limit for one message, in UTF-16 units after parsing.
    package static let messageLimit = 4096

    /// UTF-16 units that Telegram counts: the text without its markup.
    package var length: Int { MarkupWalk(markup).reduce(0) { $0 + $1.length } }

    /// The text without its markup, as a plain message shows it.
    package var plain: String {
        var plain = ""
        for case .text(let scalar) in MarkupWalk(markup) { plain.unicodeScalars.append(scalar) }
        return plain
    }

    /// The longest beginning that fits, with an ellipsis, cut between characters and with its tags closed.
    package func cut(to limit: Int) -> HTML {
        guard length > limit else { return self }
        guard limit > 0 else { return HTML() }
        var cutter = MarkupCutter(markup)
        let piece = cutter.next(limit: limit - 1, atLineEnds: false)
        return HTML(markup: (piece?.head ?? "") + "…" + (piece?.closing ?? ""))
    }

    /// The same text as several messages, each within the limit, broken at a line end where there is one;
    /// tags that are open at a break are closed before it and opened again after it.
    ///
    /// A character of more units than fit, such as a letter under a thousand accents, is broken too. Pieces without
    /// anything to see are left out: Telegram refuses them.
    package func split(limit: Int = HTML.messageLimit) -> [HTML] {
        guard length > limit else { return [self] }
        var pieces: [HTML] = []
        var cutter = MarkupCutter(markup)
        // The widest scalar has two units.
        while let piece = cutter.next(limit: max(2, limit), atLineEnds: true) {
            if !piece.isBlank { pieces.append(HTML(markup: piece.head + piece.closing)) }
        }
        return pieces
    }
}
