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
    static let mostFrames = 60
    static let mostExceptions = 10

    /// The frames of an event in the order they matter, crash first, with the files they may mean.
    ///
    /// The root cause comes first, and its frames from the last to the first.
    ///
    /// - Parameter known: where earlier traces of the project had their files.
    static func leads(_ exceptions: [Exception], in index: PathIndex, known: [PathMapping] = []) -> [Lead] {
        let known = known.sorted { ($1.prefix.utf8.count, $0.folder) < ($0.prefix.utf8.count, $1.folder) }
        let isSorted = exceptions.contains { $0.frames.contains { $0.isInApp == true } }
        var leads: [Lead] = []
        for (number, exception) in exceptions.prefix(mostExceptions).enumerated() {
            var callee: String?
            for frame in exception.frames.suffix(mostFrames).reversed() {
                leads.append(
                    Lead(
                        frame: frame, callee: callee, depth: leads.count, exception: number,
                        matches: index.matches(FramePath(frame, isSorted: isSorted), known: known)))
                callee = frame.function
            }
        }
        return leads
    }

    /// Chooses among the files by their text, and finds each line again.
    static func lines(_ leads: [Lead], texts: [String: SourceText]) -> [TracedLine] {
        leads.compactMap { lead in
            guard let match = choose(lead, texts) else { return nil }
            let place = texts[match.path].map { Place(of: lead, in: $0) } ?? Place()
            return TracedLine(
                frame: lead.frame, path: match.path, line: place.line, depth: lead.depth, exception: lead.exception,
                certainty: match.certainty, moved: place.moved,
                function: place.function)
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
}
