import Domain

/// Makes text safe and useful for GlitchTip's search.
///
/// The server splits it as a shell would, and fails on an apostrophe (`can't`), a lone quote, a backslash at the end or a
/// NUL; it takes any word with a colon for a tag, and finds only whole words. So a pasted title must become its words.
enum SearchText {
    /// The longest search that is worth sending.
    private static let mostWords = 12

    static func safe(_ text: String) -> String {
        // GlitchTip cuts titles with an ellipsis; the word before it is only half a word.
        let whole = text.hasSuffix("…") ? String(text.dropLast().prefix(upTo: lastSpace(in: text))) : text
        let words = whole.split(whereSeparator: { $0.isWhitespace || $0 == "\0" }).flatMap(words)
        return words.prefix(mostWords).joined(separator: " ")
    }

    /// A structured term for a tag, `release:"shop-web@2.3.1"`; nil when no quoting can save it.
    static func term(_ tag: Tag) -> String? {
        let unsafe = { (character: Character) in
            character == "\"" || character == "\\" || character == "'" || character == "\0" || character.isNewline
        }
        guard !tag.key.isEmpty, !tag.key.contains(where: { unsafe($0) || $0.isWhitespace || $0 == ":" }),
            !tag.value.contains(where: unsafe)
        else { return nil }
        return "\(tag.key):\"\(tag.value)\""
    }

    private static func lastSpace(in text: String) -> String.Index {
        let body = text.dropLast()
        return body.lastIndex(where: \.isWhitespace) ?? body.startIndex
    }

    /// Of a path only the file's name is in the index.
    private static func words(in word: Substring) -> [Substring] {
        var word = word
        if word.contains("/"), !word.contains("://") { word = word.split(separator: "/").last ?? word }
        return word.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "." || $0 == "-") }
            .map { $0.trimming { $0 == "-" || $0 == "." } }.filter { !$0.isEmpty }
    }
}

extension Substring {
    func trimming(_ isUnwanted: (Character) -> Bool) -> Substring {
        var rest = drop(while: isUnwanted)
        while let last = rest.last, isUnwanted(last) { rest.removeLast() }
        return rest
    }
}
