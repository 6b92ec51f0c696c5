import FoundationEssentials
import Testing

@testable import Storage

/// The rule of the limits, which is the same wherever their state is kept.
@Suite(.timeLimit(.minutes(2))) struct LimiterTests {
    enum Place: CaseIterable, Sendable { case memory, redis, shared }

    typealias Take = @Sendable (_ limits: [(name: String, limit: RateLimit)], _ date: Date) async throws -> Duration?

    private let slow = RateLimit(burst: 3, interval: .seconds(10))

    private static func with(_ place: Place, _ body: (@escaping Take) async throws -> Void) async throws {
        let keys = RedisKeys(environment: "test")
        if place == .memory {
            let limiter = MemoryLimiter()
            return try await body { await limiter.take($0, at: $1) }
        }
        try await RedisServer.run { server in
            switch place {
            case .shared:
                let state = SharedState(redis: try server.url(), keys: keys, timeout: .patient)
                try await body { await state.take($0, at: $1) }
            default:
                let limiter = RedisLimiter(redis: Redis(try server.url(), timeout: .patient), keys: keys)
                try await body { try await limiter.take($0, at: $1) }
            }
        }
    }

    @Test(arguments: Place.allCases)
    func `grants a burst, then one each interval, and says how long to wait`(place: Place) async throws {
        try await Self.with(place) { take async throws in
            for _ in 0..<3 { #expect(try await take([("a", slow)], .start) == nil) }
            #expect(try await take([("a", slow)], .start) == .seconds(10))
            // Asking too early costs nothing.
            #expect(try await take([("a", slow)], .start.plus(9.999)) == .milliseconds(1))
            #expect(try await take([("a", slow)], .start.plus(10)) == nil)
            #expect(try await take([("a", slow)], .start.plus(10)) == .seconds(10))
        }
    }

    @Test(arguments: Place.allCases)
    func `saves up a burst and no more`(place: Place) async throws {
        try await Self.with(place) { take async throws in
            for _ in 0..<3 { #expect(try await take([("a", slow)], .start) == nil) }
            for _ in 0..<3 { #expect(try await take([("a", slow)], .start.plus(86_400)) == nil) }
            #expect(try await take([("a", slow)], .start.plus(86_400)) == .seconds(10))
        }
    }

    @Test(arguments: Place.allCases)
    func `takes of all limits or of none`(place: Place) async throws {
        try await Self.with(place) { take async throws in
            let one = RateLimit(burst: 1, interval: .seconds(60))
            #expect(try await take([("one", one)], .start) == nil)
            for _ in 0..<5 { #expect(try await take([("a", slow), ("one", one)], .start) == .seconds(60)) }
            for _ in 0..<3 { #expect(try await take([("a", slow)], .start) == nil) }
            // The longest of the waits.
            #expect(try await take([("a", slow), ("one", one)], .start) == .seconds(60))
        }
    }

    @Test(arguments: Place.allCases)
    func `keeps each name for itself, and grants what nothing limits`(place: Place) async throws {
        try await Self.with(place) { take async throws in
            let one = RateLimit(burst: 1, interval: .seconds(60))
            for name in [RedisKeys.chat(1), RedisKeys.chat(-1), RedisKeys.group(1), RedisKeys.person(1)] {
                #expect(try await take([(name, one)], .start) == nil)
            }
            #expect(try await take([(RedisKeys.chat(1), one)], .start) == .seconds(60))
            #expect(try await take([], .start) == nil)
        }
    }

    @Test(arguments: Place.allCases)
    func `does not close for hours when the clock is set back`(place: Place) async throws {
        try await Self.with(place) { take async throws in
            for _ in 0..<3 { #expect(try await take([("a", slow)], .start.plus(7200)) == nil) }
            #expect(try await take([("a", slow)], .start) == .seconds(10))
            // With two places it may take another interval until both have heard of the new time.
            _ = try await take([("a", slow)], .start.plus(10))
            #expect(try await take([("a", slow)], .start.plus(20)) == nil)
        }
    }

    @Test(arguments: Place.allCases)
    func `grants a hundred tasks together what it grants one after the other`(place: Place) async throws {
        try await Self.with(place) { take async throws in
            let limit = RateLimit(burst: 20, interval: .seconds(1))
            let granted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<100 { group.addTask { try await take([("a", limit)], .start) == nil } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(granted == 20)
        }
    }

    @Test func `leaves no key in Redis for longer than it limits anything`() async throws {
        try await RedisServer.run { server in
            let redis = Redis(try server.url(), timeout: .patient)
            let limiter = RedisLimiter(redis: redis, keys: RedisKeys(environment: "test"))
            #expect(try await limiter.take([("a", slow)], at: .start) == nil)
            guard case .integer(let lifetime) = try await redis.send(["PTTL", "tipline:test:limit:a"]) else { return }
            #expect((1...11_000).contains(lifetime))
        }
    }
}
