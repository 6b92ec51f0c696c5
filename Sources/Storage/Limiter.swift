import FoundationEssentials

/// How often something may happen: `burst` at once, and one more every `interval`.
package struct RateLimit: Sendable, Hashable {
    package let burst: Int
    package let interval: Duration

    /// `burst` is one at least; `interval` counts in whole milliseconds.
    package init(burst: Int, interval: Duration) {
        self.burst = max(1, burst)
        self.interval = max(.milliseconds(1), interval)
    }
}

/// Grants what limits allow.
package protocol Limiter: Sendable {
    /// Takes a share of all limits together, or of none: nil when granted, else how long to wait and ask again.
    ///
    /// Each limit has a name, such as `RedisKeys.chat(-1001)`; those with the same name are one. The time is the
    /// caller's, so that a test can choose it. Never fails: without Redis the limits are kept in memory.
    func take(_ limits: [(name: String, limit: RateLimit)], at now: Date) async -> Duration?
}
