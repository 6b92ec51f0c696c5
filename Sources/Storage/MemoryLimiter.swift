import FoundationEssentials

/// Limits in memory, by the generic cell rate algorithm: for each limit only the time at which its bucket is full
/// again. `RedisLimiter` follows the same rule, to the millisecond.
package actor MemoryLimiter: Limiter {
    private static let mostNames = 10_000

    /// In milliseconds since 1970.
    private var fullAt: [String: Int] = [:]

    package init() {}

    package func take(_ limits: [(name: String, limit: RateLimit)], at now: Date) -> Duration? {
        if let wait = wait(for: limits, at: now) { return wait }
        note(limits, at: now)
        return nil
    }

    /// How long until all limits together would be granted; nil for now. Takes nothing.
    func wait(for limits: [(name: String, limit: RateLimit)], at now: Date) -> Duration? {
        let now = now.milliseconds
        let waits = limits.map { name, limit in
            fullAt(name, limit, now) - (limit.burst - 1) * limit.interval.milliseconds - now
        }
        guard let longest = waits.max(), longest > 0 else { return nil }
        return .milliseconds(longest)
    }

    /// Takes a share that somebody else granted.
    func note(_ limits: [(name: String, limit: RateLimit)], at now: Date) {
        let now = now.milliseconds
        let next = limits.map { name, limit in (name, fullAt(name, limit, now) + limit.interval.milliseconds) }
        for (name, time) in next { fullAt[name] = time }
        if fullAt.count > Self.mostNames { fullAt = fullAt.filter { $0.value > now } }
    }

    /// Not later than a whole bucket from now: a clock that was set back must not close a chat for hours.
    private func fullAt(_ name: String, _ limit: RateLimit, _ now: Int) -> Int {
        min(max(now, fullAt[name] ?? now), now + limit.burst * limit.interval.milliseconds)
    }
}

extension Date {
    var milliseconds: Int { Int((timeIntervalSince1970 * 1000).rounded()) }
}

extension Duration {
    var milliseconds: Int { Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000) }
}
