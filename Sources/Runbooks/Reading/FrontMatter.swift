import Domain

/// What stands between the two `---` lines, read; every mistake in it is remembered, so that all are told at once.
struct FrontMatter {
    private(set) var title = ""
    private(set) var severity: Runbook.Severity?
    private(set) var owners: [String] = []
    private(set) var links: [Runbook.Link] = []
    private(set) var rules: [Rule] = []
    private(set) var examples: [Runbook.Example] = []
    private(set) var counterexamples: [Runbook.Example] = []

    private(set) var mistakes: [YAMLMistake] = []

    /// `runbooks/schema.json` lists the same.
    enum Key: String, CaseIterable { case title, severity, owners, links, matches, examples, counterexamples }

    private static let longestTitle = 120

    init(_ node: YAMLNode) {
        guard case .mapping(let entries) = node.content else {
            mistakes.append(
                YAMLMistake(line: node.line, "the front matter has no keys", advice: "Begin with “title: …”."))
            return
        }
        var reader = FieldReader()
        for (key, entry) in reader.keyed(entries, by: Key.self, of: "front matter") {
            switch key {
            case .title:
                title = reader.text(entry.value, "title") ?? ""
                if title.count > Self.longestTitle {
                    reader.complain(
                        entry.line, "the title has more than \(Self.longestTitle) characters", "Write a shorter one.")
                }
            case .severity: severity = reader.choice(entry.value, "severity")
            case .owners: owners = reader.texts(entry.value, "owners")
            case .links: links = reader.items(entry.value, key.rawValue).compactMap { Self.link($0, &reader) }
            case .matches: rules = reader.items(entry.value, key.rawValue).compactMap { Self.rule($0, &reader) }
            case .examples: examples = reader.items(entry.value, key.rawValue).compactMap { Self.example($0, &reader) }
            case .counterexamples:
                counterexamples = reader.items(entry.value, key.rawValue).compactMap { Self.example($0, &reader) }
            }
        }
        if !entries.contains(where: { $0.key == Key.title.rawValue }) {
            reader.complain(node.line, "there is no title", "Write “title: What it is about”.")
        }
        mistakes = reader.mistakes.sorted { $0.line < $1.line }
    }

    // MARK: Links

    enum LinkKey: String, CaseIterable { case title, url }

    private static func link(_ node: YAMLNode, _ reader: inout FieldReader) -> Runbook.Link? {
        let mistakes = reader.mistakes.count
        var title: String?
        var address: String?
        if case .mapping(let entries) = node.content {
            for (key, entry) in reader.keyed(entries, by: LinkKey.self, of: "link") {
                switch key {
                case .title: title = reader.text(entry.value, "title")
                case .url: address = reader.text(entry.value, "url")
                }
            }
        } else {
            address = reader.text(node, "links")
        }
        guard reader.mistakes.count == mistakes else { return nil }
        guard let address, Runbook.Link.isAddress(address) else {
            reader.complain(node.line, "a link is no address", "Write https://… or {title: …, url: https://…}.")
            return nil
        }
        return Runbook.Link(title: title, address: address)
    }

    // MARK: Rules

    enum RuleKey: String, CaseIterable {
        case project, environment, level, type, message, messageRegex = "message_regex", culprit
        case culpritRegex = "culprit_regex", path, pathRegex = "path_regex", tags
    }

    private static func rule(_ node: YAMLNode, _ reader: inout FieldReader) -> Rule? {
        guard case .mapping(let entries) = node.content else {
            reader.complain(node.line, "a rule has no keys", "Write “- type: TypeError” or “- message: some words”.")
            return nil
        }
        let mistakes = reader.mistakes.count
        var conditions: [Condition] = []
        for (key, entry) in reader.keyed(entries, by: RuleKey.self, of: "rule") {
            let value = entry.value
            switch key {
            case .project: conditions.append(.project(reader.texts(value, "project").map { $0.lowercased() }))
            case .environment:
                conditions.append(.environment(reader.texts(value, "environment").map { $0.lowercased() }))
            case .level: conditions.append(.level(reader.choices(value, "level")))
            case .type: conditions.append(.words(.type, reader.phrases(value, "type")))
            case .message: conditions.append(.words(.message, reader.phrases(value, "message")))
            case .culprit: conditions.append(.words(.culprit, reader.phrases(value, "culprit")))
            case .path: conditions.append(.words(.path, reader.phrases(value, "path")))
            case .messageRegex: conditions.append(.pattern(.message, reader.patterns(value, entry.key)))
            case .culpritRegex: conditions.append(.pattern(.culprit, reader.patterns(value, entry.key)))
            case .pathRegex: conditions.append(.pattern(.path, reader.patterns(value, entry.key)))
            case .tags:
                for (name, values) in reader.tags(value) {
                    conditions.append(.tag(name.lowercased(), values.map { $0.lowercased() }))
                }
            }
        }
        guard reader.mistakes.count == mistakes else { return nil }
        let rule = Rule(line: node.line, conditions)
        guard rule.best >= Matching.least else {
            reader.complain(
                node.line, "this rule says too little to tell one error from another",
                "Add a type, a path, or words of the message.")
            return nil
        }
        return rule
    }

    // MARK: Examples

    enum ExampleKey: String, CaseIterable { case project, environment, level, type, message, culprit, path, tags }

    private static func example(_ node: YAMLNode, _ reader: inout FieldReader) -> Runbook.Example? {
        guard case .mapping(let entries) = node.content, !entries.isEmpty else {
            reader.complain(node.line, "an example has no keys", "Write “- type: TypeError” and “message: …”.")
            return nil
        }
        var subject = Subject()
        for (key, entry) in reader.keyed(entries, by: ExampleKey.self, of: "example") {
            switch key {
            case .project: subject.project = reader.text(entry.value, "project")
            case .environment: subject.environment = reader.text(entry.value, "environment")
            case .level: subject.level = reader.choice(entry.value, "level")
            case .type: subject.types = reader.texts(entry.value, "type")
            case .message: subject.messages = reader.texts(entry.value, "message")
            case .culprit: subject.culprit = reader.text(entry.value, "culprit")
            case .path: subject.paths = reader.texts(entry.value, "path")
            case .tags:
                subject.tags = reader.tags(entry.value).flatMap { name, values in
                    values.map { Tag(key: name, value: $0) }
                }
            }
        }
        return Runbook.Example(line: node.line, subject: subject)
    }
}

extension Runbook.Link {
    /// Only what a browser opens as a page; nothing in it can end a line or a Markdown link.
    static func isAddress(_ text: String) -> Bool {
        let rest = ["https://", "http://"].lazy.compactMap { text.hasPrefix($0) ? text.dropFirst($0.count) : nil }.first
        guard let rest, let first = rest.first, first != "/" else { return false }
        return !text.unicodeScalars.contains {
            $0.properties.isWhitespace || $0.turnsOrHides || "()<>\"".unicodeScalars.contains($0)
        }
    }
}
