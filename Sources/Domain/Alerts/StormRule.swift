import FoundationEssentials

/// When new issues come so fast that one message each is worse than one for all. Telegram takes 20 a minute in a group.
package enum StormRule {
    /// So many have a message of their own in a minute; the next begins a storm.
    package static let fewest = 5
    package static let window: Double = 60
    /// It is over when nothing joined it for so long.
    package static let calm: Double = 120

    package static func begins(announcedInWindow count: Int) -> Bool { count >= fewest }

    package static func isOver(lastJoinedAt: Date, at now: Date) -> Bool {
        now.timeIntervalSince(lastJoinedAt) >= calm
    }
}
