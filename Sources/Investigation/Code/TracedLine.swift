import Domain

/// A frame that is in the repository, with what the code says about it.
struct TracedLine: Sendable {
    let frame: Frame
    var path: String
    /// At the revision; nil when the frame has none or the file is shorter.
    let line: Int?
    /// 0 for the crash, counted outwards over the frames of the whole event.
    let depth: Int
    /// The exception it belongs to: 0 is the root cause.
    let exception: Int
    /// How sure it is that this file is meant.
    var certainty: Double
    /// In words, when the line was found elsewhere than the frame says.
    let moved: String?
    /// The lines of the function that the line is in; without a line, of the frame's function.
    var function: ClosedRange<Int>?

    var folder: Substring { path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }

    /// What is known of where it is: the function, or at least the line.
    var lines: ClosedRange<Int>? { function ?? line.map { $0...$0 } }

    /// No line is near to one that is not known.
    func distance(_ other: Int) -> Int { line.map { abs(other - $0) } ?? .max }
}
