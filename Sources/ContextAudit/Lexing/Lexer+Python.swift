extension Lexer {
    /// Before the first word of a line: opens or closes blocks by how far it is indented.
    mutating func takeIndentation() {
        guard isFirst else { return }
        let isOutside = position == lineStart
        // Nobody defines anything within brackets: one of them was never closed.
        if isOutside, brackets.isInside, beginsDefinition { closeInside() }
        guard !brackets.isInside else { return }
        let column = bytes[lineStart..<position].reduce(0) { $1 == UInt8(ascii: "\t") ? ($0 / 8 + 1) * 8 : $0 + 1 }
        if column > indents.last ?? 0 {
            indents.append(column)
            open(Token.block, length: 0)
            isFirst = true
        }
        while let last = indents.last, column < last {
            indents.removeLast()
            close(Token.block, length: 0)
            isFirst = true
        }
    }

    private var beginsDefinition: Bool {
        starts(with: "def ") || starts(with: "class ") || starts(with: "async ") || starts(with: "import ")
            || starts(with: "from ") || starts(with: "@")
    }
}
