import Domain

/// What to look for in the code when no frame leads to a file: the names of functions, and the parts of the message that
/// stand in the code as they are.
struct SearchWords: Sendable {
    let functions: [String]
    let phrases: [String]

    var isEmpty: Bool { functions.isEmpty && phrases.isEmpty }

    init(_ trace: Trace, event: Event) {
        let frames = trace.exceptions.flatMap { $0.frames.reversed() }
        let own = frames.filter { !FramePath($0).isForeign && !Noise.isReporting($0) }
        let names = own.compactMap(\.function).map(Tracing.bareName).filter { $0.utf8.count > 3 }
        functions = Reading.unique(names, atMost: 4)
        let texts = trace.exceptions.map(\.value) + [event.message, event.title]
        phrases = Reading.unique(texts.flatMap(Self.phrases), atMost: 3)
    }

    /// Where they are, as if they were frames: the phrases first, for they are rarer than names.
    func hits(in git: Git, at sha: String, folder: String?) async throws -> [TracedLine] {
        var lines: [TracedLine] = []
        for (texts, wholeWords) in [(phrases, false), (functions, true)] where !texts.isEmpty {
            let hits = try await git.search(texts, wholeWords: wholeWords, at: sha, below: folder)
            let sorted = hits.enumerated().sorted { left, right in
                let (one, two) = (Self.rank(left.element, texts), Self.rank(right.element, texts))
                return one == two ? left.offset < right.offset : one < two
            }
            for (_, hit) in sorted.prefix(max(0, 8 - lines.count)) {
                let function = wholeWords ? texts.first { hit.text.range(ofText: $0) != nil } : nil
                lines.append(
                    TracedLine(
                        frame: Frame(filename: hit.path, function: function, line: hit.line), path: hit.path,
                        line: hit.line, depth: lines.count, exception: 0, certainty: 0.6 / Double(min(8, hits.count)),
                        moved: nil))
            }
        }
        return lines
    }

    /// Definitions before calls, code before tests and documents, the longest text first.
    private static func rank(_ hit: Hit, _ texts: [String]) -> Int {
        // As it is written first, then in another case.
        let lower = hit.text.lowercased()
        let place =
            texts.firstIndex { hit.text.range(ofText: $0) != nil }
            ?? texts.firstIndex { lower.range(ofText: $0.lowercased()) != nil }.map { texts.count + $0 } ?? 2
            * texts.count
        let isDocument = [".md", ".rst", ".txt", ".po", ".json", ".lock", ".html"].contains { hit.path.hasSuffix($0) }
        let isDefinition = ["def ", "func ", "function ", "fn ", "class "].contains {
            hit.text.range(ofText: $0) != nil
        }
        return place + (isDefinition ? 0 : 4) + (PathIndex.isSide(hit.path) ? 20 : 0) + (isDocument ? 40 : 0)
    }

    /// Pieces between what changes from one occurrence to the next: numbers, quotes, paths. The longest first.
    private static func phrases(in text: String) -> [String] {
        let line = text.split(separator: "\n").first?.prefix(300) ?? ""
        var pieces: [Substring] = []
        for piece in line.split(whereSeparator: { "\"'`“”‘’()[]{}<>=:;,|".contains($0) || $0.isNumber }) {
            // A path or an identifier with punctuation is data.
            let words = piece.split(separator: " ").filter {
                !$0.contains("/") && !$0.contains("@") && !$0.contains("\\")
            }
            if words.count >= 2, words.count == piece.split(separator: " ").count { pieces.append(piece) }
        }
        return pieces.map { String($0.trimmed) }.filter { $0.utf8.count >= 10 }
            .sorted { $0.utf8.count > $1.utf8.count }
    }
}
