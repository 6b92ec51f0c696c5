import Domain
import FoundationEssentials

/// What was gathered about one event.
struct Evidence: Sendable {
    /// The crash first.
    var lines: [TracedLine] = []
    /// By path.
    var texts: [String: SourceText] = [:]
    /// By path; without the commits of `ignored`, as far as git knows who came before them.
    var blames: [String: Blame] = [:]
    /// By path, newest first; only of files without a known line.
    var histories: [String: [Commit]] = [:]
    /// Files that no frame is in, by how often they changed together with the frames' files: 1 when always.
    var companions: [String: Double] = [:]
    /// What the messages say is lacking something, and the files that define it.
    var lacking = Lacking([])
    var defining: Set<String> = []
    /// They change nothing of what the code does.
    var ignored = IgnoredCommits()
    /// Whether memory was not given back: the frames then tell who took it.
    var isLeak = false
    /// When it happened; a commit long before is a little less likely.
    var now: Date
    var seen: FrameStatistics
    /// When the issue began; nil for an event without one.
    var firstSeen: Date?

    /// How old the commit was when the issue began, in seconds; nil for one that came later.
    func age(of commit: Commit) -> Double? {
        guard let firstSeen, firstSeen >= commit.date else { return nil }
        return firstSeen.timeIntervalSince(commit.date)
    }

    func days(since commit: Commit) -> Double { max(0, now.timeIntervalSince(commit.date) / 86400) }

    /// By commit, how many lines in a row it wrote at most, in all that was blamed.
    func longestRuns() -> [String: Int] {
        var longest: [String: Int] = [:]
        for blame in blames.values {
            for (sha, lines) in Dictionary(grouping: blame.lines, by: \.sha) {
                let run = lines.map(\.line).sorted().runs.map(\.count).max() ?? 0
                longest[sha] = max(run, longest[sha] ?? 0)
            }
        }
        return longest
    }
}
