import Domain

/// Ruby: `cart.rb:31:in 'total': text (TypeError)` and `from` lines, newest call first unless it says otherwise.
///
/// Turned around, everything is: newest first, the causes come last and the message before its frames; oldest first,
/// the causes come first and the message behind its frames.
enum RubyTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var exceptions: [Exception] = []
        var draft = Draft(type: "", value: "")
        var isOldestFirst = false
        for line in lines {
            if line.after("Traceback (most recent call last)") != nil { isOldestFirst = true }
            guard let found = frame(line) else {
                if draft.frames.isEmpty, let words = rails(line) ?? line.text.classAndMessage {
                    (draft.type, draft.value) = words
                }
                continue
            }
            let words = found.words.map(Self.words)
            if !isOldestFirst, found.isCrash, !draft.frames.isEmpty {
                exceptions.append(draft.exception(newestFirst: true))
                draft = Draft(type: "", value: "")
            }
            draft.append(found.frame)
            if let words { (draft.type, draft.value) = words }
            if isOldestFirst, found.isCrash {
                exceptions.append(draft.exception(newestFirst: false))
                draft = Draft(type: "", value: "")
            }
        }
        if !draft.frames.isEmpty { exceptions.append(draft.exception(newestFirst: !isOldestFirst)) }
        return isOldestFirst ? exceptions : exceptions.reversed()
    }

    private struct Found {
        let frame: Frame
        /// What the line says after its place.
        let words: Substring?
        /// Whether an exception was raised there: it has its message, and no `from`.
        let isCrash: Bool
    }

    private static func frame(_ line: TraceLine) -> Found? {
        let numbered = line.text.cut(at: ": from ").flatMap { number, rest in number.lineNumber.map { _ in rest } }
        let caller = numbered ?? line.after("from ")
        let text = caller ?? line.text
        guard let (location, call) = text.cut(at: ":in `") ?? text.cut(at: ":in '"), let place = location.place,
            place.column == nil, !place.path.utf8.contains(0x22)
        else { return nil }
        guard let (name, rest) = call.cut(at: "'") else { return nil }
        let function = name.after("block in ") ?? name.after("rescue in ") ?? name.after("ensure in ") ?? name
        let words = rest.after(": ")
        return Found(
            frame: Frame(filename: place.path.string, function: function.string, line: place.line), words: words,
            isCrash: words != nil && caller == nil)
    }

    /// `NoMethodError (undefined method 'price' for nil):`, as the log of Rails has it.
    private static func rails(_ line: TraceLine) -> (String, String)? {
        guard let inside = line.text.before("):"), let (type, value) = inside.cut(at: " ("),
            let name = type.classAndMessage, name.value.isEmpty
        else { return nil }
        return (name.type, value.string)
    }

    /// `text (TypeError)`
    private static func words(_ text: Substring) -> (String, String) {
        guard let inside = text.before(")"), let (value, type) = inside.cut(atLast: "("),
            let name = type.classAndMessage, name.value.isEmpty
        else { return text.classAndMessage.map { ($0.type, $0.value) } ?? ("", text.string) }
        return (name.type, value.trimmed.string)
    }
}
