import Domain

/// Swift: `Fatal error` with its place, and the backtrace of swift-backtrace.
enum SwiftTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var draft = Draft(type: "Fatal error", value: "")
        var origin: Frame?
        var isDone = false
        for line in lines where !isDone {
            if let found = failure(line) {
                (origin, draft.value) = found
            } else if let frame = frame(line) {
                draft.append(frame)
            } else if line.after("Thread ") != nil, !draft.frames.isEmpty {
                isDone = true
            }
        }
        if draft.frames.isEmpty, let origin { draft.append(origin) }
        return draft.frames.isEmpty ? [] : [draft.exception(newestFirst: true)]
    }

    /// `Shop/Cart.swift:31: Fatal error: text` or `Fatal error: text: file Shop/Cart.swift, line 31`
    private static func failure(_ line: TraceLine) -> (Frame, String)? {
        guard let (head, tail) = line.text.cut(at: "Fatal error: ") else { return nil }
        if let place = head.before(": ")?.place ?? head.before(":")?.place, place.path.before(".swift") != nil {
            return (Frame(filename: place.path.string, line: place.line), tail.string)
        }
        guard let (value, place) = tail.cut(at: ": file "), let (path, number) = place.cut(at: ", line "),
            path.before(".swift") != nil
        else { return nil }
        return (Frame(filename: path.string, line: number.lineNumber), value.string)
    }

    /// `2 [ra] 0x0000aaaa Cart.total(for:) + 28 in shop at /srv/app/Sources/Cart.swift:31:9`
    private static func frame(_ line: TraceLine) -> Frame? {
        guard let first = line.text.utf8.first, first >= 0x30, first <= 0x39,
            let (head, location) = line.text.cut(at: ".swift:").flatMap({ _ in cutPlace(line.text) }),
            let place = location.place
        else { return nil }
        var call = head.cut(at: " in ")?.0 ?? head
        if let (_, name) = call.cut(at: " 0x"), let (_, function) = name.cut(at: " ") { call = function }
        if let (name, _) = call.cut(at: " + ") { call = name }
        return Frame(filename: place.path.string, function: call.trimmed.string, line: place.line, column: place.column)
    }

    private static func cutPlace(_ text: Substring) -> (Substring, Substring)? {
        var rest = text
        var end: Substring.Index?
        while let (head, tail) = rest.cut(at: " at ") {
            end = head.endIndex
            rest = tail
        }
        return end.map { (text[..<$0], rest) }
    }
}
