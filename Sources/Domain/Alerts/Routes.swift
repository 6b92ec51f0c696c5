import FoundationEssentials

/// Who is told of what: rules in order, the first that matches wins.
///
///     environment=staging,dev to -1001234:17 silent; level<warning to nowhere; hours=22:00-07:00 level<fatal silent
///
/// A rule has conditions, all of which must hold, then where to, then `silent` for no sound. One without `to` only takes the
/// sound away, and the search goes on. What no rule takes goes to the team chat.
package struct Routes: Sendable, Hashable {
    package let rules: [Rule]
    package let home: Destination

    package init(home: Destination, rules: [Rule] = []) {
        self.home = home
        self.rules = rules
    }

    package struct Rule: Sendable, Hashable {
        let conditions: [Condition]
        /// Nil: only the sound is taken away.
        let target: Target?
        let isSilent: Bool
    }

    enum Target: Sendable, Hashable {
        case home
        case nowhere
        case chat(Destination)
    }

    enum Condition: Sendable, Hashable {
        case project(Names)
        case environment(Names)
        case levels(Set<Issue.Level>)
        /// Over midnight when the first is the later one.
        case hours(TimeOfDay, TimeOfDay)
    }

    /// Names, of which one may end with `*`; or all but those.
    struct Names: Sendable, Hashable {
        let names: [String]
        let isExcluding: Bool

        /// What we do not know, we do not exclude.
        func holds(for values: [String]) -> Bool {
            let isNamed = values.contains { value in names.contains { Self.matches(value.lowercased(), $0) } }
            return isExcluding ? !values.isEmpty && !isNamed : isNamed
        }

        private static func matches(_ value: String, _ name: String) -> Bool {
            name.hasSuffix("*") ? value.hasPrefix(name.dropLast()) : value == name
        }
    }

    /// Nil when nobody wants to know.
    package func place(for issue: Issue, environment: String?, at time: TimeOfDay) -> Place? {
        var isSilent = false
        for rule in rules where rule.conditions.allSatisfy({ $0.holds(for: issue, environment, time) }) {
            isSilent = isSilent || rule.isSilent
            switch rule.target {
            case nil: continue
            case .nowhere: return nil
            case .home: return Place(home, isSilent: isSilent)
            case .chat(let destination): return Place(destination, isSilent: isSilent)
            }
        }
        return Place(home, isSilent: isSilent)
    }

    /// Whether the environment must be known before a message can be sent.
    package var needsEnvironment: Bool {
        rules.contains { rule in
            rule.conditions.contains { if case .environment = $0 { true } else { false } }
        }
    }

    /// Every chat that may be written to, the team's first.
    package var chats: [Int64] {
        let others = rules.compactMap { rule -> Int64? in
            guard case .chat(let destination) = rule.target else { return nil }
            return destination.chat
        }
        return [home.chat] + Set(others).subtracting([home.chat]).sorted()
    }
}

extension Routes.Condition {
    func holds(for issue: Issue, _ environment: String?, _ time: TimeOfDay) -> Bool {
        switch self {
        case .project(let names): return names.holds(for: [issue.project.slug, issue.project.name])
        case .environment(let names): return names.holds(for: [environment].compactMap { $0 })
        case .levels(let levels): return levels.contains(issue.level)
        case .hours(let from, let to):
            return from <= to ? (from..<to).contains(time) : !(to..<from).contains(time)
        }
    }
}
