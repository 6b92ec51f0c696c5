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

    /// - Parameter line: from 1, as traces count it.
    /// - Parameter column: from 1.
    func place(line: Int, column: Int) -> Place? {
        line > 0 && column > 0 ? Self.place(line - 1, column - 1, in: wire) : nil
    }

    private static func place(_ line: Int, _ column: Int, in wire: Wire) -> Place? {
        if let sections = wire.sections {
            let section = sections.last { ($0.offset.line, $0.offset.column) <= (line, column) }
            guard let section, let map = section.map, map.sections == nil else { return nil }
            let start = section.offset
            return place(line - start.line, line == start.line ? column - start.column : column, in: map)
        }
        guard let segment = segment(line, column, Array((wire.mappings ?? "").utf8)),
            let sources = wire.sources, sources.indices.contains(segment.source),
            let source = sources[segment.source], segment.line >= 0, segment.line < Int.max
        else { return nil }
        let root = wire.sourceRoot.map { $0.isEmpty || $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
        let names = wire.names ?? []
        let contents = wire.sourcesContent ?? []
        let content = contents.indices.contains(segment.source) ? contents[segment.source] : nil
        return Place(
            source: root + source, line: segment.line + 1,
            name: segment.name.flatMap { names.indices.contains($0) ? names[$0] : nil },
            text: content.map { SourceText($0.utf8).line(segment.line + 1) }.flatMap { $0.isEmpty ? nil : $0 })
    }

    private struct Segment {
        var column = 0
        var source = 0
        var line = 0
        var sourceColumn = 0
        var name: Int?
    }

    /// The last one of the line that begins at the column or before it. All before has to be read: each number is the
    /// difference to the one before.
    private static func segment(_ wanted: Int, _ column: Int, _ bytes: [UInt8]) -> Segment? {
        var (line, position, name) = (0, 0, 0)
        var current = Segment()
        var found: Segment?
        while position < bytes.count, line <= wanted {
            switch bytes[position] {
            case UInt8(ascii: ";"):
                line += 1
                current.column = 0
                position += 1
            case UInt8(ascii: ","):
                position += 1
            default:
                var fields: [Int] = []
                while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != UInt8(ascii: ";")
                {
                    guard fields.count < 5, let field = VLQ.read(bytes, at: &position) else { return found }
                    fields.append(field)
                }
                current.column &+= fields[0]
                if line == wanted, current.column > column { return found }
                // One of a single field is code that nobody wrote.
                guard fields.count >= 4 else {
                    if line == wanted { found = nil }
                    continue
                }
                current.source &+= fields[1]
                current.line &+= fields[2]
                current.sourceColumn &+= fields[3]
                current.name = nil
                if fields.count == 5 {
                    name &+= fields[4]
                    current.name = name
                }
                if line == wanted { found = current }
            }
        }
        return found
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

        struct Offset: Decodable, Sendable {
            let line: Int
            let column: Int
        }
    }
}
