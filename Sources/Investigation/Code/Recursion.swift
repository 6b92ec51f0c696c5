import Domain

/// Takes repeats out of a stack: a recursion of 999 frames is the same call again and again, and would hide who began it.
enum Recursion {
    // Two functions that call each other are common, more than a handful are not.
    private static let longestCycle = 6

    /// The frames with each run of a repeated cycle left once, and how many were taken out.
    static func fold(_ frames: [Frame]) -> (frames: [Frame], folded: Int) {
        let keys = frames.map(Key.init)
        var kept: [Frame] = []
        var index = 0
        while index < frames.count {
            let cycle = cycle(in: keys, at: index)
            kept += frames[index..<(index + cycle.length)]
            index += cycle.length * cycle.times
        }
        return (kept, frames.count - kept.count)
    }

    /// The one that takes out most; a single repeat is left as it is, for somebody may have meant it.
    private static func cycle(in keys: [Key], at start: Int) -> (length: Int, times: Int) {
        var best = (length: 1, times: 1)
        for length in 1...longestCycle where start + 3 * length <= keys.count {
            var end = start + length
            while end < keys.count, keys[end] == keys[end - length] { end += 1 }
            let times = (end - start) / length
            if times > 2, length * (times - 1) > best.length * (best.times - 1) { best = (length, times) }
        }
        return best
    }

    private struct Key: Hashable {
        let filename: String
        let function: String?
        let line: Int?
        /// Of a bundle, whose frames are all on one line.
        let column: Int?

        init(_ frame: Frame) {
            filename = frame.filename
            function = frame.function
            line = frame.line
            column = frame.column
        }
    }
}
