import Glibc
import HTTP
import Testing

/// What goes over the wire, and what comes back.
@Suite(.timeLimit(.minutes(5))) struct CurlClientTests {
    private let client = Client.curl(userAgent: "tipline-test")

    @Test(arguments: [
        (Request.Method.get, nil), (.post, "name=1"), (.post, nil), (.put, "{}"), (.put, nil), (.delete, nil),
        (.delete, "[4]"),
    ])
    func `sends the method and the body, and nothing it was not given`(method: Request.Method, body: String?)
        async throws
    {
        let server = try RoughServer { connection in
            while let request = connection.receive() {
                let type = request.header("content-type") ?? "none"
                let text = String(decoding: request.body, as: UTF8.self)
                connection.answer("\(request.line)|\(type)|\(request.header("expect") ?? "none")|\(text)")
            }
        }
        defer { server.stop() }
        let response = try await client.send(
            Request(method, server.url + "/a?b=c", body: body.map { [UInt8]($0.utf8) }))
        #expect(response.status == 200)
        #expect(response.text == "\(method.rawValue) /a?b=c HTTP/1.1|none|none|\(body ?? "")")
    }

    @Test func `sends headers, also empty ones, and reads them`() async throws {
        let server = try RoughServer { connection in
            while let request = connection.receive() {
                let names = ["authorization", "x-empty", "user-agent", "content-type"]
                connection.answer(
                    names.map { request.header($0) ?? "none" }.joined(separator: "|"),
                    headers: ["Link: <a>; rel=\"next\"", "X-Odd:   wide  ", "X-None:", "link: second"])
            }
        }
        defer { server.stop() }
        let response = try await client.send(
            Request(
                .post, server.url,
                headers: [("Authorization", "Bearer t"), ("X-Empty", ""), ("Content-Type", "application/json")],
                body: [0x7B, 0x7D]))
        #expect(response.text == "Bearer t||tipline-test|application/json")
        #expect(response.header("LINK") == "<a>; rel=\"next\"")
        #expect(response.header("x-odd") == "wide")
        #expect(response.header("x-none") == "")
        #expect(response.headers.filter { $0.name.lowercased() == "link" }.count == 2)
    }

    @Test func `returns a megabyte as it was sent`() async throws {
        let server = try RoughServer { connection in
            while let request = connection.receive() {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(request.body.count)\r\n\r\n")
                connection.send(request.body)
            }
        }
        defer { server.stop() }
        let body = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let response = try await client.send(Request(.put, server.url, body: body))
        #expect(response.body == body)
    }

    @Test func `leaves a redirect to the caller`() async throws {
        let server = try RoughServer { connection in
            while connection.receive() != nil {
                connection.answer("", status: "301 Moved Permanently", headers: ["Location: /elsewhere/"])
            }
        }
        defer { server.stop() }
        let response = try await client.send(Request(.get, server.url + "/here"))
        #expect(response.status == 301)
        #expect(response.header("location") == "/elsewhere/")
    }

    @Test func `takes the final answer's headers, not a provisional one's nor the trailer's`() async throws {
        let server = try RoughServer { connection in
            guard connection.receive() != nil else { return }
            connection.send("HTTP/1.1 103 Early Hints\r\nX-From: early\r\n\r\n")
            connection.send("HTTP/1.1 200 OK\r\nX-From: final\r\nTransfer-Encoding: chunked\r\n\r\n")
            connection.send("3\r\nabc\r\n0\r\nX-From: trailer\r\n\r\n")
        }
        defer { server.stop() }
        let response = try await client.send(Request(.get, server.url))
        #expect(response.headers.filter { $0.name == "X-From" }.map(\.value) == ["final"])
        #expect(response.text == "abc")
    }

    @Test func `reads gzip`() async throws {
        let packed: [UInt8] = [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0xD7, 0x51, 0x28,
            0x48, 0x4C, 0xCE, 0x4E, 0x4D, 0x51, 0x28, 0xCF, 0x2F, 0xCA, 0x49, 0x01, 0x00, 0x48, 0xEF, 0x2E, 0xCC, 0x13,
            0x00, 0x00, 0x00,
        ]
        let server = try RoughServer { connection in
            while let request = connection.receive() {
                guard request.header("accept-encoding")?.contains("gzip") == true else { return }
                connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
                connection.send(packed)
            }
        }
        defer { server.stop() }
        #expect(try await client.send(Request(.get, server.url)).text == "hello, packed world")
    }

    @Test func `carries 200 exchanges at once and mixes none up`() async throws {
        let server = try RoughServer { connection in
            while let request = connection.receive() { connection.answer(request.line) }
        }
        defer { server.stop() }
        let lines = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for number in 0..<200 {
                group.addTask { (number, try await client.send(Request(.get, server.url + "/\(number)")).text) }
            }
            return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
        }
        #expect(lines.count == 200)
        #expect(lines.allSatisfy { $1 == "GET /\($0) HTTP/1.1" })
    }

    @Test func `uses a connection again`() async throws {
        let server = try RoughServer { connection in
            while connection.receive() != nil { connection.answer("\(connection.number)") }
        }
        defer { server.stop() }
        var numbers: [String] = []
        for _ in 0..<5 { numbers.append(try await client.send(Request(.get, server.url)).text) }
        #expect(numbers == ["1", "1", "1", "1", "1"])
    }

    @Test func `closes its connections when nobody holds the client any more`() async throws {
        let (closed, signal) = AsyncStream.makeStream(of: Void.self)
        let server = try RoughServer { connection in
            guard connection.receive() != nil else { return }
            connection.answer("")
            connection.waitForClose()
            signal.finish()
        }
        defer { server.stop() }
        _ = try await Client.curl().send(Request(.get, server.url))
        for await _ in closed {}
    }

    @Test func `goes through the proxy of the environment`() async {
        await #expect(processExitsWith: .success) {
            let proxy = try RoughServer { connection in
                while let request = connection.receive() { connection.answer(request.line) }
            }
            setenv("no_proxy", "", 1)
            setenv("http_proxy", proxy.url, 1)
            let response = try await Client.curl().send(Request(.get, "http://shop.invalid/x"))
            #expect(response.text == "GET http://shop.invalid/x HTTP/1.1")
            guard response.text == "GET http://shop.invalid/x HTTP/1.1" else { exit(1) }
        }
    }
}

extension Response {
    var text: String { String(decoding: body, as: UTF8.self) }
}
