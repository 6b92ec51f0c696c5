/// A section of GitLab's `CODEOWNERS`: what is between its heading and the next one.
struct OwnersSection: Sendable {
    /// In small letters, as GitLab compares them.
    let name: String

    private var rules: [(pattern: PathPattern, owners: [String])] = []
    private var excluded: [PathPattern] = []

    init(name: String) { self.name = name }

    /// `[Payments][2] @default`, or `^[Docs]` for one that nobody has to wait for; nil for what is no heading.
    static func heading(_ line: Substring) -> (name: String, owners: Substring)? {
        guard let rest = line.after("^[") ?? line.after("["), let (name, tail) = rest.cut(at: "]"), !name.isEmpty
        else { return nil }
        let behind = tail.after("[").flatMap { $0.cut(at: "]") }.flatMap { $0.lineNumber == nil ? nil : $1 } ?? tail
        // `[a-z]*.js` is a pattern.
        guard behind.isEmpty || behind.first?.isWhitespace == true else { return nil }
        return (name.trimmed.lowercased(), behind)
    }

    mutating func add(_ pattern: String, _ owners: [String]) {
        if let pattern = PathPattern(pattern) { rules.append((pattern, owners)) }
    }

    /// What is excluded stays so: no later line of the section brings it back.
    mutating func exclude(_ pattern: String) {
        if let pattern = PathPattern(pattern) { excluded.append(pattern) }
    }

    mutating func excludeNothing() { excluded = [] }

    func owners(of path: String) -> [String] {
        guard !excluded.contains(where: { $0.matches(path) }) else { return [] }
        return rules.last { $0.pattern.matches(path) }?.owners ?? []
    }
}
