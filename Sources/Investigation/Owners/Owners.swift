/// A `CODEOWNERS` file: who answers for which paths. The last pattern that matches wins, as on GitHub and GitLab.
///
/// GitLab knows sections: in each the last one wins, and the owners of all of them answer.
struct Owners: Sendable {
    /// Where forges look for it, the first one counts.
    static let places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]

    /// In the order of the file; what stands before the first heading is one too.
    private let sections: [OwnersSection]

    private static let mostRules = 2000

    init(_ text: SourceText) {
        var sections = [OwnersSection(name: "")]
        var current = 0
        var standing: [String] = []
        for number in 1...max(1, min(text.count, Self.mostRules)) {
            let line = text.line(number)[...].trimmed
            guard let first = line.utf8.first, first != 0x23 else { continue }
            if let (name, rest) = OwnersSection.heading(line) {
                standing = Self.names(rest)
                // Those with the same name are one.
                current = sections.firstIndex { $0.name == name } ?? sections.count
                if current == sections.count { sections.append(OwnersSection(name: name)) }
                continue
            }
            let (pattern, rest) = Self.split(line)
            let names = Self.names(rest)
            if first == 0x21 {
                sections[current].exclude(String(pattern.dropFirst()))
            } else {
                sections[current].add(pattern, names.isEmpty ? standing : names)
            }
        }
        // GitHub skips a line that excludes, as what it does not understand.
        if sections.count == 1 { sections[0].excludeNothing() }
        self.sections = sections
    }

    // With more it calls for nobody.
    private static let mostOwners = 20

    /// Empty when nobody answers for it.
    func of(_ path: String) -> [String] {
        Reading.unique(sections.flatMap { $0.owners(of: path) }, atMost: Self.mostOwners)
    }

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
