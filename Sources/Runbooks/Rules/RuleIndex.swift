/// The rules of all runbooks, by a word that each needs: an issue then meets only those that may fit it.
struct RuleIndex: Sendable {
    /// A rule, and the position of its runbook.
    typealias Entry = (rule: Rule, runbook: Int)

    private var entries: [Entry] = []
    private var byWord: [Field: [Int: [Int]]] = [:]
    /// Those without words, which every issue meets.
    private var others: [Int] = []

    init(_ runbooks: [Runbook]) {
        for (position, runbook) in runbooks.enumerated() {
            for rule in runbook.rules { add((rule, position)) }
        }
    }

    private mutating func add(_ entry: Entry) {
        entries.append(entry)
        let number = entries.count - 1
        for case .words(let field, let phrases) in entry.rule.conditions {
            for mark in Set(phrases.map(\.mark)) { byWord[field, default: [:]][mark, default: []].append(number) }
            return
        }
        others.append(number)
    }

    func candidates(for subject: PreparedSubject) -> [Entry] {
        var numbers = Set(others)
        for (field, numbersByMark) in byWord {
            for mark in subject.words(field).marks { numbers.formUnion(numbersByMark[mark] ?? []) }
        }
        return numbers.sorted().map { entries[$0] }
    }
}
