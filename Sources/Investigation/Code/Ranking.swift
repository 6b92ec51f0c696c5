import Domain
import FoundationEssentials
import Glibc

/// What was gathered about one event.
struct Evidence: Sendable {
    /// The crash first.
    var lines: [TracedLine] = []
    /// By path.
    var blames: [String: Blame] = [:]
    /// By path, newest first.
    var histories: [String: [Commit]] = [:]
    /// When it happened; a commit long before is a little less likely.
    var now: Date
    var seen: FrameStatistics
}

/// From evidence to files and suspects, with reasons in words. Pure: the same evidence, the same answer.
struct Ranking: Sendable {
    let files: [Finding.RankedFile]
    let suspects: [Finding.Suspect]

    /// The numbers behind the ranking, found on real bugs (Benchmarks).
    struct Weights: Sendable {
        /// How many lines away the influence of a change falls to a third.
        var reach = 3.0
        /// Days after which age counts noticeably.
        var patience = 30.0
        /// How strongly age counts.
        var aging = 0.35
        /// How much a frame counts less than the one it called.
        var depth = 0.8
        /// The same for the files: the fault is often in a caller's file, the commit nearer to the crash.
        var fileDepth = 0.9
        /// How much a frame after its first adds to a commit.
        var further = 0.6
        /// How much an exception counts less than its cause.
        var cause = 0.8
        /// How far a frame may fall that every event before had; 0 leaves it alone.
        var rarity = 0.8
        /// How much a frame counts that only reports the failure.
        var noise = 0.05
        /// How much a frame in a test counts.
        var test = 0.4
        /// How much a further frame in the same file adds to the file.
        var again = 0.5
        /// One of the last commits of the crashing file, wherever it changed it.
        var recent = 0.2
        /// The lead over the second that makes a suspect likely.
        var margin = 2.0
        /// The same for a fresh change of the crashing line itself.
        var freshMargin = 1.25
        /// Days that a change counts as fresh.
        var fresh = 30.0
    }

    init(_ evidence: Evidence, weights: Weights = Weights()) {
        files = Self.files(Self.weighed(evidence, weights, depth: weights.fileDepth), weights)
        suspects = Self.suspects(Self.weighed(evidence, weights, depth: weights.depth), evidence, weights)
    }

    /// The files of the trace, the most telling first.
    static func order(of evidence: Evidence) -> [String] {
        files(weighed(evidence, Weights(), depth: Weights().fileDepth), Weights(), atMost: .max).map(\.path)
    }

    /// The lines worth a blame: those of the frames that count most.
    static func telling(_ evidence: Evidence) -> [TracedLine] {
        let frames = weighed(evidence, Weights(), depth: Weights().depth).sorted { $0.weight > $1.weight }
        return frames.prefix(mostBlamed).map(\.line)
    }

    private static let mostBlamed = 14

    private struct Weighed {
        let line: TracedLine
        let weight: Double
        /// The first frame that is ours and does not only report.
        let isCrash: Bool
    }

    /// Frames that report the failure rather than cause it are passed over, so that the next one counts as the crash.
    private static func weighed(_ evidence: Evidence, _ weights: Weights, depth: Double) -> [Weighed] {
        var position = 0.0
        var frames: [Weighed] = []
        for line in evidence.lines {
            let isNoise = Noise.isReporting(line.frame)
            let rarity = 1 - weights.rarity + weights.rarity * evidence.seen.rarity(of: line.frame)
            let place = pow(depth, position) * pow(weights.cause, Double(line.exception))
            let side = PathIndex.isSide(line.path) ? weights.test : 1
            let weight = place * line.certainty * rarity * side * (isNoise ? weights.noise : 1)
            frames.append(Weighed(line: line, weight: weight, isCrash: position == 0 && !isNoise && side == 1))
            if !isNoise, side == 1 { position += 1 }
        }
        return frames
    }

    private static func files(_ frames: [Weighed], _ weights: Weights, atMost count: Int = 10) -> [Finding.RankedFile] {
        var best: [String: Finding.RankedFile] = [:]
        for frame in frames {
            let path = frame.line.path
            let known = best[path]
            // A file that several frames share counts a little more than its best frame.
            let strong = max(frame.weight, known?.score ?? 0)
            let weak = min(frame.weight, known?.score ?? 0)
            let line = frame.weight > known?.score ?? -1 ? frame.line.line : known?.line
            best[path] = Finding.RankedFile(path: path, line: line, score: strong + weights.again * weak)
        }
        let sorted = best.values.sorted { left, right in
            left.score == right.score ? left.path < right.path : left.score > right.score
        }
        return sorted.prefix(count).map { file in
            Finding.RankedFile(path: file.path, line: file.line, score: rounded(file.score / (1 + file.score)))
        }
    }

    private struct Case {
        let commit: Commit
        var score = 0.0
        var best = 0.0
        var isAtCrash = false
        var reasons: [(strength: Double, text: String)] = []
    }

