import FoundationEssentials

/// Keeps bytes for a while; losing them costs time, nothing else.
package protocol Cache: Sendable {
    func value(for key: String) async -> [UInt8]?
    func set(_ bytes: [UInt8], for key: String, lifetime: Duration) async
}

/// The cache in Redis. While Redis is away it is empty.
package struct RedisCache: Cache {
    private let redis: Redis

    package init(_ redis: Redis) { self.redis = redis }

    package func value(for key: String) async -> [UInt8]? {
        // Redis itself tells `changed` that it is away; to whoever asks it is a miss.
        guard case .string(let bytes)? = try? await redis.send(["GET", key]) else { return nil }
        return bytes
    }

    package func set(_ bytes: [UInt8], for key: String, lifetime: Duration) async {
        let words = [
            Array("SET".utf8), Array(key.utf8), bytes, Array("PX".utf8), Array(String(lifetime.milliseconds).utf8),
        ]
        _ = try? await redis.send(words)
    }
}

/// The cache of a bot without Redis: in memory, the oldest go first when it is full.
package actor MemoryCache: Cache {
    private let limit: Int
    private let now: @Sendable () -> Date
    private var entries: [String: (bytes: [UInt8], until: Date)] = [:]
    private var order: [String] = []
    private var size = 0

    /// `limit` in bytes.
    package init(limit: Int = 4 << 20, now: @escaping @Sendable () -> Date = { Date() }) {
        self.limit = limit
        self.now = now
    }

    package func value(for key: String) -> [UInt8]? {
        guard let entry = entries[key] else { return nil }
        guard entry.until > now() else {
            remove(key)
            return nil
        }
        return entry.bytes
    }

    package func set(_ bytes: [UInt8], for key: String, lifetime: Duration) {
        remove(key)
        guard bytes.count <= limit else { return }
        entries[key] = (bytes, now().addingTimeInterval(Double(lifetime.milliseconds) / 1000))
        order.append(key)
        size += bytes.count
        while size > limit, let oldest = order.first { remove(oldest) }
    }

    private func remove(_ key: String) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        order.removeAll { $0 == key }
        size -= entry.bytes.count
    }
}

extension Duration {
    var milliseconds: Int { Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000) }
}
