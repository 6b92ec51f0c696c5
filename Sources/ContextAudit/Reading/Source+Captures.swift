/// Telling calls that send an event from all that only looks like one.
extension Source {
    struct CaptureCall {
        let name: String
        /// Whether the first argument is the whole event, and not only the error.
        let isEvent: Bool
        /// Nil when the function is only named, to be called by somebody else: `.catch(Sentry.captureException)`.
        let arguments: Arguments?
    }

    func captureCall(_ index: Int, isPlain: Bool) -> CaptureCall? {
        let start = receiver(of: index)
        let receiver = start..<index
        guard !isDefinition(index, start), !isOfOthers(receiver), !isPlain || isPlainCapture(index, start) else {
            return nil
        }
        let name = self.name(index, start)
        if let arguments = arguments(of: index) {
            guard !isSignature(index, arguments) else { return nil }
            let isEvent = word(index).lowercased().hasSuffix("event")
            return CaptureCall(name: name, isEvent: isEvent, arguments: arguments)
        }
        return isReference(index, start) ? CaptureCall(name: name, isEvent: false, arguments: nil) : nil
    }

    /// `Sentry.captureEvent(…)`, `hub.captureEvent(…)`, `Raven.capture(…)`; but not `Sentry.feedback().capture(…)`.
    private func isPlainCapture(_ index: Int, _ start: Int) -> Bool {
        guard isOfSentry(start..<index) else { return false }
        return word(index) != "capture" || start == index - 2
    }

    /// Product analytics has a function of that name too.
    private func isOfOthers(_ receiver: Range<Int>) -> Bool {
        receiver.suffix(8).contains { text($0).prefix(64).containsIgnoringCase("posthog") }
    }

    /// `Sentry.captureException`: the last two parts of what is written.
    private func name(_ index: Int, _ start: Int) -> String {
        var left = index
        while left > start, self[left - 1]?.kind == .sign { left -= 1 }
        if left > start {
            let before = left - 1
            left = self[before]?.kind == .close ? start : before
            while left > start, isSign(left - 1, "\\") || isSign(left - 1, "::") { left -= 1 }
        }
        let text = bytes[(self[left]?.range.lowerBound ?? 0)..<(self[index]?.range.upperBound ?? 0)]
        let words = String(decoding: text.filter { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self)
        return words.count <= 60 ? words : word(index)
    }

    // MARK: Definitions

    private func isDefinition(_ index: Int, _ start: Int) -> Bool {
        // Ruby's `def` opens a block, and is no word here.
        let before = String(decoding: text(start - 1).prefix(10), as: UTF8.self)
        if ["function", "def", "func", "fun", "new", "class"].contains(before) { return true }
        // Go: `func (hub *Hub) CaptureException(`
        if language == .go, let close = self[start - 1], close.kind == .close, close.partner > 0,
            word(close.partner - 1) == "func"
        {
            return true
        }
        return false
    }

    /// What only declares the function: followed by its body or its type, or preceded by its type.
    private func isSignature(_ index: Int, _ arguments: Arguments) -> Bool {
        guard receiver(of: index) == index else { return false }
        switch language {
        case .java:
            guard let before = self[index - 1] else { return false }
            return before.kind == .word && !Self.beforeCalls.contains(word(index - 1)) || isSign(index - 1, ">")
                || isOpen(arguments.end, "{")
        case .javascript, .typescript:
            let isMember = isOpen(arguments.end, "{") || isSign(arguments.end, ":")
            return isMember && !isPartOfExpression(index)
        case .go: return isInsideInterface(index)
        case .python, .php, .ruby, .kotlin: return false
        }
    }

    private static let beforeCalls: Set<String> = ["return", "throw", "else", "do", "yield", "assert", "await"]

    private func isPartOfExpression(_ index: Int) -> Bool {
        guard let before = self[index - 1] else { return false }
        if before.kind == .sign { return !isSign(index - 1, ";") && !isSign(index - 1, ",") && !isSign(index - 1, "*") }
        return Self.beforeCalls.contains(word(index - 1)) || isOpen(index - 1, "(")
    }

    /// Go: `CaptureException(err error)` with a type behind the name.
    private func isInsideInterface(_ index: Int) -> Bool {
        isOpen(index + 1, "(") && self[index + 2]?.kind == .word
            && (self[index + 3]?.kind == .word || isSign(index + 3, "*") && self[index]?.isFirst == true)
    }

    // MARK: References

    private func isReference(_ index: Int, _ start: Int) -> Bool {
        guard start < index, isOfSentry(start..<index) else { return false }
        if language.family == .java { return isSign(index - 1, "::") }
        guard language != .ruby, language != .php else { return false }
        let isArgument =
            (isOpen(start - 1, "(") || isSign(start - 1, ","))
            && (self[index + 1]?.kind == .close || isSign(index + 1, ","))
        return isArgument && !Self.asking.contains(word(start - 2))
    }

    /// Tests ask about the function, and it is not called for that.
    private static let asking: Set<String> = [
        "expect", "spyOn", "mocked", "mock", "patch", "stub", "typeof", "hasattr",
    ]
}
