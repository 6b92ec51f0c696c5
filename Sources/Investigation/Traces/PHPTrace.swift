import Domain

/// PHP: the place of the error, then `#0 file(line): function()`, newest first. A numbered line names the function that
/// its place calls, so each name belongs to the place before. What came of an exception follows it, after `Next`.
enum PHPTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var exceptions: [Exception] = []
        var draft = Stack()
        for line in lines {
            if let (path, number, call) = numbered(line) {
                draft.append(path, number, call)
            } else if let (head, tail) = line.text.cut(at: " in "), let place = origin(tail),
                draft.calls.isEmpty || line.after("Next ") != nil
            {
                exceptions += draft.exceptions
                let words = line.after("Next ").flatMap { $0.cut(at: " in ")?.0 } ?? head.cut(at: "Uncaught ")?.1
                draft = Stack(words: words ?? head.cut(at: "error: ")?.1.trimmed ?? head, place)
            }
        }
        return exceptions + draft.exceptions
    }

    private struct Stack {
        private var type = ""
        private var value = ""
        private var places: [(path: Substring, line: Int)] = []
        private(set) var calls: [String] = []

        init() {}

        init(words: Substring, _ place: (path: Substring, line: Int)) {
            (type, value) = words.classAndMessage.map { ($0.type, $0.value) } ?? ("", words.string)
            places = [place]
        }

        mutating func append(_ path: Substring, _ line: Int, _ call: String) {
            guard places.count < Draft.mostFrames else { return }
            if places.isEmpty { places.append(("", 0)) }
            places.append((path, line))
            calls.append(call)
        }

        /// One, or none.
        var exceptions: [Exception] {
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
