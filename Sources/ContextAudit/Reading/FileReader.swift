/// Finds the calls of one file, and what context each has: given, set before it, or around it.
///
/// One pass from the first token to the last, with a stack of the blocks that are open. A block knows what was set in it
/// and, when it began, around it; so a call asks only the innermost one.
struct FileReader {
    let source: Source
    private let imported: Set<String>
    private(set) var captures: [FoundCapture] = []
    private(set) var setups: [FoundSetup] = []

    private var frames = [Frame(context: [], isOwnScope: false)]
    private var brackets: [Bracket] = []
    /// Objects that names stand for: where each was assigned last.
    private var variables: [String: Int] = [:]
    /// What scopes are called in this file.
    private var parameters: Set<String> = []
    /// In so many callbacks of `configureScope`: what is set there stays.
    private var configuring = 0
    /// How many tokens may still be looked at more than once: calls within calls within calls must not take for ever.
    private var patience: Int

    private struct Frame {
        var context: Context
        /// Whether what is set inside is forgotten at its end.
        let isOwnScope: Bool
    }

    private struct Bracket {
        let token: Int
        let hasFrame: Bool
        let configures: Bool
    }

    init(_ source: Source) {
        self.source = source
        imported = source.namesFromSentry
        patience = 20_000 + 20 * source.tokens.count
    }

    mutating func read() {
        for index in source.tokens.indices {
            leave(before: index)
            switch source.tokens[index].kind {
            case .open: enter(index)
            case .word: read(index)
            case .close, .text, .sign: break
            }
        }
    }

    // MARK: Blocks

    private mutating func enter(_ index: Int) {
        let callee = source.callee(ofBracket: index)
        let meaning = callee.flatMap { Word(source.word($0)) }
        var hasFrame = source.isBlock(index) && configuring == 0 && !source.isControl(index)
        var configures = false
        var isOwnScope = frames.last?.isOwnScope ?? false
        var context = frames.last?.context ?? []
        switch meaning {
        case .ownScope:
            hasFrame = true
            isOwnScope = true
            context.insert(.scope)
            learnParameter(behind: index)
        case .capture:
            // What stands behind it is the error: taken for a scope's name, any use of it would count as a scope passed on.
            hasFrame = true
            isOwnScope = true
        case .configure:
            configures = true
            learnParameter(behind: index)
        case .set, .update, .initialise, nil: break
        }
        if hasFrame { frames.append(Frame(context: context, isOwnScope: isOwnScope)) }
        if configures { configuring += 1 }
        brackets.append(Bracket(token: index, hasFrame: hasFrame, configures: configures))
    }

    private mutating func leave(before index: Int) {
        while let last = brackets.last, source.tokens[last.token].partner <= index {
            brackets.removeLast()
            if last.hasFrame { frames.removeLast() }
            if last.configures { configuring -= 1 }
        }
    }

    private mutating func learnParameter(behind open: Int) {
        if source.language == .python {
            if source.tokens[open].bracket == Token.block, let name = source.nameOfScope(before: open) {
                parameters.insert(name)
            }
            return
        }
        let range = (open + 1)..<max(open + 1, min(source.partner(open), open + 40))
        if let name = source.parameter(of: range) { parameters.insert(name) }
    }

    // MARK: Words

    private mutating func read(_ index: Int) {
        remember(index)
        passOn(index)
        switch Word(source.word(index)) {
        case .capture(let isPlain): capture(index, isPlain: isPlain)
        case .initialise: initialise(index)
        case .ownScope:
            // `hub.pushScope();` alone: what follows is set on the new one.
            if source.isStatement(index) { frames[frames.count - 1].context.insert(.scope) }
        case .set, .update, .configure, nil: set(index)
        }
    }

    private mutating func remember(_ index: Int) {
        guard source.isSign(index + 1, "=") || source.isSign(index + 1, ":=") else { return }
        let value = source.isOpen(index + 3, "(") ? index + 3 : index + 2
        let name = source.word(index)
        // `dict(tags=…)`, `array('tags' => …)`, or an object right away.
        let isLiteral = source.isOpen(index + 2, "{") || source.isOpen(index + 2, "[")
        let isMade = ["dict", "array"].contains(source.word(index + 2)) && source.isOpen(value, "(")
        variables[name] = isLiteral ? index + 2 : isMade ? value : nil
    }

    /// Within a scope of its own, the scope is given to a function: nobody knows what that sets.
    private mutating func passOn(_ index: Int) {
        guard frames[frames.count - 1].isOwnScope, !parameters.isEmpty,
            let name = parameters.first(where: {
                source.isPassedOn(index, $0)
            }), !source.isParameterList(index, name)
        else { return }
        frames[frames.count - 1].context.insert(.unclear)
    }

    private mutating func set(_ index: Int) {
        let context = source.set(at: index, parameters: parameters, imported: imported)
        guard !context.isEmpty else { return }
        frames[frames.count - 1].context.formUnion(context)
        // Set for good, not for one event: later ones have it too, wherever they come from.
        if context.contains(.user), !frames[frames.count - 1].isOwnScope || configuring > 0 { setUp(.user, index) }
    }

    private mutating func initialise(_ index: Int) {
        let start = source.receiver(of: index)
        guard start < index ? source.isOfSentry(start..<index) : imported.contains(source.word(index)),
            let range = source.rangeOfCall(index), mayRead(range)
        else { return }
        // Options in a variable: made somewhere in this file, most likely.
        let isVariable = range.count <= 2
        if let key = isVariable ? releaseAnywhere() : source.release(in: range) { setUp(.release, key) }
        if let key = source.personalData(in: range) { setUp(.user, key) }
    }

    private mutating func releaseAnywhere() -> Int? {
        guard mayRead(source.tokens.indices) else { return nil }
        return source.release(in: source.tokens.indices)
    }

    private mutating func setUp(_ need: Need, _ index: Int) {
        setups.append(FoundSetup(need: need, line: source.tokens[index].line))
    }

    private func given(_ arguments: Source.Arguments, _ isEvent: Bool) -> Context {
        var context: Context = []
        for (number, argument) in arguments.list.enumerated() {
            let given = source.context(ofArgument: argument, isError: number == 0 && !isEvent, variables: variables)
            // What is passed belongs to this event alone.
            if !given.isEmpty { context.formUnion(given.union(.scope)) }
        }
        return arguments.block.map { context.union(source.context(ofCallback: $0)) } ?? context
    }

    private mutating func mayRead(_ range: Range<Int>) -> Bool {
        patience -= range.count
        return patience >= 0
    }

    private mutating func capture(_ index: Int, isPlain: Bool) {
        guard let call = source.captureCall(index, isPlain: isPlain) else { return }
        var context = frames[frames.count - 1].context
        if let arguments = call.arguments {
            context.formUnion(mayRead(source.rangeOfCall(index) ?? 0..<0) ? given(arguments, call.isEvent) : .unclear)
        }
        captures.append(
            FoundCapture(name: call.name, line: source.tokens[index].line, context: context))
    }
}

/// A call that sends an event, in one file.
struct FoundCapture: Sendable {
    /// As it is written, without what stands far before: `Sentry.captureException`.
    let name: String
    let line: Int
    let context: Context
}

/// Something set once that all events have.
struct FoundSetup: Sendable {
    let need: Need
    let line: Int
}
