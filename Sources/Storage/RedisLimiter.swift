import FoundationEssentials

/// Limits in Redis, which several replicas share.
struct RedisLimiter: Sendable {
    let redis: Redis
    let keys: RedisKeys

    /// As `Limiter.take`, but throws a `RedisError` when Redis cannot say.
    func take(_ limits: [(name: String, limit: RateLimit)], at now: Date) async throws -> Duration? {
        guard !limits.isEmpty else { return nil }
        let arguments =
            [now.milliseconds, RedisKeys.limitGrace.milliseconds]
            + limits.flatMap { [$0.limit.interval.milliseconds, $0.limit.burst] }
        let reply = try await redis.evaluate(
            Self.script, keys: limits.map { keys.limit($0.name) }, arguments: arguments.map { String($0) })
        guard case .integer(let wait) = reply else { throw RedisError.refused("a limit's answer is no number") }
        return wait > 0 ? .milliseconds(wait) : nil
    }

    /// The same rule as in `MemoryLimiter`, as one step for all keys. Times are the caller's, in milliseconds.
    static let script = RedisScript(
        text: """
            local now, grace = tonumber(ARGV[1]), tonumber(ARGV[2])
            local longest = 0
            local full = {}
            local function set(key, time)
                redis.call('SET', key, string.format('%.0f', time), 'PX', string.format('%.0f', time - now + grace))
            end
            for i, key in ipairs(KEYS) do
                local interval, burst = tonumber(ARGV[2 * i + 1]), tonumber(ARGV[2 * i + 2])
                local stored = tonumber(redis.call('GET', key)) or now
                local latest = now + burst * interval
                if stored > latest then
                    stored = latest
                    set(key, stored)
                end
                full[i] = math.max(now, stored)
                longest = math.max(longest, full[i] - (burst - 1) * interval - now)
            end
            if longest > 0 then return longest end
            for i, key in ipairs(KEYS) do set(key, full[i] + tonumber(ARGV[2 * i + 1])) end
            return 0
            """,
        sha1: "a7a80293613aa3d33741fbea17425d1eb9684f53")
}
