import FoundationEssentials

/// When a fatal error that nobody touched is brought up again, once.
package struct Escalation: Sendable, Hashable {
    /// Nil: never.
    package let seconds: Double?

    package static let standard = Escalation(seconds: 15 * 60)

    package init(seconds: Double?) { self.seconds = seconds }

    /// `15m`, `1h`, `off`.
    package init?(text: String) {
        if text == "off" {
            seconds = nil
            return
        }
        guard let period = Period(text: text) else { return nil }
        seconds = Double(period.seconds)
    }

    package func isDue(_ episode: Episode, at now: Date) -> Bool {
        guard let seconds, episode.subject.level == .fatal, episode.place != nil, episode.escalatedAt == nil,
            !episode.isTouched
        else { return false }
        return now.timeIntervalSince(episode.openedAt) >= seconds
    }
}
