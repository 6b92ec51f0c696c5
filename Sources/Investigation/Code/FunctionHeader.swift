/// Where the function begins that a line is in.
extension SourceText {
    // A file without any function must not cost its whole length for each frame.
    static let farthest = 1000

    /// Upwards through everything that the line is in.
    ///
    /// The function with the name; else the nearest that a keyword says is one, what stands at the left edge and has
    /// parameters, or the nearest line that looks like a head.
    func header(above line: Int, named name: String? = nil) -> Int? {
        var start = line
        while start > 1, isBlank(start) { start -= 1 }
        if Self.beginsWithKeyword(self.line(start)[...].trimmed) { return start }
        var depth = indentation(start)
        var byKeyword: Int?
        var byShape: Int?
        // How many brackets were opened and not closed since the last line that the line is in: then it is the rest of a call.
        var open = 0
        while start > max(1, line - Self.farthest), depth > 0 {
            start -= 1
            let text = self.line(start)[...].trimmed
            guard !text.isEmpty, !isAside(text) else { continue }
            open += text.excessOfBrackets
            guard indentation(start) < depth, !isLabel(text) else { continue }
            depth = indentation(start)
            let isCall = open > 0
            open = 0
            if text == "{" {
                guard depth == 0 else { continue }
                return byKeyword ?? head(before: start)
            }
            let opensBlock = Self.opensBlock(text)
            if let name, !opensBlock, !isCall || text.hasSuffix("{"), text.range(ofWord: name) != nil { return start }
            if Self.beginsWithKeyword(text) {
                guard name != nil else { return start }
                byKeyword = byKeyword ?? start
            }
            let isHead = !isCall && !opensBlock && (text.contains("(") || text.hasSuffix("{"))
            if isHead, depth == 0, text.contains("(") { return byKeyword ?? start }
            if isHead { byShape = byShape ?? start }
        }
        return byKeyword ?? byShape ?? (depth == 0 && start < line ? start : nil)
    }

    /// The head before a brace that stands alone.
    private func head(before brace: Int) -> Int {
        var start = brace
        while start > 1, !isBlank(start - 1), indentation(start) > 0 || line(start)[...].trimmed == "{" { start -= 1 }
        return start
    }
}
