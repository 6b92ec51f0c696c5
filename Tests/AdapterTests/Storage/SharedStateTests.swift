import FoundationEssentials
import Testing

@testable import Storage

/// The cache and the limits of a bot whose Redis comes and goes.
@Suite(.timeLimit(.minutes(2))) struct SharedStateTests {
    private let keys = RedisKeys(environment: "test")
    private let three = RateLimit(burst: 3, interval: .seconds(10))

    @Test func `is in memory when no Redis is configured`() async {
        let state = SharedState(redis: nil, keys: keys)
        #expect(await state.status() == nil)
        #expect(await state.settledStatus() == nil)
        await state.set([1], for: "a", lifetime: .seconds(60))
        #expect(await state.value(for: "a") == [1])
        for _ in 0..<3 { #expect(await state.take([("a", three)], at: .start) == nil) }
        #expect(await state.take([("a", three)], at: .start) == .seconds(10))
    }

    @Test func `goes on without a cache and with limits in memory when Redis was never there`() async throws {
        try await TemporaryFolder.run { folder in
            let url = try RedisURL(text: "unix://\(folder.file("none.sock"))")
            let state = SharedState(redis: url, keys: keys, timeout: .patient)
            #expect(await state.settledStatus()?.reason == "No such file or directory")
            await state.set([1], for: "a", lifetime: .seconds(60))
            #expect(await state.value(for: "a") == nil)
            for _ in 0..<3 { #expect(await state.take([("a", three)], at: .start) == nil) }
            #expect(await state.take([("a", three)], at: .start) == .seconds(10))
        }
    }

    @Test func `keeps its limits when Redis goes and when it comes back empty, and tells each once`() async throws {
        try await RedisServer.run { server in
            var changes = StateChanges()
            let state = SharedState(redis: try server.url(), keys: keys, timeout: .patient, changed: changes.tell)
            #expect(await state.settledStatus()?.isConnected == true)
            #expect(await changes.next()?.isConnected == true)
            await state.set([1], for: "a", lifetime: .seconds(60))
            #expect(await state.value(for: "a") == [1])
            #expect(await state.take([("a", three)], at: .start) == nil)

            await server.kill()
            #expect(await changes.next()?.reason != nil)
            #expect(await state.value(for: "a") == nil)
            for _ in 0..<2 { #expect(await state.take([("a", three)], at: .start) == nil) }
            #expect(await state.take([("a", three)], at: .start) == .seconds(10))

            try await server.start()
            // The attempts in between failed, and were not told.
            #expect(await changes.next()?.isConnected == true)
            #expect(await state.value(for: "a") == nil)
            #expect(await state.take([("a", three)], at: .start) == .seconds(10))
            #expect(await state.take([("a", three)], at: .start.plus(10)) == nil)
            await state.set([2], for: "a", lifetime: .seconds(60))
            #expect(await state.value(for: "a") == [2])
        }
    }

    @Test func `grants no more than the limit while Redis restarts in the middle of everybody's work`() async throws {
        try await RedisServer.run { server in
            let state = SharedState(redis: try server.url(), keys: keys, timeout: .patient)
            let limit = RateLimit(burst: 1000, interval: .seconds(10))
            let granted = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        var granted = 0
                        for _ in 0..<200 where await state.take([("a", limit)], at: .start) == nil { granted += 1 }
                        return granted
                    }
                }
                for _ in 0..<3 {
                    await server.kill()
                    try await server.start()
                }
                return try await group.reduce(0, +)
            }
            #expect(granted == 1000)
        }
    }

    @Test func `shares limits and cache with the replicas of its environment, and with no other`() async throws {
        try await RedisServer.run { server in
            let states = try [keys, keys, RedisKeys(environment: "staging")].map {
                SharedState(redis: try server.url(), keys: $0, timeout: .patient)
            }
            for _ in 0..<3 { #expect(await states[0].take([("a", three)], at: .start) == nil) }
            #expect(await states[1].take([("a", three)], at: .start) == .seconds(10))
            // What another replica used up costs this one nothing of its own.
            #expect(await states[1].take([("a", three)], at: .start.plus(10)) == nil)
            #expect(await states[2].take([("a", three)], at: .start) == nil)
        }
    }

    @Test func `writes keys that name the environment and what they are for`() {
        #expect(
            keys.investigation(issue: 42, event: "e1", head: "abc", version: "1.0")
                == "tipline:test:investigation:42:e1:abc:1.0")
        #expect(keys.limit(RedisKeys.chat(-1001)) == "tipline:test:limit:chat:-1001")
        #expect(keys.probe == "tipline:test:probe")
    }
}
