import Domain
import FoundationEssentials
import Glibc

/// From evidence to files and suspects, with reasons in words. Pure: the same evidence, the same answer.
///
/// A suspect's score is the probability that it is the culprit: over all frames, how likely the fault is in the frame's
/// function (`FrameOdds`) times how likely this commit of those that wrote the function is to blame for it. What is
/// missing to 1 is the chance that it is none of them.
struct Ranking: Sendable {
    let files: [Finding.RankedFile]
    let suspects: [Finding.Suspect]

    /// How many lines around a frame's line count, whatever the function is.
    static let window = 10

    /// From here on a suspect is called likely. Of 470 real bugs that were ranked with coefficients of other repositories,
    /// a fifth had such a suspect, and three of four were right.
    private static let likely = 0.6
    /// Nor is there a doubt when an issue began within days of the commit that wrote its very line, and no other commit is
    /// as strong. The bugs above have no first day, so this is not fitted; a change that is merely new was right in one
    /// case of six there.
    private static let onset = 7.0

    /// Fitted on the same bugs as `FrameOdds`: the right commits are those that wrote what the fix took away.
    private enum Weight {
        /// How near the nearest of its lines is: falls to a third in three lines.
        static let near = 3.12
        /// Months since (log).
        static let age = -0.36
        /// Its subject speaks of style, names or moves.
        static let cosmetic = -0.44
        /// For each word that its subject shares with the names of the trace's functions.
        static let subject = 0.23
        /// Its lines use what the failing line uses, the rarer the more.
        static let related = 0.86
        /// None of them.
        static let nobody = 1.11
    }

    init(_ evidence: Evidence) {
        let odds = FrameOdds(evidence)
        files = Self.files(evidence, odds)
        suspects = Self.suspects(evidence, odds)
    }

    // MARK: Files

    /// The lines worth a blame, the likeliest first, before it is known who changed them.
    static func telling(_ evidence: Evidence, atMost count: Int) -> [TracedLine] {
        zip(evidence.lines, FrameOdds(evidence).frames).enumerated()
            .sorted { left, right in
                left.element.1 == right.element.1 ? left.offset < right.offset : left.element.1 > right.element.1
            }
            .prefix(count).map(\.element.0)
    }

    private static func files(_ evidence: Evidence, _ odds: FrameOdds) -> [Finding.RankedFile] {
        var best: [String: (line: Int?, most: Double, sum: Double)] = [:]
        for (place, chance) in zip(evidence.lines, odds.frames) {
            let known = best[place.path] ?? (nil, -1, 0)
            let isBetter = chance > known.most
            best[place.path] = (
                isBetter ? place.line : known.line, max(chance, known.most), known.sum + chance
            )
        }
        for (path, chance) in odds.companions where best[path] == nil { best[path] = (nil, chance, chance) }
        let sorted = best.sorted { left, right in
            left.value.sum == right.value.sum ? left.key < right.key : left.value.sum > right.value.sum
        }
        return sorted.prefix(10).map { path, file in
            Finding.RankedFile(path: path, line: file.line, score: rounded(file.sum))
        }
    }

    // MARK: Suspects

    private struct Case {
        let commit: Commit
        var strength = 0.0
        /// Wrote the line of the crash just before the issue began.
        var isOnset = false
        var reasons: [(strength: Double, text: String)] = []
    }

    private static func suspects(_ evidence: Evidence, _ odds: FrameOdds) -> [Finding.Suspect] {
        var cases: [String: Case] = [:]
        let names = evidence.lines.map(\.frame).filter { !Noise.isReporting($0) }.compactMap(\.function)
        let spoken = Identifiers.words(in: names.prefix(60).joined(separator: " "))
        for (place, chance) in zip(evidence.lines, odds.frames) {
            accuse(place, chance, spoken, evidence, &cases)
        }
        accuseByHistory(evidence, odds, &cases)

        let all = cases.values.reduce(exp(Weight.nobody)) { $0 + $1.strength }
        let ranked = cases.values.sorted { left, right in
            left.strength == right.strength ? left.commit.sha < right.commit.sha : left.strength > right.strength
        }
        return ranked.prefix(10).enumerated().map { rank, entry in
            let commit = entry.commit
            let isOnset = rank == 0 && entry.isOnset
            return Finding.Suspect(
                sha: commit.sha, author: Finding.clean(commit.author, atMost: 100), date: commit.date,
                subject: Finding.clean(commit.subject, atMost: 200), score: rounded(entry.strength / all),
                isLikely: isOnset || entry.strength / all >= likely,
                reasons: Reading.unique(entry.reasons.sorted { $0.strength > $1.strength }.map(\.text), atMost: 3))
        }
    }

