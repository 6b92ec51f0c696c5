/// A `CODEOWNERS` file: who answers for which paths. The last pattern that matches wins, as on GitHub and GitLab.
struct Owners: Sendable {
    /// Where forges look for it, the first one counts.
    static let places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]

    private let rules: [(pattern: PathPattern, owners: [String])]

    private static let mostRules = 2000

    init(_ text: SourceText) {
        var rules: [(PathPattern, [String])] = []
        var standing: [String] = []
        for number in 1...max(1, min(text.count, Self.mostRules)) {
            let line = text.line(number)[...].trimmed
            guard let first = line.utf8.first, first != 0x23 else { continue }
            // GitLab's sections: `[Payments][2] @default`, `^[Docs]`.
            if first == 0x5B || line.hasPrefix("^[") {
                standing = Self.names(line.cut(atLast: "]")?.1 ?? "")
                continue
            }
            let (pattern, rest) = Self.split(line)
            guard let pattern = PathPattern(pattern) else { continue }
            let names = Self.names(rest)
            rules.append((pattern, names.isEmpty ? standing : names))
        }
        self.rules = rules.map { (pattern: $0.0, owners: $0.1) }
    }

    /// Empty when nobody answers for it.
    func of(_ path: String) -> [String] { rules.last { $0.pattern.matches(path) }?.owners ?? [] }

    /// A blank in a pattern has a backslash before it.
    private static func split(_ line: Substring) -> (pattern: String, rest: Substring) {
        var pattern = ""
        var index = line.startIndex
        while index < line.endIndex, line[index] != " ", line[index] != "\t" {
            if line[index] == "\\", line.index(after: index) < line.endIndex { index = line.index(after: index) }
            pattern.append(line[index])
            index = line.index(after: index)
        }
        return (pattern, line[index...])
    }

    /// Without the `@`, which would call somebody, and of an address the part before it.
    private static func names(_ text: Substring) -> [String] {
        let words = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        return words.split(whereSeparator: \.isWhitespace).prefix(5).map { word in
            let name = word.drop { $0 == "@" }
            return Finding.clean(String(name.cut(at: "@")?.0 ?? name), atMost: 60)
        }.filter { !$0.isEmpty }
    }
}
