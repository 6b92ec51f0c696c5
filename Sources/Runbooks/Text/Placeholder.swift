/// `{{name}}` in a text.
enum Placeholder {
    enum Part: Hashable {
        case text(String)
        /// The name, and all as it was written.
        case placeholder(name: String, written: String)
    }

    private static let longest = 80

    static func parts(of text: String) -> [Part] {
        var parts: [Part] = []
        var rest = Substring(text)
        while let start = rest.firstRange(of: "{{") {
            let inner = rest[start.upperBound...].prefix(longest)
            guard let end = inner.firstRange(of: "}}"), let name = name(in: inner[..<end.lowerBound]) else {
                // One brace on: of three, the last two may begin a placeholder.
                let next = rest.index(after: start.lowerBound)
                parts.append(.text(String(rest[..<next])))
                rest = rest[next...]
                continue
            }
            if start.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<start.lowerBound]))) }
            parts.append(.placeholder(name: name, written: String(rest[start.lowerBound..<end.upperBound])))
            rest = rest[end.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        return parts
    }

    /// The names in a text, known or not.
    static func names(in text: String) -> [String] {
        parts(of: text).compactMap { if case .placeholder(let name, _) = $0 { name } else { nil } }
    }

    /// Other templates have braces too, `{{#each}}` or `{{ x | y }}`: those are text.
    private static func name(in text: Substring) -> String? {
        let words = text.split(separator: " ")
        guard words.count == 1, let name = words.first,
            name.allSatisfy({ $0.isLetter || $0.isNumber || "._-:".contains($0) })
        else { return nil }
        return String(name)
    }
}
