import FoundationEssentials

/// What happened in a span of time, and what is left to do. Pure: made from what was gathered.
package struct Report: Sendable {
    package let span: ReportSpan
    /// The slug of the only project that it is about.
    package let project: String?
    /// Nil when nobody could count them.
    package let events: Int?
    package let comparisons: [(comparison: Comparison, words: String)]
    package let began: [Episode]
    /// New issues then and now, as far as we were there then.
    package let newCompared: [(comparison: Comparison, words: String)]
    package let cameBack: [Episode]
    package let resolved: [Episode]
    /// Open at the end of it, and nobody has done anything about it: the oldest first.
    package let untouched: [Episode]
    package let open: Int
    package let byEvents: [(episode: Episode, count: Int)]
    package let byUsers: [(episode: Episode, count: Int)]
    /// When there is more than one project.
    package let noisiest: (project: String, events: Int)?
    package let monitors: Int
    package let down: [Monitor]
    /// Those that were down, and came up again since the span began.
    package let upAgain: [Monitor]
    /// For its picture; nil when there is nothing to draw, or not all of it is known.
    package let hours: HourlyCounts?
    /// First seen within the span.
    package let releases: [Release]
    /// What is missing in it, as a sentence.
    package let gap: String?

    /// What was gathered.
    package struct Material: Sendable {
        /// Open ones, and those that began or ended within the span.
        package var episodes: [Episode] = []
        /// The slug, when it is only about one.
        package var project: String?
        package var counts: [Issue.ID: Int] = [:]
        /// By project slug; nil when nobody could count.
        package var events: [String: Int]?
        /// In the order of the span's `earlier`; nil where nobody could count.
        package var earlier: [Int?] = []
        /// Those that began then, in the same order; nil where nobody watched.
        package var earlierEpisodes: [[Episode]?] = []
        package var hours: HourlyCounts?
        package var releases: [Release] = []
        package var monitors: [Monitor] = []
        package var gap: String?

        package init() {}
    }

    private static let most = 5

    package init(_ span: ReportSpan, _ material: Material) {
        let episodes = material.episodes.filter(\.counts)
        let within = { (date: Date) in date >= span.start && date < span.end }
        self.span = span
        events = material.events?.values.reduce(0, +)
        project = material.project
        comparisons = zip(span.earlier, material.earlier).compactMap { [events] earlier, before in
            guard let events, let before else { return nil }
            return (Comparison(events, before: before), earlier.words)
        }
        began = episodes.filter { $0.cause == .new && within($0.openedAt) }
        newCompared = zip(span.earlier, material.earlierEpisodes).compactMap { [began] earlier, episodes in
            episodes.map { episodes in
                let before = episodes.count {
                    $0.counts && $0.cause == .new && (earlier.start..<earlier.end).contains($0.openedAt)
                }
                return (Comparison(began.count, before: before), earlier.words)
            }
        }
        cameBack = episodes.filter { if case .regressed = $0.cause { within($0.openedAt) } else { false } }
        resolved = episodes.filter { $0.closing?.how == .resolved && $0.closing.map { within($0.touch.at) } == true }
        let open = episodes.filter { $0.closing.map { $0.touch.at >= span.end } ?? true }
        self.open = open.count
        untouched = open.filter { !$0.isTouched }.sorted { ($0.openedAt, $0.issue) < ($1.openedAt, $1.issue) }
        let latest = Dictionary(episodes.map { ($0.issue, $0) }) { $0.number > $1.number ? $0 : $1 }
        // All of it happened in this time then; our own counts begin with the first look.
        let count = { (episode: Episode) in
            within(episode.subject.firstSeen) && within(episode.subject.lastSeen)
                ? episode.subject.count : material.counts[episode.issue] ?? 0
        }
        byEvents = Self.top(latest.values, by: count)
        byUsers = Self.top(latest.values) { count($0) == 0 ? 0 : $0.details?.users ?? 0 }
        let projects = Top(1, of: material.events ?? [:], by: \.value, then: \.key)
        noisiest = (material.events?.count ?? 0) > 1 ? projects.leaders.first.map { ($0.key, $0.value) } : nil
        let monitors = material.monitors.filter { $0.isUp != nil }
        self.monitors = monitors.count
        down = monitors.filter { $0.isUp == false }
        upAgain = monitors.filter { $0.isUp == true && $0.wasDown(since: span.start) }
        hours = material.hours.flatMap { $0.total > 0 ? $0 : nil }
        releases = material.releases
        gap = material.gap
    }

    /// One line is enough then.
    package var isQuiet: Bool {
        events == 0 && began.isEmpty && cameBack.isEmpty && resolved.isEmpty && down.isEmpty && upAgain.isEmpty
            && gap == nil
    }

    private static func top(
        _ episodes: some Sequence<Episode>, by count: (Episode) -> Int
    ) -> [(episode: Episode, count: Int)] {
        Top(most, of: episodes, by: count, then: { String($0.issue.number) }).leaders.map { ($0, count($0)) }
    }
}

extension Monitor {
    /// The first check of a new one is a change as well.
    fileprivate func wasDown(since start: Date) -> Bool {
        guard let lastChange, lastChange >= start else { return false }
        return created.map { lastChange.timeIntervalSince($0) > 600 } ?? true
    }
}

extension Episode {
    /// What is ignored or muted was put out of sight on purpose.
    fileprivate var counts: Bool { closing?.how != .ignored && silence == nil && isTold }

    /// Whether it is of any concern to the chat.
    fileprivate var isTold: Bool {
        switch announcement {
        case .held, .nowhere: false
        case .none, .message, .digest: true
        }
    }
}
