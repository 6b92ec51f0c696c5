/// How a line stands and what it begins with.
extension SourceText {
    func isBlank(_ number: Int) -> Bool { line(number).allSatisfy(\.isWhitespace) }

    func indentation(_ number: Int) -> Int { line(number).utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count }

    /// A label of C stands at the left edge inside of its function.
    func isLabel(_ text: Substring) -> Bool { text.hasSuffix(":") && !text.contains { $0 == " " || $0 == "(" } }

    /// Directives and comments stand where they like.
    func isAside(_ text: Substring) -> Bool {
        text.hasPrefix("#") || text.hasPrefix("//") || text.hasPrefix("/*") || text.hasPrefix("*/")
            || text.hasPrefix("* ") || text == "*"
    }

    static func opensBlock(_ text: Substring) -> Bool {
        guard let first = text.first else { return false }
        if "@})/*#".contains(first) { return true }
        return blocks.contains(text.prefix { $0.isLetter })
    }

    private static let blocks: Set<Substring> = [
        "if", "for", "while", "switch", "else", "elif", "try", "catch", "except", "with", "do", "case", "begin",
        "rescue",
        "ensure", "unless", "until", "when", "loop", "return", "finally", "select", "guard",
    ]
}

extension StringProtocol {
    /// How many round brackets it opens and does not close.
    var excessOfBrackets: Int { utf8.reduce(0) { $0 + ($1 == 0x28 ? 1 : $1 == 0x29 ? -1 : 0) } }
}
