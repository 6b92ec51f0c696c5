extension SourceText {
    /// The lines of the function around a line, found by indentation: good enough for every language with a formatter.
    ///
    /// - Parameter name: of the function, as far as it is known: it tells its head from a call over several lines.
    /// - Parameter longest: of a longer one only the lines nearest to the line.
    func function(around line: Int, named name: String? = nil, longest: Int = 200) -> ClosedRange<Int>? {
        guard line >= 1, line <= count else { return nil }
        let near = max(1, line - longest / 2)...min(count, line + longest / 2)
        guard let first = header(above: beforeClauses(line), named: name) else { return near }
        let range = first...max(line, end(of: first, after: line))
        return range.count > longest ? range.clamped(to: near) : range
    }

    /// Where the function with this name is when the line is in another one; the nearest of several.
    ///
    /// Nil where the line is in it, and where the file does not define it.
    func home(of name: String, awayFrom line: Int) -> ClosedRange<Int>? {
        let nearest = definitions(of: name).sorted { abs($0 - line) < abs($1 - line) }.prefix(Self.mostOfOneName)
        let functions = nearest.map { first in first...end(of: first, after: endOfHead(from: first)) }
        guard !functions.contains(where: { $0.contains(line) }) else { return nil }
        return functions.min { Self.distance($0, line) < Self.distance($1, line) }
    }

    private static let mostOfOneName = 10

    private static func distance(_ range: ClosedRange<Int>, _ line: Int) -> Int {
        max(range.lowerBound - line, line - range.upperBound)
    }

    /// A line of what a `rescue`, `ensure` or `else` of Ruby belongs to, when the line is in one; else the line.
    ///
    /// Those of a method stand as deep as its `def`: upwards to what is less deep, they would lead past it.
    func beforeClauses(_ line: Int) -> Int {
        var result = line
        var depth = Int.max
        for number in (max(1, line - Self.farthest)...line).reversed() where depth > 0 {
            let text = self.line(number)[...].trimmed
            guard !text.isEmpty, !isAside(text), indentation(number) < depth else { continue }
            if Self.beginsWithKeyword(text) { return result }
            depth = indentation(number)
            guard isClause(text) else { continue }
            depth += 1
            result = (1..<number).last { !isBlank($0) && !isAside(self.line($0)[...].trimmed) } ?? result
        }
        return result
    }

    /// The last line that is indented deeper than the header, and the brace or `end` after it.
    private func end(of first: Int, after line: Int) -> Int {
        let depth = indentation(first)
        var number = max(line, first) + 1
        let last = min(count, line + Self.farthest)
        while number <= last {
            let text = self.line(number)[...].trimmed
            if !text.isEmpty, !isAside(text), indentation(number) <= depth, text != "{", !isLabel(text),
                indentation(number) < depth || !isClause(text)
            {
                return text.hasPrefix("}") || text.hasPrefix(")") || text.hasPrefix("end") ? number : number - 1
            }
            number += 1
        }
        return last
    }

    /// A method of Ruby may have these without a `begin`; then they stand as deep as its head.
    private func isClause(_ text: Substring) -> Bool { Self.clauses.contains(text.prefix { !$0.isWhitespace }) }

    private static let clauses: Set<Substring> = ["rescue", "ensure", "else"]
}
