import FoundationEssentials
import Glibc
import Testing

@testable import Storage

/// Redis as it is, on a socket.
@Suite(.timeLimit(.minutes(2))) struct RedisTests {
    @Test func `gives each kind of answer`() async throws {
        try await RedisServer.run { server in
            let redis = Redis(try server.url(), timeout: .patient)
            #expect(try await redis.send(["SET", "a", "1"]) == .status("OK"))
            #expect(try await redis.send(["INCR", "a"]) == .integer(2))
            #expect(try await redis.send(["GET", "a"]) == .string(Array("2".utf8)))
            #expect(try await redis.send(["GET", "b"]) == .null)
            #expect(try await redis.send(["MGET", "a", "b"]) == .array([.string(Array("2".utf8)), .null]))
            #expect(try await redis.send(["LRANGE", "none", "0", "-1"]) == .array([]))
            await #expect(throws: RedisError.refused("ERR unknown command 'NONSENSE', with args beginning with: ")) {
                try await redis.send(["NONSENSE"])
            }
            await #expect(throws: RedisError.refused("an empty command")) { try await redis.send([String]()) }
        }
    }

    @Test func `keeps every byte`() async throws {
        try await RedisServer.run { server in
            let redis = Redis(try server.url(), timeout: .patient)
            let large = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            for bytes in [[], [0, 13, 10, 0], Array("$5\r\nhello\r\n".utf8), large] {
                try await redis.send([Array("SET".utf8), Array("key".utf8), bytes])
                let isSame = try await redis.send(["GET", "key"]) == .string(bytes)
                #expect(isSame)
            }
        }
    }

    @Test func `answers ten thousand commands of 64 tasks, each its own`() async throws {
        try await RedisServer.run { server in
            let redis = Redis(try server.url(), timeout: .patient)
            let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
                for task in 0..<64 {
                    group.addTask {
                        var wrong = 0
                        for number in 0..<157 {
                            let text = "\(task):\(number)"
                            if try await redis.send(["ECHO", text]).text != text { wrong += 1 }
                        }
                        return wrong
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(wrong == 0)
        }
    }

    @Test func `works in the database of its URL`() async throws {
        try await RedisServer.run { server in
            try await Redis(try server.url("?db=7"), timeout: .patient).send(["SET", "a", "seven"])
            let other = Redis(try server.url(), timeout: .patient)
            #expect(try await other.send(["GET", "a"]) == .null)
            try await other.send(["SELECT", "7"])
            #expect(try await other.send(["GET", "a"]).text == "seven")
        }
    }

    @Test func `sends nothing when its database does not exist`() async throws {
        try await RedisServer.run { server in
            let redis = Redis(try server.url("?db=99"), timeout: .patient)
            await #expect(throws: RedisError.unavailable("ERR DB index is out of range")) {
                try await redis.send(["SET", "a", "lost"])
            }
            #expect(try await Redis(try server.url(), timeout: .patient).send(["DBSIZE"]) == .integer(0))
        }
    }

    @Test func `is let in with the right password, as anybody or as somebody`() async throws {
        try await RedisServer.run("--requirepass", "p@ss") { server in
            let redis = Redis(try RedisURL(text: "unix://:p%40ss@\(server.socket)"), timeout: .patient)
            #expect(try await redis.send(["PING"]) == .status("PONG"))

            try await redis.send(["ACL", "SETUSER", "tipline", "on", ">word", "~*", "+@all"])
            let named = Redis(try RedisURL(text: "unix://tipline:word@\(server.socket)"), timeout: .patient)
            #expect(try await named.send(["ACL", "WHOAMI"]).text == "tipline")
        }
    }

    @Test func `gives a script's text only when Redis does not know it`() async throws {
        try await RedisServer.run { server in
            let redis = Redis(try server.url(), timeout: .patient)
            let script = RedisLimiter.script
            #expect(try await redis.send(["SCRIPT", "LOAD", script.text]).text == script.sha1)
            try await redis.send(["SCRIPT", "FLUSH"])
            try await redis.send(["CONFIG", "RESETSTAT"])

            let arguments = ["1000000", "1000", "100", "1"]
            #expect(try await redis.evaluate(script, keys: ["a"], arguments: arguments) == .integer(0))
            #expect(try await redis.evaluate(script, keys: ["a"], arguments: arguments) == .integer(100))
            let statistics = try #require(try await redis.send(["INFO", "commandstats"]).text)
            #expect(statistics.contains("cmdstat_evalsha:calls=2"))
            #expect(statistics.contains("cmdstat_eval:calls=1"))
        }
    }

    @Test func `connects by TCP and by name too`() async throws {
        // The kernel's choice for us is Redis' a moment later; if somebody was faster, another is asked for.
        for _ in 0..<5 {
            let (listener, port) = try RoughServer.listen()
            close(listener)
            do {
                try await RedisServer.run("--port", "\(port)", "--bind", "127.0.0.1") { server in
                    let redis = Redis(try RedisURL(text: "redis://localhost:\(port)"), timeout: .patient)
                    #expect(try await redis.send(["CONFIG", "GET", "unixsocket"]).texts.last == server.socket)
                }
                return
            } catch is RedisServer.Trouble {}
        }
        Testing.Issue.record("redis-server found no port")
    }
}

extension Duration {
    /// For tests in which nothing is to take too long, also when the machine is busy.
    static let patient = Duration.seconds(60)
}

extension RedisReply {
    fileprivate var texts: [String] {
        if case .array(let replies) = self { replies.compactMap(\.text) } else { [] }
    }
}
