import FoundationEssentials
import Testing

@testable import Storage

/// What a cache promises, wherever it is kept.
@Suite(.timeLimit(.minutes(2))) struct CacheTests {
    enum Place: CaseIterable, Sendable { case memory, redis }

    private static func with(_ place: Place, _ body: (any Cache) async throws -> Void) async throws {
        switch place {
        case .memory: try await body(MemoryCache())
        case .redis:
            try await RedisServer.run { try await body(RedisCache(Redis(try $0.url(), timeout: .patient))) }
        }
    }

    @Test(arguments: Place.allCases)
    func `gives back what it was given, to the byte`(place: Place) async throws {
        try await Self.with(place) { cache in
            let values: [[UInt8]] = [[], [0, 13, 10], Array(repeating: 7, count: 1_000_000)]
            for (number, value) in values.enumerated() {
                await cache.set(value, for: "key:\(number)", lifetime: .seconds(60))
            }
            for (number, value) in values.enumerated() {
                let isSame = await cache.value(for: "key:\(number)") == value
                #expect(isSame)
            }
            #expect(await cache.value(for: "none") == nil)
        }
    }

    @Test(arguments: Place.allCases)
    func `keeps the newest value of a key`(place: Place) async throws {
        try await Self.with(place) { cache in
            await cache.set([1], for: "a", lifetime: .seconds(60))
            await cache.set([2], for: "a", lifetime: .seconds(60))
            #expect(await cache.value(for: "a") == [2])
        }
    }

    @Test func `forgets in Redis after the lifetime`() async throws {
        try await RedisServer.run { server in
            let redis = Redis(try server.url(), timeout: .patient)
            await RedisCache(redis).set([1], for: "a", lifetime: RedisKeys.investigationLifetime)
            guard case .integer(let left) = try await redis.send(["PTTL", "a"]) else { return }
            #expect((86_000_000...86_400_000).contains(left))
        }
    }

    @Test func `forgets in memory after the lifetime`() async throws {
        let clock = TestClock()
        let cache = MemoryCache(now: clock.now)
        await cache.set([1], for: "a", lifetime: .seconds(60))
        clock.advance(by: 59)
        #expect(await cache.value(for: "a") == [1])
        clock.advance(by: 1)
        #expect(await cache.value(for: "a") == nil)
    }

    @Test func `drops the oldest when memory is full`() async {
        let cache = MemoryCache(limit: 100)
        for key in ["a", "b", "c"] { await cache.set(Array(repeating: 0, count: 30), for: key, lifetime: .seconds(60)) }
        // Written anew: now the youngest.
        await cache.set(Array(repeating: 1, count: 30), for: "a", lifetime: .seconds(60))
        await cache.set(Array(repeating: 0, count: 30), for: "d", lifetime: .seconds(60))
        #expect(await cache.value(for: "b") == nil)
        for key in ["a", "c", "d"] { #expect(await cache.value(for: key)?.count == 30) }
    }

    @Test func `does not empty itself for what never fits`() async {
        let cache = MemoryCache(limit: 100)
        await cache.set([1], for: "a", lifetime: .seconds(60))
        await cache.set(Array(repeating: 0, count: 101), for: "large", lifetime: .seconds(60))
        #expect(await cache.value(for: "large") == nil)
        #expect(await cache.value(for: "a") == [1])
    }
}
