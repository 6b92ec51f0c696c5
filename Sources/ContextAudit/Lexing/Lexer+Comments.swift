extension Lexer {
    mutating func skipComment() -> Bool {
        switch (at(), at(1)) {
        case (UInt8(ascii: "/"), UInt8(ascii: "/")) where hasSlashComments,
            (UInt8(ascii: "#"), _) where language == .python || language == .ruby || isShebang,
            (UInt8(ascii: "#"), _) where language == .php && at(1) != UInt8(ascii: "["):
            skipLine()
        case (UInt8(ascii: "/"), UInt8(ascii: "*")) where hasSlashComments: skipBlockComment()
        case (UInt8(ascii: "="), UInt8(ascii: "b")) where language == .ruby && isFirst && starts(with: "=begin"):
            let end = bytes.first("\n=end", from: position) ?? bytes.count
            move(to: end + 5)
            skipLine()
        case (UInt8(ascii: "_"), UInt8(ascii: "_")) where language == .ruby && isFirst && starts(with: "__END__\n"):
            position = bytes.count
        case (UInt8(ascii: "?"), UInt8(ascii: ">")) where language == .php: skipToPHP()
        default: return false
        }
        return true
    }

    /// To the next piece of code in a page.
    mutating func skipToPHP() {
        while let start = bytes.first("<?", from: position) {
            move(to: start + 2)
            if starts(with: "php") {
                move(to: position + 3)
                return
            }
            if at() == UInt8(ascii: "=") {
                move(to: position + 1)
                return
            }
        }
        position = bytes.count
    }

    private var hasSlashComments: Bool {
        switch language {
        case .javascript, .typescript, .php, .java, .kotlin, .go: true
        case .python, .ruby: false
        }
    }

    private var isShebang: Bool { position == 0 && at(1) == UInt8(ascii: "!") }

    private mutating func skipLine() {
        while position < bytes.count, at() != UInt8(ascii: "\n") {
            // The comment ends with the code.
            if language == .php, at() == UInt8(ascii: "?"), at(1) == UInt8(ascii: ">") { return }
            position += 1
        }
    }

    private mutating func skipBlockComment() {
        var depth = 1
        var end = position + 2
        while end < bytes.count {
            if bytes[end] == UInt8(ascii: "*"), end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: "/") {
                depth -= 1
                end += 2
                if depth == 0 { break }
            } else if language == .kotlin, bytes[end] == UInt8(ascii: "/"), end + 1 < bytes.count,
                bytes[end + 1] == UInt8(ascii: "*")
            {
                depth += 1
                end += 2
            } else {
                end += 1
            }
        }
        move(to: end)
    }
}
