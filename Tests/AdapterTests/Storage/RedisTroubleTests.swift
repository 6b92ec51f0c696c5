import FoundationEssentials
import Glibc
import Testing

@testable import Storage

/// Redis that goes away, hangs or is ill: nobody waits for ever, and it is back when it is back.
@Suite(.timeLimit(.minutes(2))) struct RedisTroubleTests {
    @Test func `is away when there never was one, and says so`() async throws {
        try await TemporaryFolder.run { folder in
            var changes = StateChanges()
            let redis = Redis(
                try RedisURL(text: "unix://\(folder.file("none.sock"))"), timeout: .patient, changed: changes.tell)
            await #expect(throws: RedisError.unavailable("No such file or directory")) {
                try await redis.send(["PING"])
            }
            #expect(await changes.next()?.reason == "No such file or directory")
        }
    }

    @Test func `is away when nobody listens on the port`() async throws {
        let (listener, port) = try RoughServer.listen()
        close(listener)
        let redis = Redis(try RedisURL(text: "redis://127.0.0.1:\(port)"), timeout: .patient)
        await #expect(throws: RedisError.unavailable("Connection refused")) { try await redis.send(["PING"]) }
    }

    @Test(arguments: [(":hunter2@", "WRONGPASS"), ("", "NOAUTH")])
    func `says that the password is wrong, and not which; is there when it is right`(
        login: String, reason: String
    ) async throws {
        try await RedisServer.run("--requirepass", "right") { server in
            var changes = StateChanges()
            let redis = Redis(
                try RedisURL(text: "unix://\(login)\(server.socket)"), timeout: .patient, changed: changes.tell)
            let words = try #require(await changes.next()?.reason)
            #expect(words.hasPrefix(reason) && !words.contains("hunter2"))
            await #expect(throws: RedisError.unavailable(words)) { try await redis.send(["PING"]) }

            let admin = Redis(try RedisURL(text: "unix://:right@\(server.socket)"), timeout: .patient)
            try await admin.send(["CONFIG", "SET", "requirepass", login.isEmpty ? "" : "hunter2"])
            #expect(await changes.next()?.isConnected == true)
        }
    }

    @Test func `tells those who wait that it went away, and connects again by itself`() async throws {
        try await RedisServer.run { server in
            var changes = StateChanges()
            let redis = Redis(try server.url(), timeout: .patient, changed: changes.tell)
            #expect(await changes.next()?.isConnected == true)

            // The second waits behind the first, which blocks: both are with Redis when it dies.
            async let blocked = outcome { try await redis.send(["BLPOP", "nothing", "0"]) }
            async let behind = outcome { try await redis.send(["PING"]) }
            let other = Redis(try server.url(), timeout: .patient)
            while try await other.send(["INFO", "clients"]).text?.contains("blocked_clients:1") != true {}
            await server.kill()
            let answers = await [blocked, behind]
            for answer in answers { #expect(throws: RedisError.self) { try answer.get() } }
            #expect(await changes.next()?.reason != nil)
            await #expect(throws: RedisError.self) { try await redis.send(["PING"]) }

            try await server.start()
            #expect(await changes.next()?.isConnected == true)
            #expect(try await redis.send(["PING"]) == .status("PONG"))
            #expect(await redis.state().isConnected)
        }
    }

    @Test func `survives restarts in the middle of everybody's work`() async throws {
        try await RedisServer.run { server in
            let redis = Redis(try server.url(), timeout: .patient)
            let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
                for task in 0..<16 {
                    group.addTask {
                        var wrong = 0
                        for number in 0..<2000 {
                            let text = "\(task):\(number)"
                            do {
                                if try await redis.send(["ECHO", text]).text != text { wrong += 1 }
                            } catch is RedisError {
                                // Redis was away for this one: all we ask for is an end.
                            }
                        }
                        return wrong
                    }
                }
                for _ in 0..<5 {
                    await server.kill()
                    try await server.start()
                }
                return try await group.reduce(0, +)
            }
            #expect(wrong == 0)
        }
    }

    @Test func `is not noticed when a good connection is closed and made again`() async throws {
        try await RedisServer.run { server in
            var changes = StateChanges()
            let redis = Redis(try server.url(), timeout: .patient, changed: changes.tell)
            #expect(await changes.next()?.isConnected == true)
            guard case .integer(let id) = try await redis.send(["CLIENT", "ID"]) else { return }

            let other = Redis(try server.url(), timeout: .patient)
            #expect(try await other.send(["CLIENT", "KILL", "ID", "\(id)"]) == .integer(1))
            // At most one command meets the closed connection; the next has the new one.
            do { try await redis.send(["PING"]) } catch is RedisError {}
            #expect(try await redis.send(["CLIENT", "ID"]) != .integer(id))
            #expect(await redis.state().isConnected)
        }
    }

    @Test func `gives up on a Redis that hangs, and does not wait again`() async throws {
        try await RedisServer.run { server in
            var changes = StateChanges()
            let redis = Redis(try server.url(), timeout: .milliseconds(500), changed: changes.tell)
            while await changes.next()?.isConnected != true {}

            await server.freeze()
            await #expect(throws: RedisError.unavailable("no answer within 0.5 seconds")) {
                try await redis.send(["PING"])
            }
            #expect(await changes.next()?.reason == "no answer within 0.5 seconds")
            // The socket still takes connections, nobody answers: commands fail without being sent.
            for _ in 0..<100 { await #expect(throws: RedisError.self) { try await redis.send(["INCR", "count"]) } }

            await server.thaw()
            while await changes.next()?.isConnected != true {}
            #expect(try await redis.send(["GET", "count"]) == .null)
        }
    }

    @Test(arguments: [
        ("OOM", ["CONFIG", "SET", "maxmemory", "1"], ["CONFIG", "SET", "maxmemory", "0"]),
        ("READONLY", ["REPLICAOF", "127.0.0.1", "1"], ["REPLICAOF", "NO", "ONE"]),
    ])
    func `is away while it takes no writes`(ailment: String, begin: [String], end: [String]) async throws {
        try await RedisServer.run { server in
            var changes = StateChanges()
            let redis = Redis(try server.url(), timeout: .patient, probe: "tipline:test:probe", changed: changes.tell)
            #expect(await changes.next()?.isConnected == true)
            let other = Redis(try server.url(), timeout: .patient)

            try await other.send(begin)
            await #expect(throws: RedisError.self) { try await redis.send(["SET", "a", "1"]) }
            #expect(await changes.next()?.reason?.contains(ailment) == true)

            try await other.send(end)
            #expect(await changes.next()?.isConnected == true)
            #expect(try await redis.send(["SET", "a", "1"]) == .status("OK"))
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 400 Bad Request\r\n\r\n", "Protocol error"),
        ("$-7\r\n", "Bulk string length out of range"),
        ("*99999999999999999999\r\n", "Bad multi-bulk length"),
        ("+PONG\r\n:1\r\n", "an answer to no question"),
        ("$10\r\nabc", "Server closed the connection"),
        ("-ERR max number of clients reached\r\n", "ERR max number of clients reached"),
    ])
    func `is away when something else than Redis answers`(answer: String, reason: String) async throws {
        let server = try RoughServer { connection in
            guard connection.number > 1 else {
                _ = connection.receiveBytes(atMost: 4096)
                connection.send(answer)
                return
            }
            while let bytes = connection.receiveBytes(atMost: 4096) {
                if bytes.contains(UInt8(ascii: "P")) { connection.send("+PONG\r\n") }
            }
        }
        defer { server.stop() }
        var changes = StateChanges()
        let redis = Redis(
            try RedisURL(text: "redis://127.0.0.1:\(server.port)"), timeout: .patient, changed: changes.tell)
        var state = await changes.next()
        // What comes after a good answer is met only when that one was taken.
        if state?.isConnected == true { state = await changes.next() }
        #expect(state?.reason?.contains(reason) == true, "\(String(describing: state))")
        #expect(await changes.next()?.isConnected == true)
        #expect(try await redis.send(["PING"]) == .status("PONG"))
    }

    @Test func `pauses longer after each attempt that failed`() async throws {
        let (attempts, attempt) = AsyncStream.makeStream(of: ContinuousClock.Instant.self)
        let server = try RoughServer { _ in attempt.yield(.now) }
        defer { server.stop() }
        let began = ContinuousClock.now
        let redis = Redis(try RedisURL(text: "redis://127.0.0.1:\(server.port)"), timeout: .patient)
        var times = attempts.makeAsyncIterator()
        for pause in [0, 100, 300, 700] {
            let time = try #require(await times.next())
            #expect(time - began >= .milliseconds(pause))
        }
        #expect(await !redis.state().isConnected)
    }
}

/// What became of it, for work that goes on beside the test.
private func outcome<T>(_ work: () async throws -> T) async -> Result<T, any Error> {
    do { return .success(try await work()) } catch { return .failure(error) }
}
