import Domain

/// PHP: the place of the error, then `#0 file(line): function()`, newest first. A numbered line names the function that
/// its place calls, so each name belongs to the place before. What came of an exception follows it, after `Next`; in the
/// log of Laravel its cause follows it, after `[previous exception]`.
enum PHPTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var exceptions: [Exception] = []
        var draft = Stack()
        for line in lines {
            if let (path, number, call) = numbered(line) {
                draft.append(path, number, call)
            } else if let origin = origin(line), draft.calls.isEmpty || origin.kind != .first {
                exceptions = draft.joined(to: exceptions)
                draft = Stack(origin)
            }
        }
        return draft.joined(to: exceptions)
    }

    /// Where an exception was thrown, and what the line says of it.
    private struct Origin {
        enum Kind { case first, next, previous }

        let kind: Kind
        let type: String
        let value: String
        let path: Substring
        let line: Int
    }

    private struct Stack {
        private var type = ""
        private var value = ""
        private var isCause = false
        private var places: [(path: Substring, line: Int)] = []
        private(set) var calls: [String] = []

        init() {}

        init(_ origin: Origin) {
            (type, value, isCause) = (origin.type, origin.value, origin.kind == .previous)
            places = [(origin.path, origin.line)]
        }

        mutating func append(_ path: Substring, _ line: Int, _ call: String) {
            guard places.count < Draft.mostFrames else { return }
            if places.isEmpty { places.append(("", 0)) }
            places.append((path, line))
            calls.append(call)
        }

        /// Root cause first.
        func joined(to others: [Exception]) -> [Exception] { isCause ? exceptions + others : others + exceptions }

        /// One, or none.
        private var exceptions: [Exception] {
            guard !calls.isEmpty || (places.first?.path.before(".php") != nil) else { return [] }
            let frames = places.enumerated().compactMap { index, place in
                place.path.isEmpty
                    ? nil
                    : Frame(
                        filename: place.path.string, function: index < calls.count ? calls[index] : nil,
                        line: place.line)
            }
            return frames.isEmpty ? [] : [Exception(type: type, value: value, frames: frames.reversed())]
        }
    }

    /// `PHP Fatal error:  Uncaught TypeError: no price in /srv/app/Cart.php:31`
    private static func origin(_ line: TraceLine) -> Origin? {
        if let origin = logged(line) { return origin }
        // The last one: the message may say where a function was called.
        guard let (head, tail) = cut(line.text, atLast: " in "), let place = origin(tail) else { return nil }
        let next = head.after("Next ")
        let words = next ?? head.cut(at: "Uncaught ")?.1 ?? head.cut(at: "error: ")?.1.trimmed ?? head
        let (type, value) = words.classAndMessage ?? ("", words.string)
        return Origin(kind: next == nil ? .first : .next, type: type, value: value, path: place.path, line: place.line)
    }

    /// `{"exception":"[object] (ErrorException(code: 0): text at /srv/app/Cart.php:31)`, as Laravel's log has it.
    private static func logged(_ line: TraceLine) -> Origin? {
        guard let inside = line.text.before(")"), let (head, tail) = cut(inside, atLast: " at "),
            let place = origin(tail)
        else { return nil }
        let words = head.cut(at: "[object] (")?.1 ?? head
        var (type, value) = words.classAndMessage ?? ("", words.string)
        if let (name, rest) = words.cut(at: "(code: "), let (_, text) = rest.cut(at: "): "),
            let named = name.classAndMessage, named.value.isEmpty
        {
            (type, value) = (named.type, text.string)
        }
        // It stands inside of a text of JSON, without having been written as one.
        return Origin(
            kind: line.after("[previous exception] ") == nil ? .first : .previous, type: unescaped(type),
            value: unescaped(value), path: place.path, line: place.line)
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    }

    /// Both sides of the last occurrence.
    private static func cut(_ text: Substring, atLast mark: String) -> (Substring, Substring)? {
        guard var tail = text.cut(at: mark)?.1 else { return nil }
        while let (_, rest) = tail.cut(at: mark) { tail = rest }
        return (Substring(text.utf8[..<tail.startIndex].dropLast(mark.utf8.count)), tail)
    }

    /// `/srv/app/Cart.php:31` or `/srv/app/Cart.php on line 31`
    private static func origin(_ text: Substring) -> (path: Substring, line: Int)? {
        if let (path, number) = text.cut(at: " on line "), let line = number.lineNumber { return (path, line) }
        guard let place = text.place, place.column == nil, place.path.before(".php") != nil else { return nil }
        return (place.path, place.line)
    }

    /// `#0 /srv/app/index.php(12): Shop\Cart->total(1)`, and `#1 [internal function]: array_map(…)` without a place.
    private static func numbered(_ line: TraceLine) -> (Substring, Int, String)? {
        guard let rest = line.after("#"), let (number, text) = rest.cut(at: " "), number.lineNumber != nil else {
            return nil
        }
        if let call = text.after("[internal function]: ") { return ("", 0, name(call)) }
        guard let (location, call) = text.cut(at: "): "), let (path, digits) = location.cut(atLast: "("),
            let line = digits.lineNumber
        else { return nil }
        return (path, line, name(call))
    }

    private static func name(_ call: Substring) -> String {
        let name = call.cut(at: "(")?.0 ?? call
        return (name.cut(at: "->")?.1 ?? name.cut(at: "::")?.1 ?? name).string
    }
}
