import Domain
import HTTP
import Testing
import Web

/// How the server begins and ends, and its pages.
@Suite(.timeLimit(.minutes(5))) struct WebServerLifeTests {
    private static let alert =
        "POST /webhooks/glitchtip/\(TestServer.secret) HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"

    private func get(_ port: Int, _ path: String) async throws -> Response {
        try await Client.curl().send(Request(.get, "http://127.0.0.1:\(port)\(path)"))
    }

    // MARK: Pages

    @Test func `is alive whatever its neighbours do`() async throws {
        var server = TestServer()
        server.neighbours = [("ledger", "broken")]
        try await server.run { port in
            let response = try await get(port, "/healthz")
            #expect(response.status == 200)
            #expect(response.text == "ok\n")
        }
    }

    @Test func `is ready when all neighbours are there, and says who is not`() async throws {
        var server = TestServer()
        server.neighbours = [("ledger", nil), ("Telegram", nil)]
        try await server.run { port in
            let response = try await get(port, "/readyz")
            #expect(response.status == 200)
            #expect(response.text == "ledger: ok\nTelegram: ok\n")
        }
        server.neighbours = [("ledger", nil), ("Telegram", "Could not resolve host")]
        try await server.run { port in
            let response = try await get(port, "/readyz")
            #expect(response.status == 503)
            #expect(response.text == "ledger: ok\nTelegram: Could not resolve host\n")
        }
    }

    @Test func `shows its figures to Prometheus`() async throws {
        var server = TestServer()
        server.metrics = { [Metric("tipline_alerts_received_total", .counter, "Webhooks written down.", 3)] }
        try await server.run { port in
            let response = try await get(port, "/metrics")
            #expect(response.status == 200)
            #expect(response.header("content-type") == "text/plain; version=0.0.4; charset=utf-8")
            #expect(
                response.text == """
                    # HELP tipline_alerts_received_total Webhooks written down.
                    # TYPE tipline_alerts_received_total counter
                    tipline_alerts_received_total 3

                    """)
        }
    }

    @Test func `figures that cannot be had are an error, in the log too`() async throws {
        struct Locked: Error {}
        var server = TestServer()
        server.metrics = { throw Locked() }
        try await server.run { port in
            let response = try await get(port, "/metrics")
            #expect(response.status == 503)
        }
        #expect(server.log.all.contains(#"error: no metrics ["error": Locked()]"#))
    }

    @Test(arguments: ["/healthz", "/readyz", "/metrics"])
    func `pages are read, not written to`(path: String) async throws {
        try await TestServer().run { port in
            let response = try await Client.curl().send(Request(.post, "http://127.0.0.1:\(port)\(path)", body: [1]))
            #expect(response.status == 405)
            #expect(response.header("allow") == "GET, HEAD")
        }
    }

    // MARK: The end

    @Test func `the alert under way is written down and answered when the bot ends; others are let go`() async throws {
        let (writing, isWriting) = AsyncStream.makeStream(of: Void.self)
        let (permission, permit) = AsyncStream.makeStream(of: Void.self)
        var server = TestServer()
        server.accept = { [book = server.book] alert in
            isWriting.yield()
            for await _ in permission { break }
            try Task.checkCancellation()
            await book.write(alert)
        }
        let web = server.server(on: Address(host: "127.0.0.1", port: 0))
        let (ports, signal) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await web.run { signal.yield($0) } }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            try await RawClient.to(port) { busy in
                try await RawClient.to(port) { idle in
                    await busy.send(Self.alert)
                    for await _ in writing { break }
                    group.cancelAll()
                    #expect(await idle.answer() == nil)
                    permit.yield()
                    let answer = await busy.answer()
                    #expect(answer?.status == 200)
                    #expect(answer?.headers["connection"] == "close")
                    #expect(await busy.answer() == nil)
                }
            }
            try await group.waitForAll()
            await #expect(throws: (any Error).self) { try await RawClient.ask(port, Self.alert) }
        }
        #expect(await server.book.alerts == ["{}"])
    }

    @Test func `a request that never ends does not keep the bot from ending`() async throws {
        let (writing, isWriting) = AsyncStream.makeStream(of: Void.self)
        var server = TestServer()
        server.limits.drainTime = .milliseconds(50)
        server.accept = { _ in
            isWriting.yield()
            try await Task.sleep(for: .seconds(3600))
        }
        try await server.run { port in
            try await RawClient.to(port) { client in
                await client.send(Self.alert)
                for await _ in writing { break }
            }
        }
    }

    @Test func `an address that is taken is said in plain words`() async throws {
        try await TestServer().run { port in
            await #expect {
                try await TestServer().server(on: Address(host: "127.0.0.1", port: port)).run()
            } throws: {
                ($0 as? WebServer.Failure)?.description == "is taken by another program"
            }
        }
    }

    @Test(arguments: [
        (Address(host: "192.0.2.1", port: 0), "is not an address of this machine"),
        (Address(host: "no-such-host.invalid", port: 0), "names a host that this machine does not know"),
    ])
    func `so is one that is not ours`(address: Address, words: String) async {
        await #expect { try await TestServer().server(on: address).run() } throws: {
            ($0 as? WebServer.Failure)?.description == words
        }
    }

    @Test func `listens on IPv6 too`() async throws {
        let (ports, signal) = AsyncStream.makeStream(of: Int.self)
        let server = TestServer().server(on: try Address(text: "[::1]:0"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { signal.yield($0) } }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let response = try await Client.curl().send(Request(.get, "http://[::1]:\(port)/healthz"))
            #expect(response.status == 200)
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
