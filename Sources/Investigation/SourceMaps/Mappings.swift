/// The `mappings` of a source map: which code that was written by hand each column of the bundle came from.
enum Mappings {
    struct Segment: Sendable {
        var source = 0
        /// From 0.
        var line = 0
        var name: Int?
    }

    /// For each position the last segment of its line that begins at the column or before it; nil where there is none.
    ///
    /// One walk for all of them: each number is the difference to the one before, so everything before has to be read.
    ///
    /// - Parameter wanted: in order.
    static func segments(at wanted: [SourceMap.Position], in text: String) -> [Segment?] {
        var walk = Walk(wanted)
        let bytes = Array(text.utf8)
        var position = 0
        // Their differences may lead anywhere: what wraps around is no place in any file, and traps nothing.
        var (line, column, name) = (0, 0, 0)
        var current = Segment()
        var fields: [Int] = []
        while position < bytes.count, !walk.isDone {
            switch bytes[position] {
            case UInt8(ascii: ";"):
                line += 1
                column = 0
                position += 1
                walk.enter(line)
            case UInt8(ascii: ","):
                position += 1
            default:
                guard readFields(of: bytes, at: &position, into: &fields) else { return walk.ended() }
                column &+= fields[0]
                // One of a single field is code that nobody wrote.
                guard fields.count >= 4 else {
                    walk.take(nil, at: column)
                    continue
                }
                current.source &+= fields[1]
                current.line &+= fields[2]
                current.name = nil
                if fields.count == 5 {
                    name &+= fields[4]
                    current.name = name
                }
                walk.take(current, at: column)
            }
        }
        return walk.ended()
    }

    /// Moves behind one segment; false for a damaged one, after which no difference means anything.
    private static func readFields(of bytes: [UInt8], at position: inout Int, into fields: inout [Int]) -> Bool {
        fields.removeAll(keepingCapacity: true)
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != UInt8(ascii: ";") {
            guard fields.count < 5, let field = VLQ.read(bytes, at: &position) else { return false }
            fields.append(field)
        }
        return true
    }

    /// The wanted positions, from the first to the last, while the mappings go past them.
    private struct Walk {
        private let wanted: [SourceMap.Position]
        private var found: [Segment?] = []
        private var line = 0
        /// The last segment of the line so far.
        private var latest: Segment?

        init(_ wanted: [SourceMap.Position]) { self.wanted = wanted }

        var isDone: Bool { found.count == wanted.count }

        /// The line before is over: its last segment reaches to its end.
        mutating func enter(_ line: Int) {
            settle { $0.line < line }
            (self.line, latest) = (line, nil)
        }

        mutating func take(_ segment: Segment?, at column: Int) {
            settle { $0.column < column }
            latest = segment
        }

        mutating func ended() -> [Segment?] {
            settle { _ in true }
            return found + [Segment?](repeating: nil, count: wanted.count - found.count)
        }

        private mutating func settle(where isPassed: (SourceMap.Position) -> Bool) {
            while !isDone, wanted[found.count].line <= line, isPassed(wanted[found.count]) { found.append(latest) }
        }
    }
}
