import HTTP
import Testing

/// Cancelling a task really ends its exchange.
@Suite(.timeLimit(.minutes(5))) struct CurlClientCancellationTests {
    private let client = Client.curl()

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes."])
    func `the server sees the connection close`(answer: String) async throws {
        let (steps, signal) = AsyncStream.makeStream(of: String.self)
        let server = try RoughServer { connection in
            guard connection.receive() != nil else { return }
            connection.send(answer)
            signal.yield("received")
            connection.waitForClose()
            signal.yield("closed")
            signal.finish()
        }
        defer { server.stop() }
        let outcome = await withTaskGroup(of: Result<Response, any Error>?.self) { group in
            group.addTask { await Result { try await client.send(Request(.get, server.url)) } }
            var step = steps.makeAsyncIterator()
            #expect(await step.next() == "received")
            group.cancelAll()
            let outcome = await group.next()
            #expect(await step.next() == "closed")
            return outcome
        }
        #expect(throws: CancellationError.self) { try outcome??.get() }
    }

    @Test func `a task that was cancelled before sends nothing`() async throws {
        let server = try RoughServer { connection in
            while let request = connection.receive() { connection.answer("\(connection.number) \(request.line)") }
        }
        defer { server.stop() }
        let outcome = await withTaskGroup(of: Result<Response, any Error>.self) { group in
            group.cancelAll()
            group.addTask { await Result { try await client.send(Request(.get, server.url + "/cancelled")) } }
            return await group.next()
        }
        #expect(throws: CancellationError.self) { try outcome?.get() }
        #expect(try await client.send(Request(.get, server.url)).text == "1 GET / HTTP/1.1")
    }

    @Test func `leaves the neighbours alone`() async throws {
        let (arrived, signal) = AsyncStream.makeStream(of: Void.self)
        let (release, releaseSignal) = AsyncStream.makeStream(of: Void.self)
        let server = try RoughServer { connection in
            while let request = connection.receive() {
                signal.yield()
                if request.line.contains("hang") {
                    connection.waitForClose()
                    releaseSignal.yield()
                } else {
                    connection.answer(request.line)
                }
            }
        }
        defer { server.stop() }
        await withTaskGroup(of: Result<Response, any Error>.self) { group in
            for _ in 0..<50 {
                group.addTask { await Result { try await client.send(Request(.get, server.url + "/hang")) } }
            }
            var arrivals = arrived.makeAsyncIterator()
            for _ in 0..<50 { await arrivals.next() }
            async let neighbours = Result { try await answers(20, from: server) }
            group.cancelAll()
            for await outcome in group { #expect(throws: CancellationError.self) { try outcome.get() } }
            #expect(await (try? neighbours.get()) == Array(repeating: "GET /fine HTTP/1.1", count: 20))
            var releases = release.makeAsyncIterator()
            for _ in 0..<50 { await releases.next() }
        }
    }

    private func answers(_ count: Int, from server: RoughServer) async throws -> [String] {
        var texts: [String] = []
        for _ in 0..<count { texts.append(try await client.send(Request(.get, server.url + "/fine")).text) }
        return texts
    }
}

extension Result where Failure == any Error {
    /// What an async call returns or throws, as a value.
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
