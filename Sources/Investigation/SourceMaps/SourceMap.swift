import FoundationEssentials

/// A source map, version 3: from a place in a bundle to the place in the file that was written by hand.
struct SourceMap: Sendable {
    struct Place: Sendable, Hashable {
        let source: String
        let line: Int
        /// The name that the minifier took away, when the map has it.
        let name: String?
        /// The line's text, when the map brings its sources.
        let text: String?
    }

    private let wire: Wire

    /// Nil for what is no source map.
    init?(_ bytes: [UInt8]) {
        // Some servers put `)]}'` before JSON, against its being run as a script.
        let json = bytes.starts(with: ")]}".utf8) ? Array(bytes.drop { $0 != 0x0A }) : bytes
        guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(json)),
            wire.mappings != nil || wire.sections != nil
        else { return nil }
        self.wire = wire
    }

    /// The places that it knows, for all positions of an event at once: a map is megabytes, and is read from its
    /// beginning however little is wanted of it.
    func places(at positions: Set<Position>) -> [Position: Place] {
        let wanted = positions.sorted()
        guard let sections = wire.sections else { return Self.places(at: wanted, in: wire) }
        // The format wants them in order; one that begins before the file is damage.
        let starts = sections.compactMap { section in Position(section.offset).map { (start: $0, map: section.map) } }
            .sorted { $0.start < $1.start }
        var places: [Position: Place] = [:]
        var rest = wanted[...]
        for (index, section) in starts.enumerated() {
            let next = index + 1 < starts.count ? starts[index + 1].start : nil
            rest = rest.drop { $0 < section.start }
            let inside = rest.prefix { position in next.map { position < $0 } ?? true }
            rest = rest[inside.endIndex...]
            guard !inside.isEmpty, let map = section.map, map.sections == nil else { continue }
            let moved = inside.map { $0.counted(from: section.start) }
            let found = Self.places(at: moved, in: map)
            for (position, place) in zip(inside, moved) { places[position] = found[place] }
        }
        return places
    }

    private static func places(at wanted: [Position], in wire: Wire) -> [Position: Place] {
        let root = wire.sourceRoot.map { $0.isEmpty || $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
        let segments = Mappings.segments(at: wanted, in: wire.mappings ?? "")
        var texts: [Int: SourceText] = [:]
        var places: [Position: Place] = [:]
        for (position, segment) in zip(wanted, segments) {
            guard let segment, let source = wire.sources?.at(segment.source) ?? nil,
                segment.line >= 0, segment.line < Int.max
            else { continue }
            let line = segment.line + 1
            if texts[segment.source] == nil, let content = wire.sourcesContent?.at(segment.source) ?? nil {
                texts[segment.source] = SourceText(content.utf8)
            }
            let text = texts[segment.source]?.line(line)
            places[position] = Place(
                source: root + source, line: line, name: segment.name.flatMap { wire.names?.at($0) },
                text: text?.isEmpty == false ? text : nil)
        }
        return places
    }

    private final class Wire: Decodable, Sendable {
        let sources: [String?]?
        let sourceRoot: String?
        let names: [String]?
        let mappings: String?
        let sourcesContent: [String?]?
        let sections: [Section]?
    }

    private struct Section: Decodable, Sendable {
        let offset: Offset
        let map: Wire?
    }

    fileprivate struct Offset: Decodable, Sendable {
        let line: Int
        let column: Int
    }
}

extension SourceMap {
    /// A place in a bundle, counted from 0.
    struct Position: Sendable, Hashable, Comparable {
        let line: Int
        let column: Int

        /// As traces count, from 1; nil for what is in no file.
        init?(line: Int, column: Int) {
            guard line > 0, column > 0 else { return nil }
            self.init(fromZero: line - 1, column - 1)
        }

        fileprivate init?(_ offset: Offset) {
            guard offset.line >= 0, offset.column >= 0 else { return nil }
            self.init(fromZero: offset.line, offset.column)
        }

        private init(fromZero line: Int, _ column: Int) { (self.line, self.column) = (line, column) }

        /// As a section counts that begins there: at this position or before it.
        fileprivate func counted(from start: Position) -> Position {
            Position(fromZero: line - start.line, line == start.line ? column - start.column : column)
        }

        static func < (left: Position, right: Position) -> Bool {
            (left.line, left.column) < (right.line, right.column)
        }
    }
}

extension Array {
    /// Nil outside: the numbers of a map are a stranger's.
    fileprivate func at(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
