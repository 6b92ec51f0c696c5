extension Routes {
    /// What is wrong with a rule, in words that follow its name.
    package struct Mistake: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String
    }

    /// Reads rules, separated by `;`. Throws the first mistake.
    package init(text: String, home: Destination) throws(Mistake) {
        var rules: [Rule] = []
        for part in text.split(separator: ";") {
            let words = part.split(whereSeparator: \.isWhitespace)
            guard !words.isEmpty else { continue }
            rules.append(try Rule(words))
        }
        self.init(home: home, rules: rules)
    }
}

extension Routes.Rule {
    fileprivate init(_ words: [Substring]) throws(Routes.Mistake) {
        var conditions: [Routes.Condition] = []
        var target: Routes.Target?
        var isSilent = false
        let rule = words.joined(separator: " ")
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word.lowercased() {
            case "to":
                guard target == nil else { throw wrong("“\(rule)” has two destinations") }
                guard let name = rest.popFirst() else { throw wrong("“\(rule)” does not say where to") }
                target = try Routes.Target(name)
            case "silent": isSilent = true
            default:
                guard target == nil else { throw wrong("“\(word)” stands after the destination") }
                conditions.append(try Routes.Condition(word))
            }
        }
        guard target != nil || isSilent else { throw wrong("“\(rule)” needs a destination or “silent”") }
        self.init(conditions: conditions, target: target, isSilent: isSilent)
    }
}

extension Routes.Target {
    fileprivate init(_ word: Substring) throws(Routes.Mistake) {
        switch word.lowercased() {
        case "home": self = .home
        case "nowhere": self = .nowhere
        default:
            guard let destination = Destination(text: word) else {
                throw wrong("“\(word)” is neither a chat id, “home” nor “nowhere”")
            }
            self = .chat(destination)
        }
    }
}

extension Routes.Condition {
    fileprivate init(_ word: Substring) throws(Routes.Mistake) {
        guard let split = word.firstIndex(where: { "=<>!".contains($0) }) else {
            throw wrong("“\(word)” is not a condition such as project=shop-web")
        }
        let name = word[..<split].lowercased()
        let sign = word[split...].prefix { "=<>!".contains($0) }
        let value = word[split...].dropFirst(sign.count)
        guard !value.isEmpty else { throw wrong("“\(word)” has no value") }
        switch (name, sign) {
        case ("project", "="), ("project", "!="): self = .project(Self.names(value, sign))
        case ("environment", "="), ("environment", "!="): self = .environment(Self.names(value, sign))
        case ("level", _): self = .levels(try Self.levels(value, sign, word))
        case ("hours", "="): self = try Self.hours(value, word)
        case ("project", _), ("environment", _), ("hours", _):
            throw wrong("“\(word)” compares by “\(sign)”; \(name) takes =\(name == "hours" ? "" : " or !=")")
        default: throw wrong("“\(name)” is not known; there are project, level, environment and hours")
        }
    }

    private static func names(_ value: Substring, _ sign: Substring) -> Routes.Names {
        Routes.Names(
            names: value.lowercased().split(separator: ",").map(String.init), isExcluding: sign == "!=")
    }

    private static func levels(_ value: Substring, _ sign: Substring, _ word: Substring) throws(Routes.Mistake)
        -> Set<Issue.Level>
    {
        var named: Set<Issue.Level> = []
        for name in value.lowercased().split(separator: ",") {
            guard let level = Issue.Level(rawValue: String(name)) else {
                throw wrong("“\(name)” is not a level; there are debug, info, warning, error and fatal")
            }
            named.insert(level)
        }
        if sign == "=" { return named }
        guard named.count == 1, let level = named.first else {
            throw wrong("“\(word)” compares with more than one level")
        }
        let all = Issue.Level.allCases
        switch sign {
        case "<": return Set(all.filter { $0 < level })
        case "<=": return Set(all.filter { $0 <= level })
        case ">": return Set(all.filter { $0 > level })
        case ">=": return Set(all.filter { $0 >= level })
        case "!=": return Set(all.filter { $0 != level })
        default: throw wrong("“\(word)” compares by “\(sign)”; level takes =, !=, <, <=, > and >=")
        }
    }

    private static func hours(_ value: Substring, _ word: Substring) throws(Routes.Mistake) -> Self {
        let times = value.split(separator: "-").map { TimeOfDay(text: $0) }
        guard times.count == 2, let from = times[0], let to = times[1], from != to else {
            throw wrong("“\(word)” is not of the form hours=22:00-07:00")
        }
        return .hours(from, to)
    }
}

private func wrong(_ words: String) -> Routes.Mistake { Routes.Mistake(description: words) }
