import Domain
import FoundationEssentials
import Glibc

/// The commits that wrote the lines of the trace, as suspects.
extension Ranking {
    /// From here on a suspect is called likely. Of 766 real bugs 15 in 100 had such a suspect, and four of five of these
    /// were right (Benchmarks has the half that is kept apart). Nor is there a doubt when an issue began within
    /// days of the commit that wrote its very line, and no other commit is as strong.
    private static let likely = 0.62

    /// Fitted on the same bugs as `FrameOdds`: the right commits are those that wrote what the fix took away.
    private enum Weight {
        /// How near the nearest of its lines is: falls to a third in three lines.
        static let near = 2.29
        /// Months since (log).
        static let age = -0.29
        /// Its subject speaks of style, names or moves.
        static let cosmetic = -0.13
        // This and the next were fitted beside the others on the 766.

        /// It takes another commit back.
        static let revert = -3.0
        /// It has no parent in the clone: it brought what was written elsewhere.
        static let root = -1.6
        /// For each word that its subject shares with the names of the trace's functions.
        static let subject = 0.16
        /// Its lines use what the failing line uses, the rarer the more.
        static let related = 0.21
        /// How many commits wrote the function (log): the more, the less each.
        static let crowd = -0.49
        /// How many lines of the function it wrote (log).
        static let amount = 0.45
        /// How long its longest run of lines is, in all that was blamed (log): new code, not a touch here and there.
        static let run = 0.16
        /// It wrote the very line of the crash, and the issue began within days. The bugs above have no first day, so
        /// this is not fitted: as much as makes up for who wrote all the rest of a function.
        static let onset = 1.5
        /// None of them.
        static let nobody = 0.71
    }

    private struct Case {
        let commit: Commit
        var strength = 0.0
        /// Wrote the line of the crash just before the issue began.
        var isOnset = false
        var reasons: [(strength: Double, text: String)] = []
    }

    static func suspects(_ evidence: Evidence, _ odds: FrameOdds) -> [Finding.Suspect] {
        var cases: [String: Case] = [:]
        let names = evidence.lines.map(\.frame).filter { !Noise.isReporting($0) }.compactMap(\.function)
        let spoken = Identifiers.words(in: names.prefix(60).joined(separator: " "))
        let runs = evidence.longestRuns()
        for (place, chance) in zip(evidence.lines, odds.frames) {
            accuse(place, chance, spoken, runs, evidence, &cases)
        }
        accuseByHistory(evidence, odds, &cases)

        // Who wrote the rest may be likelier.
        let isWhole = evidence.blames.values.allSatisfy { !$0.isCut }
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
                isLikely: isOnset || (isWhole && entry.strength / all >= likely),
                reasons: Reading.unique(entry.reasons.sorted { $0.strength > $1.strength }.map(\.text), atMost: 3))
        }
    }

    /// All commits that wrote code of the frame's function or around its line, each by its nearest line.
    private static func accuse(
        _ place: TracedLine, _ chance: Double, _ spoken: Set<String>, _ runs: [String: Int], _ evidence: Evidence,
        _ cases: inout [String: Case]
    ) {
        guard let function = place.lines, let blame = evidence.blames[place.path] else { return }
        let text = evidence.texts[place.path]
        var lines: [String: [Int]] = [:]
        for blamed in blame.lines where function.contains(blamed.line) || place.distance(blamed.line) <= window {
            guard blamed.line == place.line || text?.isSilent(blamed.line) != true else { continue }
            lines[blamed.sha, default: []].append(blamed.line)
        }
        let related = text.flatMap { text in place.line.map { Related(to: $0, in: text, function) } }
        for (sha, written) in lines {
            guard let commit = blame.commits[sha], !evidence.ignored.shas.contains(sha) else { continue }
            let distance = written.map(place.distance).min() ?? 0
            let inside = written.filter(function.contains)
            let words = Identifiers.words(in: commit.subject)
            var sum = Weight.near * exp(-Double(distance) / 3) + Weight.age * log1p(evidence.days(since: commit) / 30)
            sum += Weight.crowd * log1p(Double(lines.count)) + Weight.run * log1p(Double(runs[sha] ?? 0))
            sum += Weight.subject * Double(words.intersection(spoken).count)
            sum += Weight.amount * log1p(Double(inside.count))
            if let related { sum += Weight.related * (inside.map(related.strength).max() ?? 0) }
            if Noise.isCosmetic(commit.subject) { sum += Weight.cosmetic }
            if Noise.isRevert(commit.subject) { sum += Weight.revert }
            if blame.roots.contains(sha) { sum += Weight.root }
            let onset = distance == 0 && place.isCrash(in: evidence) ? evidence.onset(after: commit) : nil
            if onset != nil { sum += Weight.onset }
            let strength = (chance + 1e-4) * exp(sum)
            var entry = cases[sha] ?? Case(commit: commit)
            entry.strength += strength
            if let onset {
                entry.isOnset = true
                entry.reasons.append((strength * 0.99, "the issue began \(Domain.spoken(seconds: onset)) after it"))
            }
            entry.reasons.append((strength, Words.changed(place, lines: written.sorted(), distance: distance)))
            cases[sha] = entry
        }
    }

    /// Where no line is known, the last commits of the file.
    private static func accuseByHistory(_ evidence: Evidence, _ odds: FrameOdds, _ cases: inout [String: Case]) {
        for file in files(evidence, odds) {
            let commits = (evidence.histories[file.path] ?? []).filter { !evidence.ignored.shas.contains($0.sha) }
            for (rank, commit) in commits.enumerated() {
                let age = Weight.age * log1p(evidence.days(since: commit) / 30)
                let strength = file.score * exp(age) / Double(rank + 1)
                cases[commit.sha, default: Case(commit: commit)].strength += strength
                let reason = rank == 0 ? "the latest change to" : "one of the last five changes to"
                cases[commit.sha]?.reasons.append((strength, "\(reason) \(file.path)"))
            }
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

extension Evidence {
    // A change that is merely new was right in one case of six.
    private static let soon = 7.0 * 86_400

    /// How long after the commit the issue began, in seconds, when that was within days.
    fileprivate func onset(after commit: Commit) -> Double? { age(of: commit).flatMap { $0 <= Self.soon ? $0 : nil } }
}
