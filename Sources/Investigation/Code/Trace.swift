import Domain

/// The exceptions to follow: the event's own, or those that its text holds when it came without frames.
struct Trace: Sendable {
    let exceptions: [Exception]
    let notes: [String]

    init(_ event: Event) {
        guard event.exceptions.allSatisfy(\.frames.isEmpty) else {
            exceptions = event.exceptions
            notes = []
            return
        }
        let texts =
            [event.message] + event.exceptions.map(\.value) + event.extra.sorted { $0.key < $1.key }.map(\.value)
        let found = texts.lazy.map { TraceParser.exceptions(in: Self.unescaped($0)) }.first { !$0.isEmpty }
        exceptions = found ?? event.exceptions
        notes = found == nil ? ["The event has no stack trace."] : ["The stack trace was read from the event's text."]
    }

    /// Extra values are JSON: a trace in one has `\n` for its line ends.
    private static func unescaped(_ text: String) -> String {
        guard text.utf8.first == 0x22, !text.utf8.contains(0x0A) else { return text }
        var plain = ""
        var isEscaped = false
        for character in text.unicodeScalars.prefix(200_000) {
            if isEscaped {
                plain.unicodeScalars.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                plain.unicodeScalars.append(character)
            }
        }
        return plain
    }
}
