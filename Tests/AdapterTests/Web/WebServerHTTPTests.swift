import HTTP
import Testing
import Web

/// What clients do on a connection: in order, in pieces, in old or broken HTTP.
@Suite(.timeLimit(.minutes(5))) struct WebServerHTTPTests {
    private static let path = "/webhooks/glitchtip/\(TestServer.secret)"

    private func post(_ body: String, _ headers: String = "") -> String {
        "POST \(Self.path) HTTP/1.1\r\nHost: a\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func `a connection is kept for many alerts`() async throws {
        let server = TestServer()
        try await server.run { port in
            let client = Client.curl()
            for number in 0..<200 {
                let url = "http://127.0.0.1:\(port)\(Self.path)"
                let response = try await client.send(Request(.post, url, body: Array("\(number)".utf8)))
                #expect(response.status == 200)
            }
        }
        #expect(await server.book.alerts == (0..<200).map(String.init))
    }

    @Test func `requests that are sent without waiting are answered in their order`() async throws {
        let server = TestServer()
        try await server.run { port in
            try await RawClient.to(port) { client in
                let bad = "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"
                await client.send((0..<50).map { $0 == 25 ? bad : post("\($0)") }.joined())
                for number in 0..<50 { #expect(await client.answer()?.status == (number == 25 ? 404 : 200)) }
            }
        }
        #expect(await server.book.alerts == (0..<50).filter { $0 != 25 }.map(String.init))
    }

    @Test func `a request may come byte by byte`() async throws {
        let server = TestServer()
        try await server.run { port in
            try await RawClient.to(port) { client in
                for byte in (post("[1]") + post("[2]", "Connection: close\r\n")).utf8 { await client.send([byte]) }
                #expect(await client.answer()?.status == 200)
                #expect(await client.answer()?.status == 200)
                #expect(await client.answer() == nil)
            }
        }
        #expect(await server.book.alerts == ["[1]", "[2]"])
    }

    @Test(arguments: [
        "POST PATH HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}",
        "POST PATH HTTP/1.0\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n{}",
        "POST PATH HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
        "POST PATH HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}POST PATH HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n[2]",
    ])
    func `is closed after the answer when that was the wish, and in HTTP 1.0`(request: String) async throws {
        let server = TestServer()
        try await server.run { port in
            let request = request.split(separator: "PATH").joined(separator: Self.path)
            let text = try await RawClient.ask(port, request)
            #expect(
                text == """
                    HTTP/1.1 200 OK\r
                    Content-Type: text/plain; charset=utf-8\r
                    Content-Length: 3\r
                    Connection: close\r
                    \r
                    ok

                    """)
        }
        #expect(await server.book.alerts == ["{}"])
    }

    @Test func `HEAD has the headers and no body`() async throws {
        try await TestServer().run { port in
            let text = try await RawClient.ask(port, "HEAD /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains("Content-Length: 3\r\n"))
            #expect(text.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func `a client that has closed its side is still answered`() async throws {
        let server = TestServer()
        try await server.run { port in
            try await RawClient.to(port) { client in
                await client.send(post("{}"))
                try await client.closeOutput()
                #expect(await client.answer()?.status == 200)
                #expect(await client.answer() == nil)
            }
        }
        #expect(await server.book.alerts == ["{}"])
    }

    @Test func `each of several requests is answered, though the client has closed its side`() async throws {
        let server = TestServer()
        try await server.run { port in
            try await RawClient.to(port) { client in
                await client.send(post("[1]") + post("[2]") + post("[3]"))
                try await client.closeOutput()
                for _ in 0..<3 { #expect(await client.answer()?.status == 200) }
                #expect(await client.answer() == nil)
            }
        }
        #expect(await server.book.alerts == ["[1]", "[2]", "[3]"])
    }

    @Test func `half an alert from a client that goes away is not written down`() async throws {
        let server = TestServer()
        try await server.run { port in
            try await RawClient.to(port) { client in
                await client.send("POST \(Self.path) HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n{}")
                try await client.closeOutput()
                #expect(await client.answer()?.status == 400)
                #expect(await client.answer() == nil)
            }
        }
        #expect(await server.book.alerts.isEmpty)
    }

    @Test func `an upgrade is not made, the request is answered`() async throws {
        try await TestServer().run { port in
            let text = try await RawClient.ask(
                port,
                "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n")
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test(arguments: [
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET /healthz\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n\r\n",
        "GET /heal thz HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "*1\r\n$4\r\nPING\r\n",
        "POST PATH HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "POST PATH HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "POST PATH HTTP/1.1\r\nHost: a\r\nContent-Length: -2\r\n\r\n{}",
        "POST PATH HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n{}",
        "POST PATH HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "POST PATH HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n{}",
    ])
    func `what is no HTTP, or two things at once, is refused and closed`(bytes: String) async throws {
        let server = TestServer()
        try await server.run { port in
            let text = try await RawClient.ask(
                port, bytes.split(separator: "PATH", omittingEmptySubsequences: false).joined(separator: Self.path))
            #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(try await RawClient.ask(port, post("[1]", "Connection: close\r\n")).contains("200 OK"))
        }
        #expect(await server.book.alerts == ["[1]"])
    }

    @Test func `what follows a good request does not spoil it`() async throws {
        let server = TestServer()
        try await server.run { port in
            // A length that lies: the alert is longer.
            let text = try await RawClient.ask(
                port, "POST \(Self.path) HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}, \"more\"}\r\n\r\n")
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(text.contains("HTTP/1.1 400 Bad Request\r\n"))
        }
        #expect(await server.book.alerts == ["{}"])
    }

    @Test(arguments: [
        "GET /\(String(repeating: "x", count: 9_000)) HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 9_000))\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" + (0..<5).map { "X\($0): \(String(repeating: "x", count: 4_000))\r\n" }.joined()
            + "\r\n",
        "GET /healthz HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 101) + "\r\n",
    ])
    func `a head has its bounds`(request: String) async throws {
        try await TestServer().run { port in
            let text = try await RawClient.ask(port, request)
            #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        }
    }
}
