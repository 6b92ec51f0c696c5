/// A silence that came to its end by itself: what was muted is told again.
package struct ExpiredSilence: Sendable, Hashable {
    package let target: Silence.Target
    /// Events that it held back.
    package let events: Int

    package init(target: Silence.Target, events: Int) {
        self.target = target
        self.events = events
    }
}
