extension Ranking {
    /// The sentences of the reasons.
    enum Words {
        static func changed(_ place: TracedLine, lines: [Int], distance: Int) -> String {
            let block = run(in: lines, near: place.line ?? lines.first ?? 0)
            let span =
                block.lowerBound == block.upperBound ? "\(block.lowerBound)" : "\(block.lowerBound)–\(block.upperBound)"
            let target = place.depth == 0 ? "the crash" : place.frame.function.map { "the call in \($0)" } ?? "a frame"
            let where_ =
                switch distance {
                case _ where place.line == nil: "in the function\(place.frame.function.map { " \($0)" } ?? "")"
                case 0: place.depth == 0 ? "the line of the crash" : "the line of \(target)"
                case 1: "1 line from \(target)"
                default: "\(distance) lines from \(target)"
                }
            return "changed \(place.path):\(span), \(where_)"
        }

        /// The run of lines without a gap that is nearest to the failing one.
        private static func run(in lines: [Int], near line: Int) -> ClosedRange<Int> {
            func gap(_ run: ClosedRange<Int>) -> Int {
                run.contains(line) ? 0 : min(abs(run.lowerBound - line), abs(run.upperBound - line))
            }
            return lines.runs.min { gap($0) < gap($1) } ?? line...line
        }
    }
}
