import HTTP
import Testing

/// Servers that close a connection we keep: "socket hang up" must never reach a user.
@Suite(.timeLimit(.minutes(5))) struct CurlClientDeadConnectionTests {
    private let client = Client.curl()

    @Test(arguments: [Request.Method.get, .post], [[], ["Connection: close"]])
    func `a server that closes after each answer is never an error`(method: Request.Method, headers: [String])
        async throws
    {
        let server = try RoughServer { connection in
            guard let request = connection.receive() else { return }
            connection.answer(String(decoding: request.body, as: UTF8.self), headers: headers)
        }
        defer { server.stop() }
        for number in 0..<100 {
            let body = method == .post ? [UInt8]("\(number)".utf8) : nil
            let response = try await client.send(Request(method, server.url, body: body))
            #expect(response.text == (method == .post ? "\(number)" : ""))
        }
    }

    /// The worst moment: the request is on its way when the server gives the connection up.
    @Test(arguments: [Request.Method.get, .post, .put], [10, 8 << 20])
    func `a kept connection that dies under the next request is replaced`(method: Request.Method, size: Int)
        async throws
    {
        let server = try RoughServer { connection in
            guard let first = connection.receive() else { return }
            connection.answer("\(first.body.count)")
            // Some of the second request is read, none of it answered.
            _ = connection.receiveBytes(atMost: 5)
        }
        defer { server.stop() }
        let body = method == .get ? nil : [UInt8](repeating: 0x61, count: size)
        for _ in 0..<10 {
            let response = try await client.send(Request(method, server.url, body: body))
            #expect(response.text == "\(body?.count ?? 0)")
        }
    }

    @Test func `a new connection that dies unanswered is an error: the server may have acted`() async throws {
        let (heads, signal) = AsyncStream.makeStream(of: String.self)
        let server = try RoughServer { connection in
            if let request = connection.receive() { signal.yield(request.line) }
        }
        defer { server.stop() }
        await #expect {
            _ = try await client.send(Request(.post, server.url, body: [1]))
        } throws: {
            ($0 as? Failure)?.kind == .broken
        }
        signal.finish()
        #expect(await heads.reduce(into: []) { $0.append($1) }.count == 1)
    }
}
