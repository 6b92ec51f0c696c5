import FoundationEssentials

/// What happened in a span of time, and what is left to do. Pure: made from what was gathered.
package struct Report: Sendable {
    package let span: ReportSpan
    /// Nil when nobody could count them.
    package let events: Int?
    package let comparisons: [(comparison: Comparison, words: String)]
    package let began: [Episode]
    package let cameBack: [Episode]
    package let resolved: [Episode]
    /// Open at the end of it, and nobody has done anything about it: the oldest first.
    package let untouched: [Episode]
    package let open: Int
    package let byEvents: [(episode: Episode, count: Int)]
    package let byUsers: [(episode: Episode, count: Int)]
    /// When there is more than one project.
    package let noisiest: (project: String, events: Int)?
    package let down: [Monitor]
    /// What is missing in it, as a sentence.
    package let gap: String?

    /// What was gathered.
    package struct Material: Sendable {
        /// Open ones, and those that began or ended within the span.
        package var episodes: [Episode] = []
        package var counts: [Issue.ID: Int] = [:]
        /// By project slug; nil when nobody could count.
        package var events: [String: Int]?
        /// In the order of the span's `earlier`; empty when nobody could count.
        package var earlier: [Int] = []
        package var monitors: [Monitor] = []
        package var gap: String?

        package init() {}
    }

    private static let most = 5

    package init(_ span: ReportSpan, _ material: Material) {
        // What is ignored or muted was put out of sight on purpose.
        let episodes = material.episodes.filter { $0.closing?.how != .ignored && $0.silence == nil && $0.isTold }
        let within = { (date: Date) in date >= span.start && date < span.end }
        self.span = span
        events = material.events?.values.reduce(0, +)
        comparisons = zip(span.earlier, material.earlier).compactMap { [events] earlier, before in
            events.map { (Comparison($0, before: before), earlier.words) }
        }
        began = episodes.filter { $0.cause == .new && within($0.openedAt) }
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
        down = material.monitors.filter { $0.isUp == false }
        gap = material.gap
    }

    /// One line is enough then.
    package var isQuiet: Bool {
        events == 0 && began.isEmpty && cameBack.isEmpty && resolved.isEmpty && down.isEmpty && gap == nil
    }

    private static func top(
        _ episodes: some Sequence<Episode>, by count: (Episode) -> Int
    ) -> [(episode: Episode, count: Int)] {
        Top(most, of: episodes, by: count, then: { String($0.issue.number) }).leaders.map { ($0, count($0)) }
    }
}

extension Episode {
    /// Whether it is of any concern to the chat.
    fileprivate var isTold: Bool {
        switch announcement {
        case .held, .nowhere: false
        case .none, .message, .digest: true
        }
    }
}
