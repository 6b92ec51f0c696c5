import Domain

/// From evidence to files and suspects, with reasons in words. Pure: the same evidence, the same answer.
///
/// A suspect's score is the probability that it is the culprit: over all frames, how likely the fault is in the frame's
/// function (`FrameOdds`) times how likely this commit of those that wrote the function is to blame for it. What is
/// missing to 1 is the chance that it is none of them.
struct Ranking: Sendable {
    let files: [Finding.RankedFile]
    let suspects: [Finding.Suspect]
    let handover: Finding.Handover?

    /// How many lines around a frame's line count, whatever the function is.
    static let window = 10

    init(_ evidence: Evidence) {
        let odds = FrameOdds(evidence)
        files = Self.files(evidence, odds)
        suspects = Self.suspects(evidence, odds)
        handover = Finding.Handover(odds.origin, in: evidence)
    }

    /// The lines worth a blame, the likeliest first, before it is known who changed them.
    static func telling(_ evidence: Evidence, atMost count: Int) -> [TracedLine] {
        zip(evidence.lines, FrameOdds(evidence).frames).enumerated()
            .sorted { left, right in
                left.element.1 == right.element.1 ? left.offset < right.offset : left.element.1 > right.element.1
            }
            .prefix(count).map(\.element.0)
    }

    static func files(_ evidence: Evidence, _ odds: FrameOdds) -> [Finding.RankedFile] {
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

    static func rounded(_ score: Double) -> Double { (score * 1000).rounded() / 1000 }
}