    /// All commits that wrote the frame's function or the lines around, each by its nearest line.
    private static func accuse(
        _ place: TracedLine, _ chance: Double, _ spoken: Set<String>, _ evidence: Evidence,
        _ cases: inout [String: Case]
    ) {
        guard let line = place.line, let blame = evidence.blames[place.path] else { return }
        let function = place.function ?? line...line
        var lines: [String: [Int]] = [:]
        for blamed in blame.lines where function.contains(blamed.line) || abs(blamed.line - line) <= window {
            lines[blamed.sha, default: []].append(blamed.line)
        }
        let related = evidence.texts[place.path].map { Related(to: line, in: $0, function) }
        for (sha, lines) in lines {
            guard let commit = blame.commits[sha] else { continue }
            let distance = lines.map { abs($0 - line) }.min() ?? 0
            let inside = lines.filter(function.contains)
            let words = Identifiers.words(in: commit.subject)
            var sum = Weight.near * exp(-Double(distance) / 3) + Weight.age * log1p(evidence.days(since: commit) / 30)
            sum += Weight.subject * Double(words.intersection(spoken).count)
            if let related { sum += Weight.related * (inside.map(related.strength).max() ?? 0) }
            if Noise.isCosmetic(commit.subject) { sum += Weight.cosmetic }
            let strength = (chance + 1e-4) * exp(sum)
            var entry = cases[sha] ?? Case(commit: commit)
            entry.strength += strength
            if distance == 0, place.isCrash(in: evidence), let age = evidence.age(of: commit), age <= onset * 86_400 {
                entry.isOnset = true
                entry.reasons.append((strength * 0.99, "the issue began \(Domain.spoken(seconds: age)) after it"))
            }
            entry.reasons.append((strength, Words.changed(place, lines: lines.sorted(), distance: distance)))
            cases[sha] = entry
        }
    }

    /// Where no line is known, the last commits of the file.
    private static func accuseByHistory(_ evidence: Evidence, _ odds: FrameOdds, _ cases: inout [String: Case]) {
        for file in files(evidence, odds) {
            for (rank, commit) in (evidence.histories[file.path] ?? []).enumerated() {
                let age = Weight.age * log1p(evidence.days(since: commit) / 30)
                let strength = file.score * exp(age) / Double(rank + 1)
                cases[commit.sha, default: Case(commit: commit)].strength += strength
                let reason = rank == 0 ? "the latest change to" : "one of the last five changes to"
                cases[commit.sha]?.reasons.append((strength, "\(reason) \(file.path)"))
            }
        }
    }

    private static func rounded(_ score: Double) -> Double { (score * 1000).rounded() / 1000 }

    /// Which lines of a function speak of the same things as the failing one: one that computes what fails there.
    private struct Related {
        private let text: SourceText
        private let line: Int
        private let names: Set<Substring>
        /// In how many lines of the function each name is.
        private var lines: [Substring: Int] = [:]

        init(to line: Int, in text: SourceText, _ function: ClosedRange<Int>) {
            self.text = text
            self.line = line
            names = Identifiers.names(in: text.line(line))
            for number in function {
                for name in Identifiers.names(in: text.line(number)) where names.contains(name) {
                    lines[name, default: 0] += 1
                }
            }
        }

        /// From 0 to 1.
        func strength(_ number: Int) -> Double {
            guard number != line else { return 0 }
            let shared = Identifiers.names(in: text.line(number)).intersection(names)
            return min(1, shared.reduce(0) { $0 + 1 / Double(max(1, lines[$1] ?? 1)) })
        }
    }

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

extension TracedLine {
    /// The first frame that is ours and does not only report.
    fileprivate func isCrash(in evidence: Evidence) -> Bool {
        let crash = evidence.lines.first { !Noise.isReporting($0.frame) && !PathIndex.isSide($0.path) }
        return crash?.path == path && crash?.line == line
    }
}
