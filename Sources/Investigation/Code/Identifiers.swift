/// Names in code and in sentences, to see what two lines have in common.
enum Identifiers {
    /// The variables, fields and functions that a line of code speaks of.
    static func names(in code: String) -> Set<Substring> {
        Set(
            code.prefix(400).split { !($0.isLetter || $0.isNumber || $0 == "_") }.filter { word in
                word.utf8.count > 1 && word.first?.isNumber == false && !isKeyword(word)
            })
    }

    static func isKeyword(_ word: Substring) -> Bool { keywords.contains(word.lowercased()) }

    /// `zebra_evpn_mh`, `ZebraEvpnMh` → zebra, evpn
    static func words(in text: String) -> Set<String> {
        Set(
            parts(of: text).filter { $0.utf8.count > 2 && $0.first?.isLetter == true && !fillers.contains($0) }
                .map(String.init))
    }

    /// `getUrlFor_v2` → get, url, for, v2
    static func parts(of text: String) -> [Substring] {
        var spaced = ""
        var before: Character = " "
        for character in text.prefix(400) {
            if before.isLowercase, character.isUppercase { spaced.append(" ") }
            spaced.append(character)
            before = character
        }
        return spaced.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    }

    private static let keywords: Set<String> = [
        "if", "else", "elif", "for", "while", "return", "not", "in", "is", "and", "or", "none", "true", "false", "null",
        "nil", "self", "this", "new", "int", "char", "void", "struct", "const", "static", "unsigned", "end", "do",
        "then",
        "def", "raise", "except", "try", "catch", "class", "from", "import", "with", "as", "lambda", "yield", "break",
        "continue", "switch", "case", "default", "sizeof", "bool", "string", "var", "let", "func", "function", "err",
        "error", "it", "the", "cls", "super", "throw", "async", "await",
    ]

    private static let fillers: Set<Substring> = [
        "the", "for", "and", "not", "with", "from", "that", "this", "was", "has", "have", "been", "error", "exception",
        "none", "null", "type", "value", "failed", "invalid",
    ]
}
