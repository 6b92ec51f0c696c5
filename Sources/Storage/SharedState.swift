import FoundationEssentials

/// What need not survive, but is best shared by all replicas: the cache and the state of the limits.
///
/// In Redis when there is one. While Redis is away nothing breaks: the cache is empty, limits are kept in memory.
/// Without Redis both are in memory. It logs nothing; `changed` is told when Redis goes and when it is back.
package struct SharedState: Sendable, Cache, Limiter {
    private let redis: Redis?
    private let cache: any Cache
    private let shared: RedisLimiter?
    private let own = MemoryLimiter()

    /// `url` nil: everything is in memory.
    package init(
        redis url: RedisURL?, keys: RedisKeys, timeout: Duration = .seconds(1),
        now: @escaping @Sendable () -> Date = { Date() },
        changed: @escaping @Sendable (Redis.State) -> Void = { _ in }
    ) {
        redis = url.map { Redis($0, timeout: timeout, probe: keys.probe, now: now, changed: changed) }
        cache = redis.map { RedisCache($0) } ?? MemoryCache(now: now)
        shared = redis.map { RedisLimiter(redis: $0, keys: keys) }
    }

    /// Whether Redis is there, since when, and why not; nil when none is configured.
    package func status() async -> Redis.State? { await redis?.state() }

    /// The same, once the first attempt to connect has come to an end.
    package func settledStatus() async -> Redis.State? {
        var state = await status()
        while case .connecting = state, !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(20))
            state = await status()
        }
        return state
    }

    package func value(for key: String) async -> [UInt8]? { await cache.value(for: key) }

    package func set(_ bytes: [UInt8], for key: String, lifetime: Duration) async {
        await cache.set(bytes, for: key, lifetime: lifetime)
    }

    /// Memory is asked first, and notes what Redis is asked for: so a limit holds in the moment when Redis goes away,
    /// and in the moment when it comes back empty.
    package func take(_ limits: [(name: String, limit: RateLimit)], at now: Date) async -> Duration? {
        if let wait = await own.take(limits, at: now) { return wait }
        guard let shared else { return nil }
        do {
            guard let wait = try await shared.take(limits, at: now) else { return nil }
            await own.giveBack(limits)
            return wait
        } catch {
            // Redis is away: memory has said yes.
            return nil
        }
    }
}
