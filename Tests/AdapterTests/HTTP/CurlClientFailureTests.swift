import Glibc
import HTTP
import Testing

/// What a server can do to us, and the kind of failure it becomes.
@Suite(.timeLimit(.minutes(5))) struct CurlClientFailureTests {
    private static let secret = "7210:AAHsecretToken"
    private let client = Client.curl()

    /// What the request to such a server throws. The path holds a token, which no failure may repeat.
    private func failure(
        timeout: Duration = .seconds(30), limit: Int = 1000, _ serve: @escaping @Sendable (RoughConnection) -> Void
    ) async throws -> Failure.Kind? {
        let server = try RoughServer(serve)
        defer { server.stop() }
        return await failure(
            Request(.get, "\(server.url)/bot\(Self.secret)/getMe?q=hiddenQuery", timeout: timeout, responseLimit: limit)
        )
    }

    private func failure(_ request: Request) async -> Failure.Kind? {
        do {
            let response = try await client.send(request)
            Issue.record("answered \(response.status) with \(response.body.count) bytes")
            return nil
        } catch let failure as Failure {
            let words = "\(failure) \(String(reflecting: failure))"
            #expect(!words.contains("AAHsecretToken") && !words.contains("hiddenQuery"))
            #expect(!failure.description.isEmpty)
            return failure.kind
        } catch {
            Issue.record("threw \(error)")
            return nil
        }
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "HTTP/1.1 200 OK\r\nContent-Le",
        "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/9.9 banana\r\n\r\n", "<html>hello</html>",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip.",
    ])
    func `half an answer or none is broken`(answer: String) async throws {
        let kind = try await failure { connection in
            guard connection.receive() != nil else { return }
            connection.send(answer)
        }
        #expect(kind == .broken)
    }

    @Test func `a server that never answers is a time-out`() async throws {
        let kind = try await failure(timeout: .milliseconds(200)) { $0.waitForClose() }
        #expect(kind == .timedOut)
    }

    @Test func `a server that dribbles is a time-out`() async throws {
        let kind = try await failure(timeout: .milliseconds(300), limit: 1 << 20) { connection in
            guard connection.receive() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while connection.send(".") { usleep(10_000) }
        }
        #expect(kind == .timedOut)
    }

    @Test func `a TLS handshake that gets nowhere is unreachable`() async throws {
        let server = try RoughServer { $0.waitForClose() }
        defer { server.stop() }
        let url = "https://127.0.0.1:\(server.port)/"
        #expect(await failure(Request(.get, url, connectTimeout: .milliseconds(200))) == .unreachable)
        #expect(await failure(Request(.post, url, body: [], timeout: .milliseconds(200))) == .unreachable)
    }

    @Test func `a port where nobody listens is unreachable`() async throws {
        let (socket, port) = try RoughServer.listen()
        close(socket)
        #expect(await failure(Request(.post, "http://127.0.0.1:\(port)/\(Self.secret)")) == .unreachable)
    }

    @Test func `a name that does not exist is unreachable`() async {
        let request = Request(.get, "http://shop.invalid/\(Self.secret)", connectTimeout: .seconds(2))
        #expect(await failure(request) == .unreachable)
    }

    @Test func `a server without TLS is unreachable over https`() async throws {
        let server = try RoughServer { connection in
            _ = connection.receiveBytes(atMost: 64)
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
        }
        defer { server.stop() }
        #expect(await failure(Request(.get, "https://127.0.0.1:\(server.port)/\(Self.secret)")) == .unreachable)
    }

    @Test(arguments: [
        "ftp://127.0.0.1/\(secret)", "file:///etc/\(secret)", "gopher://127.0.0.1/\(secret)", "\(secret)://x",
        "http://",
        "", "http://127.0.0.1:99999/\(secret)", "http://[::1/\(secret)", "http://user:\(secret)@/",
    ])
    func `a URL that is none is refused`(url: String) async {
        #expect(await failure(Request(.get, url)) == .refused)
    }

    @Test(arguments: [
        ("X\r\nEvil", "1"), ("X Y", "1"), ("", "1"), ("X:", "1"), ("X", "AAHsecretToken\r\nEvil: 1"), ("X", "a\nb"),
        ("X", "a\rb"), ("X", "a\0b"), ("X\0", "a"),
    ])
    func `a header that would smuggle one in is refused, and nothing is sent`(name: String, value: String) async throws
    {
        let (arrived, signal) = AsyncStream.makeStream(of: String.self)
        let server = try RoughServer { connection in
            while let request = connection.receive() {
                signal.yield(request.line)
                connection.answer("")
            }
        }
        defer { server.stop() }
        #expect(await failure(Request(.get, server.url + "/first", headers: [(name, value)])) == .refused)
        _ = try await client.send(Request(.get, server.url + "/second"))
        signal.finish()
        #expect(await arrived.reduce(into: []) { $0.append($1) } == ["GET /second HTTP/1.1"])
    }

    @Test(arguments: ["/\r\nEvil: 1", "/a\nb", "/a\0b", "/ HTTP/1.1", "/\u{7F}"])
    func `a URL that would end its line is refused`(path: String) async {
        #expect(await failure(Request(.get, "http://127.0.0.1:1" + path)) == .refused)
    }
}
