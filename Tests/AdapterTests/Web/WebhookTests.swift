import HTTP
import Testing
import Web

/// `POST /webhooks/glitchtip/<secret>`, by the real libcurl and byte by byte.
@Suite(.timeLimit(.minutes(5))) struct WebhookTests {
    private static let path = "/webhooks/glitchtip/\(TestServer.secret)"

    private func post(_ port: Int, _ body: [UInt8], to path: String = path) async throws -> Response {
        try await Client.curl().send(
            Request(
                .post, "http://127.0.0.1:\(port)\(path)", headers: [("Content-Type", "application/json")], body: body))
    }

    /// Valid JSON of so many bytes.
    private static func alert(bytes: Int) -> [UInt8] {
        [UInt8](ascii: "\"") + [UInt8](repeating: UInt8(ascii: "x"), count: bytes - 2) + [UInt8](ascii: "\"")
    }

    // MARK: Taken in

    @Test func `an alert is written down before it is answered`() async throws {
        let (writing, isWriting) = AsyncStream.makeStream(of: Void.self)
        let (permission, permit) = AsyncStream.makeStream(of: Void.self)
        var server = TestServer()
        server.accept = { [book = server.book] alert in
            isWriting.yield()
            for await _ in permission { break }
            await book.write(alert)
        }
        try await server.run { port in
            async let response = post(port, Array(#"{"alias":"GlitchTip"}"#.utf8))
            for await _ in writing { break }
            #expect(await server.book.alerts.isEmpty)
            permit.yield()
            let answer = try await response
            #expect(answer.status == 200)
            #expect(answer.text == "ok\n")
        }
        #expect(await server.book.alerts == [#"{"alias":"GlitchTip"}"#])
    }

    @Test(arguments: ["{}", "[1]", " \n{\"text\":\"ä🔴\"}\n", "null", "\"text\""])
    func `whatever is JSON is kept, byte by byte`(body: String) async throws {
        let server = TestServer()
        try await server.run { port in
            let response = try await post(port, Array(body.utf8))
            #expect(response.status == 200)
        }
        #expect(await server.book.alerts == [body])
    }

    @Test func `a query and another content type do not matter`() async throws {
        let server = TestServer()
        try await server.run { port in
            let text = try await RawClient.ask(
                port,
                "POST \(Self.path)?a=/../b HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n"
                    + "Connection: close\r\n\r\n{}")
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
        #expect(await server.book.alerts == ["{}"])
    }

    @Test(arguments: [
        [], Array("{".utf8), Array("payload=%7B%7D".utf8), Array("{} {}".utf8),
        Array("{\"a\":\"".utf8) + [0xFF] + Array("\"}".utf8),
        [0, 1, 2], Array(String(repeating: "[", count: 100_000).utf8),
    ])
    func `what is no JSON is refused`(body: [UInt8]) async throws {
        let server = TestServer()
        try await server.run { port in
            let response = try await post(port, body)
            #expect(response.status == 400)
            #expect(response.text == "not JSON\n")
        }
        #expect(await server.book.alerts.isEmpty)
    }

    @Test func `a ledger that does not write is answered 503, and logged without the alert and the secret`()
        async throws
    {
        struct Full: Error {}
        var server = TestServer()
        server.accept = { _ in throw Full() }
        try await server.run { port in
            let response = try await post(port, Array(#"{"text":"TypeError: cart"}"#.utf8))
            #expect(response.status == 503)
            #expect(response.text == "could not be written down\n")
        }
        #expect(server.log.all.contains(#"error: an alert could not be written down ["error": Full()]"#))
        #expect(!server.log.all.joined().contains("TypeError"))
    }

    // MARK: Who may

    /// What a guesser might send; `SECRET` stands for the secret.
    @Test(arguments: [
        "/webhooks/glitchtip/", "/webhooks/glitchtip", "/webhooks/glitchtip/x", "/webhooks/glitchtip/SECRETx",
        "/webhooks/glitchtip/SECRET/", "/webhooks/glitchtip/SECRET/x", "/webhooks/glitchtip//SECRET",
        "//webhooks/glitchtip/SECRET", "/webhooks//glitchtip/SECRET", "/webhooks/glitchtip/../glitchtip/SECRET",
        "/webhooks/glitchtip/./SECRET", "/webhooks/glitchtip/SECRET/..", "/webhooks/glitchtip/%2e%2e/SECRET",
        "/webhooks%2fglitchtip%2fSECRET", "/webhooks/glitchtip/SECRET%00", "/webhooks/glitchtip/SECRET%20",
        "/webhooks/glitchtip/%5am9vYmFyLXNlY3JldA_9", "/Webhooks/GlitchTip/SECRET", "/webhooks/glitchtip/SECRET;a=b",
        "/webhooks/glitchtip/zm9vymfylxnly3jlda_9", "/webhooks/glitchtip/ZM9VYMFYLXNLY3JLDA_9", "/webhooks", "/",
        "/webhooks/glitchtip/Zm9vYmFyLXNlY3JldA_8", "/webhooks/glitchtip/Zm9vYmFyLXNlY3JldA_",
        "/webhooks/glitchtip/?SECRET", "/webhooks/glitchtip/x?/webhooks/glitchtip/SECRET", "/healthz/", "/healthz/..",
        "http://a/webhooks/glitchtip/SECRET", "*",
    ])
    func `without the very secret it is as if there were nothing`(path: String) async throws {
        let path = path.split(separator: "SECRET", omittingEmptySubsequences: false).joined(
            separator: TestServer.secret)
        let server = TestServer()
        try await server.run { port in
            for method in ["POST", "GET", "PUT"] {
                let text = try await RawClient.ask(
                    port, "\(method) \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}")
                #expect(
                    text == """
                        HTTP/1.1 404 Not Found\r
                        Content-Type: text/plain; charset=utf-8\r
                        Content-Length: 10\r
                        Connection: close\r
                        \r
                        not found

                        """)
            }
        }
        #expect(await server.book.alerts.isEmpty)
        #expect(!server.log.all.joined().contains("Zm9v"))
    }

    @Test func `without a secret there is no webhook`() async throws {
        var server = TestServer()
        server.secret = nil
        try await server.run { port in
            for path in [Self.path, "/webhooks/glitchtip/"] {
                let response = try await post(port, Array("{}".utf8), to: path)
                #expect(response.status == 404)
            }
        }
    }

    @Test(arguments: ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"])
    func `other methods are told so, and the log tells of the redirect`(method: String) async throws {
        let server = TestServer()
        try await server.run { port in
            let text = try await RawClient.ask(
                port, "\(method) \(Self.path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            if method == "BREW" {
                #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            } else {
                #expect(text.hasPrefix("HTTP/1.1 405 Method Not Allowed\r\n"))
                #expect(text.contains("\r\nAllow: POST\r\n"))
            }
        }
        #expect(
            server.log.all.contains { $0.contains("a redirect on the way turns it into GET") } == (method != "BREW"))
        #expect(!server.log.all.joined().contains(TestServer.secret))
    }

    // MARK: How much

    @Test func `a mebibyte is taken, a byte more is not`() async throws {
        let server = TestServer()
        try await server.run { port in
            #expect(try await post(port, Self.alert(bytes: 1 << 20)).status == 200)
            let response = try await post(port, Self.alert(bytes: 1 << 20 + 1))
            #expect(response.status == 413)
            #expect(response.text == "too large\n")
        }
        #expect(await server.book.alerts.map(\.utf8.count) == [1 << 20])
    }

    @Test(arguments: [(1 << 20, 200), (1 << 20 + 1, 413), (20 << 20, 413)])
    func `a body in chunks has the same limit`(size: Int, status: Int) async throws {
        let server = TestServer()
        try await server.run { port in
            try await RawClient.to(port) { client in
                await client.send("POST \(Self.path) HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                let alert = Self.alert(bytes: size)
                for start in stride(from: 0, to: size, by: 70_000) {
                    let chunk = alert[start..<min(size, start + 70_000)]
                    await client.send(Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8))
                }
                await client.send("0\r\n\r\n")
                #expect(await client.answer()?.status == status)
            }
        }
        #expect(await server.book.alerts.count == (status == 200 ? 1 : 0))
    }

    @Test func `a body that is announced as too large need not be sent to be refused`() async throws {
        try await TestServer().run { port in
            try await RawClient.to(port) { client in
                await client.send("POST \(Self.path) HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n")
                #expect(await client.answer()?.status == 413)
            }
        }
    }

    @Test func `who does not know the secret does not get to send a body`() async throws {
        try await TestServer().run { port in
            try await RawClient.to(port) { client in
                await client.send("POST /webhooks/glitchtip/x HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
                #expect(await client.answer()?.status == 404)
            }
            try await RawClient.to(port) { client in
                await client.send("GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
                #expect(await client.answer()?.status == 413)
            }
        }
    }

    @Test func `a client that asks first is told to go on`() async throws {
        let server = TestServer()
        try await server.run { port in
            try await RawClient.to(port) { client in
                await client.send(
                    "POST \(Self.path) HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                #expect(await client.answer()?.status == 100)
                await client.send("{}")
                #expect(await client.answer()?.status == 200)
            }
        }
        #expect(await server.book.alerts == ["{}"])
    }
}

extension [UInt8] {
    fileprivate init(ascii text: String) { self.init(text.utf8) }
}
