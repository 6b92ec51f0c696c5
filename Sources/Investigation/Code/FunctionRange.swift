extension SourceText {
    /// The lines of the function around a line, found by indentation: good enough for every language with a formatter.
    ///
    /// At most `longest` lines, those nearest to the line.
    func function(around line: Int, longest: Int = 200) -> ClosedRange<Int>? {
        guard line >= 1, line <= count else { return nil }
        let near = max(1, line - longest / 2)...min(count, line + longest / 2)
        guard let first = header(above: line) else { return near }
        let range = first...max(line, end(of: first, after: line))
        return range.count > longest ? range.clamped(to: near) : range
    }

    /// Upwards through every block that the line is in, until one begins that is no `if` or `for`.
    func header(above line: Int) -> Int? {
        var start = line
        while start > 1, isBlank(start) { start -= 1 }
        var depth = indentation(start)
        if Self.definitions.contains(where: { words(start).contains($0) }) { return start }
        while start > max(1, line - Self.farthest) {
            start -= 1
            let text = self.line(start)[...].trimmed
            guard !text.isEmpty, !text.hasPrefix("#"), indentation(start) < depth else { continue }
            if Self.isLabel(text) { continue }
            depth = indentation(start)
            if text == "{" {
                guard depth == 0 else { continue }
                while start > 1, !isBlank(start - 1), indentation(start) > 0 || self.line(start)[...].trimmed == "{" {
                    start -= 1
                }
                return start
            }
            if depth == 0 || !Self.opensBlock(text) && (text.contains("(") || text.hasSuffix("{")) { return start }
            if Self.definitions.contains(where: { words(start).contains($0) }) { return start }
        }
        return nil
    }

    /// The last line that is indented deeper than the header, and the brace or `end` after it.
    private func end(of first: Int, after line: Int) -> Int {
        let depth = indentation(first)
        var number = max(line, first) + 1
        let last = min(count, line + Self.farthest)
        while number <= last {
            if !isBlank(number), indentation(number) <= depth, self.line(number)[...].trimmed != "{",
                !Self.isLabel(self.line(number)[...].trimmed)
            {
                let text = self.line(number)[...].trimmed
                return text.hasPrefix("}") || text.hasPrefix(")") || text.hasPrefix("end") ? number : number - 1
            }
            number += 1
        }
        return last
    }

    // A file without any function must not cost its whole length for each frame.
    private static let farthest = 1000

    private func isBlank(_ number: Int) -> Bool { line(number).allSatisfy(\.isWhitespace) }

    private func indentation(_ number: Int) -> Int { line(number).utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count }

    private func words(_ number: Int) -> [Substring] { line(number).split { !$0.isLetter } }

    /// A label of C stands at the left edge inside of its function.
    private static func isLabel(_ text: Substring) -> Bool {
        text.hasSuffix(":") && !text.contains { $0 == " " || $0 == "(" }
    }

    private static let definitions: Set<Substring> = ["def", "func", "function", "fn"]

    private static func opensBlock(_ text: Substring) -> Bool {
        guard let first = text.first else { return false }
        if "@})/*#".contains(first) { return true }
        return blocks.contains(text.prefix { $0.isLetter })
    }

    private static let blocks: Set<Substring> = [
        "if", "for", "while", "switch", "else", "elif", "try", "catch", "except", "with", "do", "case", "begin",
        "rescue",
        "ensure", "unless", "until", "when", "loop", "return", "finally", "select", "guard",
    ]
}
