extension SourceText {
    /// Whether nothing can go wrong in a line: it is blank, a comment, or only closes and opens a block.
    ///
    /// Good enough for every language here; a line inside of a longer comment or text is taken for code.
    func isSilent(_ number: Int) -> Bool {
        let text = line(number)[...].trimmed
        if text.utf8.allSatisfy({ Self.brackets.contains($0) }) { return true }
        if text.hasPrefix("#") { return !Self.directives.contains { text.dropFirst().hasPrefix($0) } }
        return text.hasPrefix("//") || text.hasPrefix("/*") || text.hasPrefix("* ") || text == "*"
            || text.hasPrefix("*/") || Self.words.contains(text)
    }

    private static let brackets = Set("{}()[];,".utf8)

    // Of C, where a number sign is no comment.
    private static let directives = ["include", "define", "undef", "if", "else", "endif", "pragma", "["]

    private static let words: Set<Substring> = [
        "end", "else", "else:", "else {", "} else {", "do", "begin", "pass", "try:", "try {", "finally:", "end;",
    ]
}
