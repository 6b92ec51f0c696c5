/// The cache in Redis. While Redis is away it is empty and takes nothing; `Redis.state` says so.
package struct RedisCache: Cache {
    private let redis: Redis

    package init(_ redis: Redis) { self.redis = redis }

    package func value(for key: String) async -> [UInt8]? {
        do {
            guard case .string(let bytes) = try await redis.send(["GET", key]) else { return nil }
            return bytes
        } catch {
            return nil
        }
    }

    package func set(_ bytes: [UInt8], for key: String, lifetime: Duration) async {
        let milliseconds = String(max(1, lifetime.milliseconds))
        do {
            try await redis.send([
                Array("SET".utf8), Array(key.utf8), bytes, Array("PX".utf8), Array(milliseconds.utf8),
            ])
        } catch {
            // Not kept: the next one who asks does the work again.
        }
    }
}
