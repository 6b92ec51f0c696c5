/// Reading what a call is given.
extension Source {
    /// More than anybody writes into one call.
    static let mostTokens = 3000

    /// What the keys of an object, a hash or an array say: `{ tags: {…}, extra }`, `['extra' => …]`, `dict(tags=…)`.
    func keys(in open: Int) -> Context {
        var context: Context = []
        let end = min(partner(open), open + Self.mostTokens)
        var index = open + 1
        while index < end {
            if isSign(index, "...") || isSign(index, "**") { context.insert(.unclear) }
            if isKey(index) {
                let key = self.key(index)
                context.formUnion(Context(key: key))
                if let value = value(behind: index), Self.wrappers.contains(key), self[value]?.kind == .open {
                    context.formUnion(keys(in: value))
                }
            }
            index = tokens[index].kind == .open ? partner(index) + 1 : index + 1
        }
        return context
    }

    /// Keys whose value holds the keys that count.
    private static let wrappers: Set<String> = ["captureContext", "capture_context", "scope", "hint", "data"]

    private func isKey(_ index: Int) -> Bool {
        guard tokens[index].kind == .word || tokens[index].kind == .text else { return false }
        if value(behind: index) != nil { return true }
        // `{ tags, extra }`
        let isShorthand = language.family == .javascript && tokens[index].kind == .word
        return isShorthand && (isOpen(index - 1, "{") || isSign(index - 1, ","))
            && (isSign(index + 1, ",") || isClose(index + 1))
    }

    /// Where the value begins, when the token is a key.
    private func value(behind index: Int) -> Int? {
        let hasColon = language != .php && language != .java && isSign(index + 1, ":")
        let hasArrow = (language == .php || language == .ruby) && isSign(index + 1, "=>")
        let hasEquals = (language == .python || language == .kotlin) && isSign(index + 1, "=")
        return hasColon || hasArrow || hasEquals ? index + 2 : nil
    }

    private func isClose(_ index: Int) -> Bool { self[index]?.kind == .close }

    /// What one argument gives. `variables` are the objects that names stand for.
    func context(ofArgument range: Range<Int>, isError: Bool, variables: [String: Int]) -> Context {
        let first = range.lowerBound
        if isKey(first), language == .python || language == .ruby || language == .kotlin {
            let key = self.key(first)
            let isWrapper = Self.wrappers.contains(key)
            // Ruby: `extra:` alone stands for a variable of that name.
            guard isWrapper, first + 2 < range.upperBound else { return Context(key: key) }
            return context(ofArgument: (first + 2)..<range.upperBound, isError: false, variables: variables)
        }
        if isSign(first, "**") || isSign(first, "...") {
            return variables[word(first + 1)].map { keys(in: $0) } ?? .unclear
        }
        guard !isError, let token = self[first] else { return [] }
        if let callback = callback(in: range) { return context(ofCallback: callback) }
        if token.kind == .open { return keys(in: first) }
        if range.count == 1 { return context(ofSingle: first, variables) }
        if isLevel(range) { return [] }
        if let option = option(at: range) { return option }
        // `EventHint::fromArray([…])`, `dict(…)`
        if let bracket = range.prefix(8).first(where: { self[$0]?.kind == .open }) {
            let inner = isOpen(bracket + 1, "[") || isOpen(bracket + 1, "{") ? bracket + 1 : bracket
            let given = keys(in: inner)
            if !given.isEmpty { return given }
        }
        return .unclear
    }

    private func context(ofSingle index: Int, _ variables: [String: Int]) -> Context {
        guard tokens[index].kind == .word else { return [] }
        let name = word(index)
        if Self.nothing.contains(name) || name.utf8.first?.isDigit ?? false || isLevel(index..<(index + 1)) {
            return []
        }
        return variables[name].map { keys(in: $0) } ?? .unclear
    }

    private static let nothing: Set<String> = ["null", "undefined", "nil", "None", "true", "false", "True", "False"]

    /// How bad it is says nothing of what it was.
    private func isLevel(_ range: Range<Int>) -> Bool {
        // `isUrgent ? "fatal" : "error"`
        if let last = range.last, tokens[last].kind == .text, Self.levels.contains(key(last)) { return true }
        return range.prefix(12).contains { tokens[$0].kind == .word }
            && range.prefix(12).allSatisfy { tokens[$0].kind != .text || range.count == 1 }
            && range.prefix(12).contains { index in
                ["level", "severity"].contains { text(index).prefix(40).containsIgnoringCase($0) }
            }
    }

