import Domain

/// Ruby: `cart.rb:31:in 'total': text (TypeError)` and `from` lines, newest call first unless it says otherwise.
enum RubyTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var draft = Draft(type: "", value: "")
        var isOldestFirst = false
        for line in lines {
            if line.after("Traceback (most recent call last)") != nil { isOldestFirst = true }
            guard let (frame, rest) = frame(line) else {
                if draft.frames.isEmpty, let words = rails(line) ?? line.text.classAndMessage {
                    (draft.type, draft.value) = words
                }
                continue
            }
            draft.append(frame)
            if let words = rest { (draft.type, draft.value) = Self.words(words) }
        }
        return draft.frames.isEmpty ? [] : [draft.exception(newestFirst: !isOldestFirst)]
    }

    /// The place, and what the first line says after it.
    private static func frame(_ line: TraceLine) -> (Frame, Substring?)? {
        var text = line.text
        if let (number, rest) = text.cut(at: ": from "), number.lineNumber != nil { text = rest }
        text = text.after("from ") ?? text
        guard let (location, call) = text.cut(at: ":in `") ?? text.cut(at: ":in '"), let place = location.place,
            place.column == nil, !place.path.utf8.contains(0x22)
        else { return nil }
        guard let (name, rest) = call.cut(at: "'") else { return nil }
        let function = name.after("block in ") ?? name.after("rescue in ") ?? name.after("ensure in ") ?? name
        return (
            Frame(filename: place.path.string, function: function.string, line: place.line), rest.after(": ")
        )
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
