import Testing
import Web

/// Clients that take their time, or come in crowds.
@Suite(.timeLimit(.minutes(5))) struct WebServerLimitTests {
    private static let head = "POST /webhooks/glitchtip/\(TestServer.secret) HTTP/1.1\r\nHost: a\r\n"
    private static let alert = head + "Content-Length: 2\r\n\r\n{}"

    private static func limits(_ change: (inout Limits) -> Void) -> Limits {
        var limits = Limits()
        change(&limits)
        return limits
    }

    private func server(_ change: (inout Limits) -> Void) -> TestServer {
        var server = TestServer()
        server.limits = Self.limits(change)
        return server
    }

    @Test(arguments: ["", "P", head, head + "Content-Length: 2\r\n"])
    func `half a head and then silence is cut off`(start: String) async throws {
        try await server { $0.headTime = .milliseconds(100) }.run { port in
            let text = try await RawClient.ask(port, start)
            #expect(text.isEmpty)
        }
    }

    @Test func `a head that drips in is cut off`() async throws {
        try await server { $0.headTime = .milliseconds(100) }.run { port in
            let slow = "GET /healthz HTTP/1.1\r\nX: \(String(repeating: "x", count: 4_000))"
            let wasCutOff = try await RawClient.to(port) { try await $0.dribble(slow) }
            #expect(wasCutOff)
        }
    }

    @Test func `half a body and then silence is told so and cut off`() async throws {
        let server = server { $0.bodyTime = .milliseconds(100) }
        try await server.run { port in
            for start in ["Content-Length: 9\r\n\r\n{}", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"] {
                let text = try await RawClient.ask(port, Self.head + start)
                #expect(text.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
                #expect(text.contains("Connection: close\r\n"))
            }
        }
        #expect(await server.book.alerts.isEmpty)
    }

    @Test(arguments: [
        ("Content-Length: 4000\r\n\r\n", String(repeating: " ", count: 3_999)),
        ("Transfer-Encoding: chunked\r\n\r\n", String(repeating: "1\r\n \r\n", count: 600)),
        // Says nothing to who reads the body: extensions of a chunk.
        ("Transfer-Encoding: chunked\r\n\r\n1;", String(repeating: "x", count: 4_000)),
    ])
    func `a body that drips in is cut off`(start: String, rest: String) async throws {
        let server = server { $0.bodyTime = .milliseconds(100) }
        try await server.run { port in
            try await RawClient.to(port) { client in
                await client.send(Self.head + start)
                let wasCutOff = try await client.dribble(rest)
                #expect(wasCutOff)
            }
        }
        #expect(await server.book.alerts.isEmpty)
    }

    @Test func `who was refused cannot go on sending for ever`() async throws {
        try await server { $0.bodyTime = .milliseconds(100) }.run { port in
            try await RawClient.to(port) { client in
                await client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n")
                #expect(await client.answer()?.status == 404)
                let wasCutOff = try await client.dribble(String(repeating: "x", count: 4_000))
                #expect(wasCutOff)
            }
        }
    }

    @Test func `a kept connection that nobody uses is closed`() async throws {
        try await server { $0.idleTime = .milliseconds(100) }.run { port in
            try await RawClient.to(port) { client in
                await client.send(Self.alert)
                #expect(await client.answer()?.status == 200)
                #expect(await client.answer() == nil)
            }
        }
    }

    /// Each of them silent, in the middle of a head, or refused and still sending.
    @Test(arguments: ["", "POST /", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"])
    func `a flood of idle clients does not keep an alert out`(start: String) async throws {
        let server = server { $0.connections = 8 }
        try await server.run { port in
            try await RawClient.to(port) { first in
                await first.send(start)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<100 {
                        group.addTask {
                            try await RawClient.to(port) { client in
                                await client.send(start)
                                _ = await client.rest()
                            }
                        }
                    }
                    // All but the last eight are pushed out, the first of all too.
                    _ = await first.rest()
                    for _ in 0..<84 { try await group.next() }
                    let text = try await RawClient.ask(
                        port, "\(Self.head)Connection: close\r\nContent-Length: 2\r\n\r\n{}")
                    #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
                    group.cancelAll()
                }
            }
        }
        #expect(await server.book.alerts == ["{}"])
    }

    @Test func `who is being answered is not pushed out; a newcomer is sent away`() async throws {
        var server = server { $0.connections = 2 }
        let (writing, isWriting) = AsyncStream.makeStream(of: Void.self)
        let (permission, permit) = AsyncStream.makeStream(of: Void.self)
        server.accept = { _ in
            isWriting.yield()
            for await _ in permission { break }
        }
        try await server.run { port in
            try await RawClient.to(port) { first in
                try await RawClient.to(port) { second in
                    await first.send(Self.alert)
                    await second.send(Self.alert)
                    var started = writing.makeAsyncIterator()
                    await started.next()
                    await started.next()
                    let text = try await RawClient.ask(port, Self.alert)
                    #expect(text.isEmpty)
                    permit.yield()
                    permit.finish()
                    #expect(await first.answer()?.status == 200)
                    #expect(await second.answer()?.status == 200)
                }
            }
        }
    }
}
