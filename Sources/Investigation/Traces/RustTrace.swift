import Domain

/// Rust: the line of the panic, and with RUST_BACKTRACE the numbered calls, each with its place below.
enum RustTrace {
    static func read(_ lines: [TraceLine]) -> [Exception] {
        var draft = Draft(type: "panic", value: "")
        var origin: Frame?
        var wantsMessage = false
        var function: String?
        for line in lines {
            if let (_, rest) = line.text.cut(at: "panicked at ") {
                (origin, draft.value) = panic(rest)
                wantsMessage = draft.value.isEmpty
            } else if wantsMessage, !line.isEmpty {
                draft.value = line.text.string
                wantsMessage = false
            } else if let name = numbered(line) {
                function = name
            } else if let place = line.after("at ")?.place, let name = function {
                if !isMachinery(name) {
                    draft.append(
                        Frame(filename: place.path.string, function: name, line: place.line, column: place.column))
                }
                function = nil
            }
        }
        guard let origin else { return draft.frames.isEmpty ? [] : [draft.exception(newestFirst: true)] }
        if draft.frames.isEmpty { draft.append(origin) }
        return [draft.exception(newestFirst: true)]
    }

    /// `src/cart.rs:31:9:` with the message below, or the older `'message', src/cart.rs:31:9`.
    private static func panic(_ text: Substring) -> (Frame?, String) {
        var value = ""
        var location = text.before(":") ?? text
        if let quoted = text.after("'"), let (message, place) = quoted.cut(at: "', ") {
            (value, location) = (message.string, place)
        }
        return (location.place.map { Frame(filename: $0.path.string, line: $0.line, column: $0.column) }, value)
    }

    /// `  12: shop::cart::Cart::total`
    private static func numbered(_ line: TraceLine) -> String? {
        guard let (number, name) = line.text.cut(at: ": "), number.lineNumber != nil else { return nil }
        let words = name.trimmed
        let plain = words.after("0x").flatMap { $0.cut(at: " - ")?.1 } ?? words
        return plain.string
    }

    private static func isMachinery(_ name: String) -> Bool {
        ["std::", "core::", "rust_begin_unwind", "__rust", "<core::", "<alloc::", "alloc::", "_start", "main"]
            .contains { $0 == "main" || $0 == "_start" ? name == $0 : name.hasPrefix($0) }
    }
}