    private static func suspects(_ frames: [Weighed], _ evidence: Evidence, _ weights: Weights) -> [Finding.Suspect] {
        var cases: [String: Case] = [:]
        for frame in frames {
            accuseByBlame(frame, evidence, weights, &cases)
        }
        accuseByHistory(frames, evidence, weights, &cases)

        let ranked = cases.values
            .map { entry in (entry: entry, score: judged(entry, evidence, weights)) }
            .sorted { left, right in
                left.score == right.score ? left.entry.commit.sha < right.entry.commit.sha : left.score > right.score
            }
        let second = ranked.dropFirst().first?.score ?? 0
        return ranked.prefix(10).enumerated().map { index, ranked in
            let commit = ranked.entry.commit
            return Finding.Suspect(
                sha: commit.sha, author: Finding.clean(commit.author, atMost: 100), date: commit.date,
                subject: Finding.clean(commit.subject, atMost: 200),
                score: rounded(ranked.score / (1 + ranked.score)),
                isLikely: index == 0 && ranked.score > 0.2
                    && ranked.score > second * margin(ranked.entry, evidence, weights),
                reasons: ranked.entry.reasons.sorted { $0.strength > $1.strength }.prefix(3).map(\.text))
        }
    }

    /// A commit counts once a frame, by its line nearest to the frame's.
    private static func accuseByBlame(
        _ frame: Weighed, _ evidence: Evidence, _ weights: Weights, _ cases: inout [String: Case]
    ) {
        guard let line = frame.line.line, let blame = evidence.blames[frame.line.path] else { return }
        var nearest: [String: [Int]] = [:]
        for blamed in blame.lines where abs(blamed.line - line) <= Self.window {
            nearest[blamed.sha, default: []].append(blamed.line)
        }
        for (sha, lines) in nearest {
            guard let commit = blame.commits[sha] else { continue }
            let distance = lines.map { abs($0 - line) }.min() ?? 0
            let strength = frame.weight * exp(-Double(distance) / weights.reach)
            var entry = cases[sha] ?? Case(commit: commit)
            entry.score += strength
            entry.best = max(entry.best, strength)
            if distance == 0, frame.isCrash { entry.isAtCrash = true }
            entry.reasons.append((strength, Words.changed(frame.line, lines: lines.sorted(), distance: distance)))
            cases[sha] = entry
        }
    }

    private static func accuseByHistory(
        _ frames: [Weighed], _ evidence: Evidence, _ weights: Weights, _ cases: inout [String: Case]
    ) {
        var told: Set<String> = []
        for frame in frames where told.insert(frame.line.path).inserted {
            for (rank, commit) in (evidence.histories[frame.line.path] ?? []).enumerated() {
                let strength = frame.weight * weights.recent / Double(rank + 1)
                cases[commit.sha, default: Case(commit: commit)].score += strength
                let reason = rank == 0 ? "the latest change to" : "one of the last five changes to"
                cases[commit.sha]?.reasons.append((strength, "\(reason) \(frame.line.path)"))
            }
        }
    }

    /// How far from a frame's line a change still counts.
    static let window = 10

    private static func judged(_ entry: Case, _ evidence: Evidence, _ weights: Weights) -> Double {
        let sum = entry.best + weights.further * (entry.score - entry.best)
        return sum * recency(entry.commit, evidence, weights)
    }

    /// A fresh change of the very line that crashed needs less of a lead.
    private static func margin(_ entry: Case, _ evidence: Evidence, _ weights: Weights) -> Double {
        let age = evidence.now.timeIntervalSince(entry.commit.date) / 86400
        return entry.isAtCrash && age < weights.fresh ? weights.freshMargin : weights.margin
    }

    private static func recency(_ commit: Commit, _ evidence: Evidence, _ weights: Weights) -> Double {
        let days = max(0, evidence.now.timeIntervalSince(commit.date) / 86400)
        return pow(1 + days / weights.patience, -weights.aging)
    }

    private static func rounded(_ score: Double) -> Double { (score * 1000).rounded() / 1000 }

    /// The sentences of the reasons.
    private enum Words {
        static func changed(_ place: TracedLine, lines: [Int], distance: Int) -> String {
            let block = run(in: lines, near: place.line ?? 0)
            let span =
                block.lowerBound == block.upperBound ? "\(block.lowerBound)" : "\(block.lowerBound)–\(block.upperBound)"
            let target = place.depth == 0 ? "the crash" : place.frame.function.map { "the call in \($0)" } ?? "a frame"
            let where_ =
                switch distance {
                case 0: place.depth == 0 ? "the line of the crash" : "the line of \(target)"
                case 1: "1 line from \(target)"
                default: "\(distance) lines from \(target)"
                }
            return "changed \(place.path):\(span), \(where_)"
        }

        /// The run of lines without a gap that is nearest to the failing one.
        private static func run(in lines: [Int], near line: Int) -> ClosedRange<Int> {
            var runs: [ClosedRange<Int>] = []
            for number in lines {
                if let last = runs.last, number <= last.upperBound + 1 {
                    runs[runs.count - 1] = last.lowerBound...max(last.upperBound, number)
                } else {
                    runs.append(number...number)
                }
            }
            func gap(_ run: ClosedRange<Int>) -> Int {
                run.contains(line) ? 0 : min(abs(run.lowerBound - line), abs(run.upperBound - line))
            }
            return runs.min { gap($0) < gap($1) } ?? line...line
        }
    }
}
