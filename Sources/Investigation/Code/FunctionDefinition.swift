/// Where a file defines a function, by its name.
extension SourceText {
    // Of its parameters, a line each.
    private static let longestHead = 15

    // In a generated file a name may be everywhere.
    private static let mostMentions = 1000

    /// The first line of each that has this name.
    func definitions(of name: String) -> [Int] {
        lines(with: name, atMost: Self.mostMentions).filter { defines(name, at: $0) }
    }

    /// Where the brackets after its name are closed.
    func endOfHead(from first: Int) -> Int {
        var open = 0
        for number in first...min(count, first + Self.longestHead) {
            let text = line(number)
            open += text.excessOfBrackets
            if open <= 0, number > first || text.contains("(") { return number }
        }
        return first
    }

    private func defines(_ name: String, at number: Int) -> Bool {
        let text = line(number)[...].trimmed
        guard !isAside(text), !Self.opensBlock(text), let place = text.range(ofWord: name) else { return false }
        let before = text[..<place.lowerBound]
        if Self.beginsWithKeyword(text) { return !before.contains("=") }
        let after = text[place.upperBound...].drop(while: \.isWhitespace)
        switch after.first {
        case "(": return before.allSatisfy(Self.isOfType) && opensBody(at: number)
        case "=", ":": return after.range(ofText: "function") != nil || after.range(ofText: "=>") != nil
        // A macro that makes one: `DEFUN (show_cart,`
        case ",": return indentation(number) == 0 && before.hasSuffix("(") && !before.contains(where: \.isLowercase)
        default: return false
        }
    }

    /// Whether a brace comes before the next semicolon, both outside of brackets.
    private func opensBody(at first: Int) -> Bool {
        var open = 0
        for number in first...min(count, first + Self.longestHead) {
            for character in line(number).utf8 {
                switch character {
                case UInt8(ascii: "("): open += 1
                case UInt8(ascii: ")"): open -= 1
                case UInt8(ascii: "{") where open <= 0: return true
                case UInt8(ascii: ";") where open <= 0: return false
                default: break
                }
            }
        }
        return false
    }

    /// `def total`, `public function total(`, `func (c *Cart) Total(`; no call of something that has such a name.
    static func beginsWithKeyword(_ text: Substring) -> Bool {
        var rest = text
        for _ in 0..<mostModifiers {
            let word = rest.prefix { !$0.isWhitespace && $0 != "(" && $0 != "*" }
            let behind = rest[word.endIndex...]
            if keywords.contains(word) {
                return behind.first == " " || behind.first == "*" || word == "function" && text.hasSuffix("{")
            }
            guard modifiers.contains(word) else { return false }
            rest = behind.drop(while: \.isWhitespace)
        }
        return false
    }

    // `export default async function`
    private static let mostModifiers = 4
    private static let keywords: Set<Substring> = ["def", "func", "function", "fn", "fun"]
    private static let modifiers: Set<Substring> = [
        "abstract", "async", "class", "const", "default", "export", "extern", "final", "fileprivate", "inline",
        "internal", "local", "mutating", "open", "override", "package", "private", "protected", "pub", "public",
        "static", "suspend", "unsafe",
    ]

    private static func isOfType(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character.isWhitespace || "_*&<>:,~[]@?".contains(character)
    }
}