    private static let levels: Set<String> = ["fatal", "critical", "error", "warning", "info", "debug", "log"]

    /// Go: options as functions, as wrappers of the SDK have them: `WithTag("feature", name)`.
    private func option(at range: Range<Int>) -> Context? {
        guard language == .go,
            let name = range.prefix(8).first(where: { tokens[$0].kind == .word && isOpen($0 + 1, "(") }).map(word),
            name.hasPrefix("With")
        else { return nil }
        let subject = name.dropFirst(4).lowercased()
        return Context(key: subject)
    }

    // MARK: Callbacks

    /// The inside of a function that is given the scope: `scope => {…}`, `function (Scope $scope) {…}`.
    private func callback(in range: Range<Int>) -> Range<Int>? {
        if isOpen(range.lowerBound, "{") { return language == .kotlin ? range : nil }
        var index = range.lowerBound
        while index < min(range.lowerBound + 12, range.upperBound) {
            if isSign(index, "=>") && language != .php || isSign(index, "->") && language.family == .java
                || ["function", "fn", "func", "lambda"].contains(word(index))
            {
                return range
            }
            index = tokens[index].kind == .open ? partner(index) + 1 : index + 1
        }
        return nil
    }

    /// What is set inside; unclear when the scope is passed on to somebody else.
    func context(ofCallback range: Range<Int>) -> Context {
        var context: Context = .scope
        let parameter = self.parameter(of: range)
        for index in range.prefix(Self.mostTokens) where tokens[index].kind == .word {
            let set = self.set(at: index, parameters: parameter.map { [$0] } ?? [])
            context.formUnion(set)
            if let parameter, isPassedOn(index, parameter), !isParameter(index, of: range) { context.insert(.unclear) }
        }
        return context
    }

    /// The name by which a callback knows its scope; `it` where Kotlin names none.
    func parameter(of range: Range<Int>) -> String? {
        let head = range.prefix(16)
        let words = head.filter { tokens[$0].kind == .word && !Self.notNames.contains(word($0)) }
        switch language {
        case .php:
            // What follows `use` comes from outside.
            guard let list = head.first(where: { isOpen($0, "(") }) else { return nil }
            return words.first { $0 > list && $0 < partner(list) && word($0).hasPrefix("$") }.map(word)
        case .java, .kotlin:
            let arrow = head.first { isSign($0, "->") }
            guard let arrow else { return language == .kotlin ? "it" : nil }
            return words.last { $0 < arrow && !isSign($0 - 1, ":") }.map(word)
        case .javascript, .typescript, .go, .python, .ruby: return words.first.map(word)
        }
    }

    private static let notNames: Set<String> = ["function", "async", "func", "static", "fn", "lambda"]

    private func isParameter(_ index: Int, of range: Range<Int>) -> Bool {
        index < range.lowerBound + 8 && isFirstUse(index, range)
    }

    private func isFirstUse(_ index: Int, _ range: Range<Int>) -> Bool {
        !(range.lowerBound..<index).contains { text($0).elementsEqual(text(index)) }
    }

    /// Whether the scope is handed to a function there, as a whole.
    func isPassedOn(_ index: Int, _ parameter: String) -> Bool {
        word(index) == parameter && (isOpen(index - 1, "(") || isSign(index - 1, ","))
            && (isSign(index + 1, ",") || isClose(index + 1))
    }

    /// What is set there, on a scope: `scope.setTag(…)`, `Sentry.set_user(…)`, Kotlin's `scope.user = …`.
    func set(at index: Int, parameters: Set<String>, imported: Set<String> = []) -> Context {
        let name = word(index)
        let meaning = Word(name)
        guard meaning != nil || isSign(index + 1, "=") else { return [] }
        let start = receiver(of: index)
        let isOnScope =
            start == index
            ? imported.contains(name) : isOfSentry(start..<index) || parameters.contains(word(start))
        guard isOnScope else { return [] }
        switch meaning {
        case .set(let context): return arguments(of: index) == nil ? [] : context
        case .update:
            guard let arguments = arguments(of: index) else { return [] }
            return arguments.list.reduce(into: []) {
                $0.formUnion(self.context(ofArgument: $1, isError: false, variables: [:]))
            }
        case .capture, .ownScope, .configure, .initialise: return []
        case nil: return isSign(index + 1, "=") && start < index ? Context(key: name) : []
        }
    }
}
