import FoundationEssentials

/// How often something may happen: `burst` at once, and one more every `interval`.
package struct RateLimit: Sendable, Hashable {
    /// Whose limit it is: `chat:-1001`, `person:17`.
    package let name: String
    package let burst: Int
    package let interval: Duration

    package init(_ name: String, burst: Int, every interval: Duration) {
        self.name = name
        self.burst = burst
        self.interval = interval
    }
}

/// Grants what limits allow.
package protocol Limiter: Sendable {
    /// Takes a share of all limits together, or of none: nil when granted, else how long to wait and ask again.
    func take(_ limits: [RateLimit], at now: Date) async -> Duration?
}

/// Limits in memory, by the generic cell rate algorithm: for each limit only the time at which it is empty again.
package actor MemoryLimiter: Limiter {
    private var emptyAt: [String: Double] = [:]

    package init() {}

    package func take(_ limits: [RateLimit], at now: Date) -> Duration? {
        let now = (now.timeIntervalSince1970 * 1000).rounded()
        if emptyAt.count > 10_000 { emptyAt = emptyAt.filter { $0.value > now } }
        var wait = 0.0
        for limit in limits {
            let full = max(now, emptyAt[limit.name] ?? now)
            wait = max(wait, full - Double(limit.burst - 1) * Double(limit.interval.milliseconds) - now)
        }
        guard wait <= 0 else { return .milliseconds(Int(wait)) }
        for limit in limits {
            emptyAt[limit.name] = max(now, emptyAt[limit.name] ?? now) + Double(limit.interval.milliseconds)
        }
        return nil
    }
}

/// Limits in Redis, which several replicas share; in memory while Redis is away.
package struct RedisLimiter: Limiter {
    private let redis: Redis
    private let keys: RedisKeys
    private let substitute = MemoryLimiter()

    package init(_ redis: Redis, keys: RedisKeys) {
        self.redis = redis
        self.keys = keys
    }

    package func take(_ limits: [RateLimit], at now: Date) async -> Duration? {
        let milliseconds = String(Int((now.timeIntervalSince1970 * 1000).rounded()))
        let arguments = [milliseconds] + limits.flatMap { [String($0.interval.milliseconds), String($0.burst)] }
        do {
            let reply = try await redis.evaluate(
                Self.script, keys: limits.map { keys.limit($0.name) }, arguments: arguments)
            guard case .integer(let wait) = reply, wait > 0 else { return nil }
            return .milliseconds(wait)
        } catch {
            // Redis itself tells `changed` that it is away.
            return await substitute.take(limits, at: now)
        }
    }

    /// The same rule as `MemoryLimiter`, as one step for all keys. Times are the caller's, in milliseconds.
    static let script = RedisScript(
        text: """
            local now = tonumber(ARGV[1])
            local wait = 0
            local full = {}
            for i, key in ipairs(KEYS) do
                local interval, burst = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
                full[i] = math.max(now, tonumber(redis.call('GET', key)) or now)
                wait = math.max(wait, full[i] - (burst - 1) * interval - now)
            end
            if wait > 0 then return wait end
            for i, key in ipairs(KEYS) do
                local interval = tonumber(ARGV[2 * i])
                local at = full[i] + interval
                redis.call('SET', key, string.format('%.0f', at), 'PX', string.format('%.0f', at - now + 1000))
            end
            return 0
            """,
        sha1: "5920ebf364c016097095ef2983a8a5ea7132130a")
}
