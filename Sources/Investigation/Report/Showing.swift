import Domain

/// The places to show: where the crash is and how it came there, each with the code around.
enum Showing {
    // What fits on a phone.
    private static let mostPlaces = 5
    private static let around = 3
    private static let widest = 160

    static func locations(
        _ lines: [TracedLine], texts: [String: SourceText], since fates: [LaterChanges.Place: String] = [:]
    ) -> [Finding.Location] {
        let telling = lines.filter { !Noise.isMachinery($0.frame) }
        var seen: Set<String> = []
        let distinct = (telling.isEmpty ? lines : telling).filter { seen.insert("\($0.path):\($0.line ?? 0)").inserted }
        return distinct.prefix(mostPlaces).map { place in
            Finding.Location(
                path: place.path, line: place.line,
                function: place.frame.function.map { Finding.clean($0, atMost: 120) },
                code: code(texts[place.path], around: place.line), moved: place.moved,
                since: place.line.flatMap { fates[.init(path: place.path, line: $0)] })
        }
    }

    private static func code(_ text: SourceText?, around line: Int?) -> [Finding.CodeLine] {
        guard let text, let line, line >= 1, line <= text.count else { return [] }
        return (max(1, line - around)...min(text.count, line + around)).map { number in
            Finding.CodeLine(
                number: number, text: Finding.clean(text.line(number), atMost: widest), isFailing: number == line)
        }
    }
}
