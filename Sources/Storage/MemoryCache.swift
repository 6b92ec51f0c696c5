import FoundationEssentials

/// The cache of a bot without Redis: in memory, the oldest go first when it is full.
package actor MemoryCache: Cache {
    private let limit: Int
    private let now: @Sendable () -> Date
    private var entries: [String: (bytes: [UInt8], until: Date)] = [:]
    /// The keys, the oldest first.
    private var order: [String] = []
    private var size = 0

    /// `limit` in bytes, keys included.
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
        let cost = key.utf8.count + bytes.count
        guard cost <= limit else { return }
        entries[key] = (bytes, now().addingTimeInterval(Double(lifetime.milliseconds) / 1000))
        order.append(key)
        size += cost
        while size > limit, let oldest = order.first { remove(oldest) }
    }

    private func remove(_ key: String) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        order.removeAll { $0 == key }
        size -= key.utf8.count + entry.bytes.count
    }
}
