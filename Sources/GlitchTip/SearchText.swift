import Domain

/// Makes text safe and useful for GlitchTip's search.
///
/// The server splits it as a shell would, and fails on an apostrophe (`can't`), a lone quote, a backslash at the end or a
/// NUL; it takes a first word with a colon for a tag. Its full-text search wants every word whole. But with a `*`
/// anywhere it looks for the text in the titles as well, where `_` stands for any one character: so a title that
/// somebody pasted finds its issue, and half a word finds something.
enum SearchText {
    /// Titles end after 100 characters, and a message may begin in their middle.
    private static let longest = 64

    /// Empty when there is nothing to look for, such as in `*`.
    static func safe(_ text: String) -> String {
        let words = text.split { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 0x20 } }
        if words.count == 1, isEventID(words[0]) { return String(words[0]) }
        let wanted = words.count == 1 ? essence(of: words[0]) : words.joined(separator: " ")[...]
        // At the ends a placeholder would ask for one character more than there is.
        let pattern = String(cut(wanted).map(placeholder))[...].trimming { $0 == "_" || $0 == "*" || $0 == " " }
        return pattern.isEmpty ? "" : "*\(pattern)"
    }

    /// A structured term for a tag, `release:"shop-web@2.3.1"`. A key that cannot be written finds nothing.
    static func term(_ tag: Tag) -> String {
        let key = tag.key.map { $0.isWhitespace || ":\"'\\\0".contains($0) ? "_" : $0 }
        var value = ""
        for character in tag.value where character != "\0" {
            if character == "\"" || character == "\\" { value.append("\\") }
            value.append(character)
        }
        return "\(String(key)):\"\(value)\""
    }

    private static func placeholder(_ character: Character) -> Character {
        switch character {
        case "'", "\"", "\\", ":": "_"
        // GlitchTip cuts titles, and so do we, with an ellipsis.
        case "…": "*"
        default: character
        }
    }

    /// Of a path only the file's name is in the index, of a link what follows the scheme.
    private static func essence(of word: Substring) -> Substring {
        if let scheme = word.firstRange(of: "://") {
            return word[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
        }
        return word.split(separator: "/").last ?? word
    }

    private static func cut(_ text: Substring) -> Substring {
        guard text.count > longest else { return text }
        let head = text.prefix(longest)
        return head.lastIndex(of: " ").map { head[..<$0] } ?? head
    }

    /// Alone it leads straight to its issue: 32 hexadecimal digits, with or without hyphens.
    private static func isEventID(_ word: Substring) -> Bool {
        let digits = word.utf8.filter { $0 != UInt8(ascii: "-") }
        return digits.count == 32 && [32, 36].contains(word.utf8.count)
            && word.allSatisfy { $0.isHexDigit || $0 == "-" }
    }
}

extension Substring {
    func trimming(_ isUnwanted: (Character) -> Bool) -> Substring {
        var rest = drop(while: isUnwanted)
        while let last = rest.last, isUnwanted(last) { rest.removeLast() }
        return rest
    }
}
