extension Piece {
    /// The styles within a paragraph: `code`, **bold**, [links](https://…). Anything else stays as it was written.
    static func inline(_ text: String) -> [Piece] {
        var pieces: [Piece] = []
        var plain = text.startIndex
        var next = text.startIndex
        while let start = text[next...].firstIndex(where: { "`*[".contains($0) }) {
            guard let (piece, end) = styled(text[start...]) else {
                next = text.index(after: start)
                continue
            }
            if plain < start { pieces.append(.text(String(text[plain..<start]))) }
            pieces.append(piece)
            plain = end
            next = end
        }
        if plain < text.endIndex { pieces.append(.text(String(text[plain...]))) }
        return pieces
    }

    private static func styled(_ text: Substring) -> (Piece, end: Substring.Index)? {
        if text.hasPrefix("`") {
            let marks = text.prefix { $0 == "`" }
            return inside(text, marks, marks).map { (.code($0), $1) }
        }
        if text.hasPrefix("**") { return inside(text, "**", "**").map { (.bold($0), $1) } }
        guard text.hasPrefix("["), let (title, middle) = inside(text, "[", "]"),
            let (address, end) = inside(text[middle...], "(", ")"), Runbook.Link.isAddress(address)
        else { return nil }
        return (.link(title, address: address), end)
    }

    private static func inside(
        _ text: Substring, _ opening: some StringProtocol, _ closing: some StringProtocol
    ) -> (String, end: Substring.Index)? {
        guard text.hasPrefix(opening) else { return nil }
        let inner = text.dropFirst(opening.count)
        guard let end = inner.firstRange(of: closing), end.lowerBound > inner.startIndex else { return nil }
        return (String(inner[..<end.lowerBound]), end.upperBound)
    }
}
