import FoundationEssentials

/// Limits in memory, by the generic cell rate algorithm: for each limit only the time at which its bucket is full
/// again. `RedisLimiter` follows the same rule, to the millisecond.
package actor MemoryLimiter: Limiter {
    private static let mostNames = 10_000

    /// In milliseconds since 1970.
    private var fullAt: [String: Int] = [:]

    package init() {}

    package func take(_ limits: [(name: String, limit: RateLimit)], at now: Date) -> Duration? {
        let now = now.milliseconds
        let times = limits.map { name, limit in (name, limit, fullAt(name, limit, now)) }
        let longest = times.map { _, limit, full in full - (limit.burst - 1) * limit.interval.milliseconds - now }.max()
        if let longest, longest > 0 { return .milliseconds(longest) }
        for (name, limit, full) in times { fullAt[name] = full + limit.interval.milliseconds }
        if fullAt.count > Self.mostNames { fullAt = fullAt.filter { $0.value > now } }
        return nil
    }

    /// Takes a `take` back whose share was not used.
    func giveBack(_ limits: [(name: String, limit: RateLimit)]) {
        for (name, limit) in limits { fullAt[name]? -= limit.interval.milliseconds }
    }

    /// Not later than a whole bucket from now: a clock that was set back must not close a chat for hours.
    private func fullAt(_ name: String, _ limit: RateLimit, _ now: Int) -> Int {
        guard let time = fullAt[name] else { return now }
        let latest = now + limit.burst * limit.interval.milliseconds
        if time > latest { fullAt[name] = latest }
        return min(max(now, time), latest)
    }
}

extension Date {
    var milliseconds: Int { Int((timeIntervalSince1970 * 1000).rounded()) }
}

extension Duration {
    var milliseconds: Int { Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000) }
}
