extension SourceText {
    /// The lines of the function around a line, found by indentation: good enough for every language with a formatter.
    ///
    /// - Parameter name: of the function, as far as it is known: it tells its head from a call over several lines.
    /// - Parameter longest: of a longer one only the lines nearest to the line.
    func function(around line: Int, named name: String? = nil, longest: Int = 200) -> ClosedRange<Int>? {
        guard line >= 1, line <= count else { return nil }
        let near = max(1, line - longest / 2)...min(count, line + longest / 2)
        guard let first = header(above: line, named: name) else { return near }
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

    /// The last line that is indented deeper than the header, and the brace or `end` after it.
    private func end(of first: Int, after line: Int) -> Int {
        let depth = indentation(first)
        var number = max(line, first) + 1
        let last = min(count, line + Self.farthest)
        while number <= last {
            let text = self.line(number)[...].trimmed
            if !text.isEmpty, !isAside(text), indentation(number) <= depth, text != "{", !isLabel(text) {
                return text.hasPrefix("}") || text.hasPrefix(")") || text.hasPrefix("end") ? number : number - 1
            }
            number += 1
        }
        return last
    }
}
