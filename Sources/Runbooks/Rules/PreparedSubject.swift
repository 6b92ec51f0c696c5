import Domain

/// A subject in the forms that rules compare, made once for all runbooks.
struct PreparedSubject: Sendable {
    let level: Issue.Level?
    /// In small letters, as in rules; with one element or none.
    let project: [String]
    let environment: [String]
    let tags: [String: [String]]
    private let words: [Field: WordText]
    private let texts: [Field: SearchText]

    init(_ subject: Subject) {
        level = subject.level
        project = subject.project.map { [$0.lowercased()] } ?? []
        environment = subject.environment.map { [$0.lowercased()] } ?? []
        tags = Dictionary(grouping: subject.tags) { $0.key.lowercased() }
            .mapValues { $0.map { $0.value.lowercased() } }
        let lines = Field.allCases.map { ($0, $0.texts(of: subject)) }
        words = Dictionary(uniqueKeysWithValues: lines.map { ($0, WordText(lines: $1)) })
        texts = Dictionary(uniqueKeysWithValues: lines.map { ($0, SearchText($1)) })
    }

    func words(_ field: Field) -> WordText { words[field] ?? WordText(lines: []) }
    func text(_ field: Field) -> SearchText { texts[field] ?? SearchText([]) }
}
