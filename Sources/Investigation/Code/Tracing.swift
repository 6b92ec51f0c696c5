import Domain

/// From frames to lines of the repository.
struct Tracing: Sendable {
    /// A frame and the files it may mean.
    struct Lead: Sendable {
        let frame: Frame
        /// The function this frame called, when the trace knows it.
        let callee: String?
        let depth: Int
        let exception: Int
        var matches: [PathIndex.Match]
    }

    // Deeper than that is recursion or a hostile event.
    private static let mostFrames = 60

    /// The frames of an event in the order they matter, crash first, with the files they may mean.
    ///
    /// The root cause comes first, and its frames from the last to the first.
    ///
    /// - Parameter known: where earlier traces of the project had their files.
    static func leads(_ exceptions: [Exception], in index: PathIndex, known: [PathMapping] = []) -> [Lead] {
        let known = known.sorted { ($1.prefix.utf8.count, $0.folder) < ($0.prefix.utf8.count, $1.folder) }
        var leads: [Lead] = []
        for (number, exception) in exceptions.prefix(10).enumerated() {
            var callee: String?
            for frame in exception.frames.suffix(mostFrames).reversed() {
                leads.append(
                    Lead(
                        frame: frame, callee: callee, depth: leads.count, exception: number,
                        matches: index.matches(FramePath(frame), known: known)))
                callee = frame.function
            }
        }
        return leads
    }

    /// Chooses among the files by their text, and finds each line again.
    static func lines(_ leads: [Lead], texts: [String: SourceText]) -> [TracedLine] {
        leads.compactMap { lead in
            guard let match = choose(lead, texts) else { return nil }
            let place = texts[match.path].map { locate(lead, in: $0) } ?? (line: nil, moved: nil)
            return TracedLine(
                frame: lead.frame, path: match.path, line: place.line, depth: lead.depth, exception: lead.exception,
                certainty: match.certainty, moved: place.moved,
                function: place.line.flatMap { texts[match.path]?.function(around: $0) })
        }
    }

    private static func choose(_ lead: Lead, _ texts: [String: SourceText]) -> PathIndex.Match? {
        guard lead.matches.count > 1 else { return lead.matches.first }
        let name = lead.frame.function.map(bareName)
        let fitting = lead.matches.filter { match in
            guard let text = texts[match.path], let line = lead.frame.line, line <= text.count else { return false }
            guard let name, !name.isEmpty else { return true }
            return text.nearest(to: line, where: { $0.range(ofText: name) != nil }) != nil
        }
        guard let best = fitting.first else { return lead.matches.first }
        return PathIndex.Match(path: best.path, tail: best.tail, certainty: 1 / Double(fitting.count))
    }

    private static func locate(_ lead: Lead, in text: SourceText) -> (line: Int?, moved: String?) {
        guard let line = lead.frame.line, line > 0 else { return (nil, nil) }
        if let context = lead.frame.contextLine.map(squeezed), context.utf8.count > 3 {
            if squeezed(text.line(line)) == context { return (line, nil) }
            if let found = text.nearest(to: line, where: { squeezed($0) == context }) {
                return (found, "line \(line) in the event, line \(found) here")
            }
        }
        if let callee = lead.callee.map(bareName), callee.utf8.count > 2,
            let found = call(of: callee, near: line, in: text)
        {
            return (found, found == line ? nil : "line \(line) in the event, line \(found) here")
        }
        return line <= text.count ? (line, nil) : (nil, "the file has \(text.count) lines here, not \(line)")
    }

    /// The line itself when the call is there or next to it, else the nearest one that makes the call; the code at this
    /// revision may be a little newer than the program that failed.
    private static func call(of callee: String, near line: Int, in text: SourceText) -> Int? {
        guard line <= text.count + drift else { return nil }
        let mentions = { (text: String) in text.range(ofText: callee + "(") != nil }
        if text.nearest(to: line, reach: 4, where: mentions) != nil { return line <= text.count ? line : nil }
        return text.nearest(to: line, reach: drift, where: mentions)
    }

    private static let drift = 40

    private static func squeezed(_ line: String) -> String {
        line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// `Cart.total`, `shop::Cart::total`, `block in total` → `total`.
    static func bareName(_ function: String) -> String {
        let words = function.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "$") }
        return words.last.map(String.init) ?? ""
    }
}
