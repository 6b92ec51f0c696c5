import Domain
import FoundationEssentials
import Glibc

/// How likely the fault is in each frame's function, or in a file that no frame is in: the probabilities sum up to 1.
///
/// A logistic choice among the frames. The coefficients were fitted on 1,186 real bugs of 119 repositories (Benchmarks),
/// together with those of `Ranking.suspects`: the frame is right whose function the fix changed. Fitted on the other
/// repositories only, they rank the files of one as well.
struct FrameOdds: Sendable {
    /// One for each line of the evidence.
    let frames: [Double]
    let companions: [String: Double]
    let origin: Origin?

    private enum Weight {
        /// How many frames were passed on the way from the crash (log).
        static let depth = -1.03
        /// How sure it is that this file is meant (log).
        static let certainty = 0.78
        /// Fitted it is 0.1, as rarity says the same; a team's first events have no rarity yet.
        static let reporting = -1.5
        static let side = -3.29
        /// Its name says that it only hands control on.
        static let passing = -0.51
        /// It is in a folder that all others use.
        static let shared = -0.43
        /// Its name says much of what it does. Fitted beside the others, later, on the 766 bugs of `Ranking`.
        static let specific = 0.6
        /// What it calls is in another folder: here the one part of the program meets the other.
        static let boundary = 0.6
        /// How few events before had this frame (log).
        static let rarity = 1.15
        /// The further stack of one report: where the memory was freed or taken.
        static let laterStack = 1.05
        /// How many frames before are in the same file (log).
        static let again = -0.17
        /// Days since the function was changed last (log).
        static let age = -0.2
        /// How many lines the function has (log): there is more in it to be wrong.
        static let length = 0.15
        static let header = -0.71
        /// A function that takes memory, when it was not given back.
        static let taking = -0.79
        /// The value that failed comes from here.
        static let origin = 0.69
        /// It defines what the message says is lacking something.
        static let defining = 0.51
        /// The same, of a file that no frame is in.
        static let named = -0.04
        static let companion = -1.41
        /// How often it changed together with the crash's files (log).
        static let together = 0.9
    }

    init(_ evidence: Evidence) {
        origin = Origin(of: evidence.lines, texts: evidence.texts)
        let strengths = Self.strengths(evidence, origin)
        var others = evidence.companions.mapValues { exp(Weight.companion + Weight.together * log(max($0, 1e-6))) }
        for path in evidence.defining.subtracting(evidence.lines.map(\.path)) {
            others[path, default: 0] += exp(Weight.named)
        }
        let all = strengths.reduce(0, +) + others.values.reduce(0, +)
        frames = strengths.map { $0 / max(all, .leastNormalMagnitude) }
        companions = others.mapValues { $0 / max(all, .leastNormalMagnitude) }
    }

    private static func strengths(_ evidence: Evidence, _ origin: Origin?) -> [Double] {
        var position = 0
        var frames: [String: Int] = [:]
        var folder: Substring?
        var stack = LaterStacks()
        return evidence.lines.enumerated().map { index, line in
            let isReporting = Noise.isReporting(line.frame)
            let isSide = PathIndex.isSide(line.path)
            let again = frames[line.path, default: 0]
            frames[line.path] = again + 1
            let isLater = stack.isLater(line.frame)
            let isBoundary = folder != nil && folder != line.folder
            folder = line.folder
            var sum = Weight.depth * log1p(Double(position)) + Weight.certainty * log(line.certainty)
            sum += Weight.rarity * log(evidence.seen.rarity(of: line.frame)) + Weight.again * log1p(Double(again))
            sum += Weight.age * log1p(age(of: line, evidence))
            sum += Weight.length * log1p(Double(line.function?.count ?? 0))
            if isReporting { sum += Weight.reporting }
            if Noise.passesOn(line.frame) { sum += Weight.passing }
            if Noise.isSpecific(line.frame) { sum += Weight.specific }
            if PathIndex.isShared(line.path) { sum += Weight.shared }
            if isBoundary { sum += Weight.boundary }
            if index == origin?.line { sum += Weight.origin }
            if evidence.defining.contains(line.path) { sum += Weight.defining }
            if isSide { sum += Weight.side }
            if isLater { sum += Weight.laterStack }
            if line.path.hasSuffix(".h") || line.path.hasSuffix(".hpp") { sum += Weight.header }
            if evidence.isLeak, Noise.takesMemory(line.frame) { sum += Weight.taking }
            if !isReporting, !isSide { position += 1 }
            return exp(sum)
        }
    }

    // What an unknown line counts as.
    private static let longAgo = 3650.0

    private static func age(of line: TracedLine, _ evidence: Evidence) -> Double {
        guard let blame = evidence.blames[line.path], let function = line.function else { return longAgo }
        let commits = Set(blame.lines.filter { function.contains($0.line) }.map(\.sha))
        return commits.compactMap { blame.commits[$0].map(evidence.days) }.min() ?? longAgo
    }

    /// Sees where a report goes on with another stack: behind the outermost function of the one before.
    private struct LaterStacks {
        private var isOutermost = false
        private var isFirst = true

        mutating func isLater(_ frame: Frame) -> Bool {
            let ends = Self.outermost.contains(Tracing.bareName(frame.function ?? ""))
            if isOutermost, !ends { isFirst = false }
            isOutermost = ends
            return !isFirst
        }

        private static let outermost: Set<String> = ["main", "start_thread", "clone", "__libc_start_main"]
    }
}
