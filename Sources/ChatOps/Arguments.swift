import Domain

/// What follows a command's name, read from left to right.
package struct Arguments: Sendable {
    private var rest: Substring
    /// The issue that the message is about to which this is a reply.
    package let repliedTo: Issue.ID?

    package init(_ text: some StringProtocol, repliedTo: Issue.ID? = nil) {
        rest = Substring(text)
        self.repliedTo = repliedTo
        skipSpace()
    }

    /// The issue that is meant: the first word, or the one whose message was replied to.
    package mutating func issue() throws -> IssueReference {
        if let word = peek(), let reference = IssueReference(text: word) {
            next()
            return reference
        }
        if let repliedTo { return .id(repliedTo) }
        guard let word = peek() else { throw Refusal("Which issue? Give its number, such as \(HTML.code("2")).") }
        throw Refusal("\(HTML.code(word)) is not an issue. Give its number, short id or link.")
    }

    /// The issue that the text behind it is about. In a reply `500 requests failed` and `utf-8` are text: another issue is
    /// named there only by `#500`, by a link, or by a short id in capitals.
    ///
    /// - Parameter isProject: whether there is a project with this slug; asked only for what looks like a short id.
    package mutating func issue(beforeText isProject: (String) async throws -> Bool) async throws -> IssueReference {
        guard let repliedTo else { return try issue() }
        guard let word = peek(), let named = IssueReference(text: word) else { return .id(repliedTo) }
        let isMeant =
            switch named {
            case .id: word.hasPrefix("#") || word.contains("://")
            case .shortID(let text):
                if text == word, let hyphen = text.lastIndex(of: "-") {
                    try await isProject(text[..<hyphen].lowercased())
                } else {
                    false
                }
            }
        guard isMeant else { return .id(repliedTo) }
        next()
        return named
    }

    /// Whether the next word is this one; takes it if so.
    package mutating func take(_ word: String) -> Bool {
        guard peek()?.lowercased() == word else { return false }
        next()
        return true
    }

    /// The next word.
    package mutating func word() -> String? {
        guard let word = peek() else { return nil }
        next()
        return String(word)
    }

    /// All words that are left.
    package func words() -> [String] { rest.split(whereSeparator: \.isWhitespace).map(String.init) }

    /// What stands in quotes next, whichever of them a phone's keyboard makes; nil when no quotes are there or they do not
    /// end.
    package mutating func quoted() -> String? {
        let pairs: [Character: Character] = ["\"": "\"", "'": "'", "“": "”", "„": "“", "«": "»", "‘": "’"]
        guard let open = rest.first, let close = pairs[open] else { return nil }
        let inner = rest.dropFirst()
        // Telegram's clients may turn the second of a pair of plain quotes, but not the first.
        guard let end = inner.firstIndex(where: { $0 == close || (open == "“" && $0 == "\"") }) else { return nil }
        let text = String(inner[..<end])
        rest = inner[inner.index(after: end)...]
        skipSpace()
        return text
    }

    /// All that is left, as it was typed.
    package mutating func text() -> String {
        defer { rest = "" }
        return String(rest)
    }

    /// Every command ends its reading here, so that a slip of the finger is said and not ignored.
    package func end() throws {
        guard let word = peek() else { return }
        throw Refusal("I do not understand \(HTML.code(word.prefix(60))).")
    }

    private func peek() -> Substring? {
        let word = rest.prefix { !$0.isWhitespace }
        return word.isEmpty ? nil : word
    }

    private mutating func next() {
        rest = rest.drop { !$0.isWhitespace }
        skipSpace()
    }

    private mutating func skipSpace() { rest = rest.drop { $0.isWhitespace } }
}
