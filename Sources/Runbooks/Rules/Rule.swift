import Domain

/// One entry of `matches`: all of it must hold.
struct Rule: Sendable {
    let line: Int
    /// The cheap ones first, so that most rules are done with after a comparison.
    let conditions: [Condition]

    init(line: Int, _ conditions: [Condition]) {
        self.line = line
        self.conditions = conditions.sorted { $0.cost < $1.cost }
    }

    /// The score that it gives at most.
    var best: Double { Evidence.score(conditions.map(\.best)) }
}

/// Something a rule asks for; of several values one is enough.
enum Condition: Sendable {
    case level([Issue.Level])
    case project([String])
    case environment([String])
    case tag(String, [String])
    case words(Field, [Phrase])
    case pattern(Field, [Pattern])

    var cost: Int {
        switch self {
        case .level, .project, .environment: 0
        case .tag: 1
        case .words(.path, _): 3
        case .words: 2
        case .pattern(.path, _): 5
        case .pattern: 4
        }
    }

    /// What it says at most for the runbook.
    var best: Double {
        switch self {
        case .level, .environment: 0.05
        case .project: 0.15
        case .tag: 0.2
        case .words(let field, let phrases): phrases.map { Self.weight(of: $0, in: field) }.max() ?? 0
        case .pattern(let field, _): field == .message ? 0.5 : 0.35
        }
    }

    /// Three words in a row are hardly chance; one word may be. `StockError` names one thing, `TypeError` a thousand.
    private static func weight(of phrase: Phrase, in field: Field) -> Double {
        switch (field, phrase.count) {
        case (.message, 1): 0.3
        case (.message, 2): 0.45
        case (.message, _): 0.55
        case (.type, _): widespread.contains(phrase.text.lowercased()) ? 0.35 : 0.5
        case (.culprit, _), (.path, 1): 0.25
        case (.path, _): 0.35
        }
    }

    private static let widespread: Set<String> = [
        "assertionerror", "attributeerror", "classcastexception", "connectionerror", "databaseerror", "error",
        "exception", "httperror", "illegalargumentexception", "illegalstateexception", "importerror", "indexerror",
        "ioerror", "ioexception", "keyerror", "lookuperror", "nameerror", "networkerror", "nullpointerexception",
        "operationalerror", "oserror", "rangeerror", "referenceerror", "runtimeerror", "runtimeexception",
        "sqlexception", "syntaxerror", "timeouterror", "timeoutexception", "typeerror", "unhandledrejection",
        "validationerror", "valueerror",
    ]

    /// What it says for the runbook; nil when it does not hold.
    ///
    /// - Parameter isSlow: set when a regular expression reached its bound; it counts as not found.
    func judge(_ subject: PreparedSubject, _ isSlow: inout Bool) -> Evidence? {
        switch self {
        case .level(let levels):
            guard let level = subject.level, levels.contains(level) else { return nil }
            return Evidence(best, "level is \(level.rawValue)")
        case .project(let names): return Self.one(of: names, isIn: subject.project, best) { "project is \($0)" }
        case .environment(let names):
            return Self.one(of: names, isIn: subject.environment, best) { "environment is \($0)" }
        case .tag(let key, let values):
            return Self.one(of: values, isIn: subject.tags[key] ?? [], best) { "\(key) is \($0)" }
        case .words(let field, let phrases):
            let text = subject.words(field)
            let found = phrases.filter { field == .type ? $0.endsLine(of: text) : $0.isIn(text) }
            let weighed = found.map { (phrase: $0, weight: Self.weight(of: $0, in: field)) }
            guard let (phrase, weight) = weighed.max(by: { $0.weight < $1.weight }) else { return nil }
            return Evidence(weight, field.reason(phrase.text))
        case .pattern(let field, let patterns):
            let text = subject.text(field)
            for pattern in patterns {
                switch pattern.found(in: text) {
                case .found: return Evidence(best, "\(field.rawValue) fits /\(pattern.text)/")
                case .tooSlow: isSlow = true
                case .absent: break
                }
            }
            return nil
        }
    }

    private static func one(
        of names: [String], isIn values: [String], _ weight: Double, reason: (String) -> String
    ) -> Evidence? {
        guard let name = names.first(where: values.contains) else { return nil }
        return Evidence(weight, reason(name))
    }
}

extension Field {
    fileprivate func reason(_ words: String) -> String {
        switch self {
        case .type: "type is \(words)"
        case .message: "message says “\(words)”"
        case .culprit: "culprit has “\(words)”"
        case .path: "a frame is in \(words)"
        }
    }
}

/// Something that speaks for a runbook, from 0 to 1, and the words for it.
struct Evidence: Sendable, Hashable {
    let weight: Double
    let reason: String

    init(_ weight: Double, _ reason: String) {
        self.weight = weight
        self.reason = reason
    }

    /// All of it together: each takes its part of the doubt that the others left.
    static func score(_ weights: [Double]) -> Double { 1 - weights.reduce(1) { $0 * (1 - $1) } }
}
