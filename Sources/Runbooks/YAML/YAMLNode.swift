/// A value as YAML has it, and the line it stands on, so that a mistake can be shown with its place.
///
/// Nothing is guessed: `5`, `yes` and `2026-01-01` stay the text that was written.
struct YAMLNode: Sendable {
    let line: Int
    let content: Content

    indirect enum Content: Sendable {
        /// `isPlain`: without quotes, so that nothing, `~` and `null` mean "no value".
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    struct Entry: Sendable {
        let key: String
        let line: Int
        let value: YAMLNode
    }

    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }
}

/// Why some YAML cannot be read: where, what, and what to write instead.
struct YAMLMistake: Error, Hashable {
    let line: Int
    let what: String
    let advice: String?

    init(line: Int, _ what: String, advice: String? = nil) {
        self.line = line
        self.what = what
        self.advice = advice
    }
}
