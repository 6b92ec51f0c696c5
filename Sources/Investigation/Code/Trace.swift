import Domain

/// The exceptions to follow: the event's own, or those that its text holds when it came without frames.
struct Trace: Sendable {
    let exceptions: [Exception]
    let notes: [String]

    init(exceptions: [Exception], notes: [String]) {
        self.exceptions = exceptions
        self.notes = notes
    }

    init(_ event: Event) {
        guard event.exceptions.allSatisfy(\.frames.isEmpty) else {
            (exceptions, notes) = Self.folded(event.exceptions)
            return
        }
        let texts =
            [event.message] + event.exceptions.map(\.value) + event.extra.sorted { $0.key < $1.key }.map(\.value)
        let found = texts.lazy.map { TraceParser.exceptions(in: Self.unescaped($0)) }.first { !$0.isEmpty }
        let (folded, notes) = Self.folded(found ?? event.exceptions)
        exceptions = folded
        self.notes =
            (found == nil ? ["The event has no stack trace."] : ["The stack trace was read from the event's text."])
            + notes
    }

    private static func folded(_ exceptions: [Exception]) -> (exceptions: [Exception], notes: [String]) {
        var count = 0
        let folded = exceptions.map { exception in
            let (frames, taken) = Recursion.fold(exception.frames)
            count += taken
            return taken == 0 ? exception : Exception(type: exception.type, value: exception.value, frames: frames)
        }
        return (folded, count == 0 ? [] : ["A recursion: \(count) frames that repeat others are left out."])
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
