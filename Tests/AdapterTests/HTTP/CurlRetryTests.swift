import FoundationEssentials
import HTTP
import Testing

/// When it asks again, and after how long.
@Suite(.timeLimit(.minutes(5))) struct CurlRetryTests {
    private static let unreachable = Result<Response, Failure>.failure(Failure(.unreachable, "no route"))
    private static let broken = Result<Response, Failure>.failure(Failure(.broken, "half an answer"))
    private static let timedOut = Result<Response, Failure>.failure(Failure(.timedOut, "too late"))
    private static let tooLarge = Result<Response, Failure>.failure(Failure(.tooLarge(limit: 1), "too large"))
    private static let refused = Result<Response, Failure>.failure(Failure(.refused, "bad URL"))

    private static func status(_ status: Int, retryAfter: String? = nil) -> Result<Response, Failure> {
        .success(Response(status: status, headers: retryAfter.map { [("Retry-After", $0)] } ?? []))
    }

    /// Runs the retries against outcomes in order, the last one for ever; returns the pauses in milliseconds.
    private func pauses(
        _ method: Request.Method, _ outcomes: [Result<Response, Failure>], dice: Double = 0
    ) async -> (pauses: [Int], last: Result<Response, any Error>) {
        let script = Script(outcomes)
        let clock = RecordingClock()
        let retry = Retry(
            clock: clock, dice: { dice }, now: { Date(timeIntervalSince1970: 1_795_521_600) })  // 2026-11-24 12:00 UTC
        let client = Client { _ in try await script.next() }.retrying(retry)
        do {
            let response = try await client.send(Request(method, "http://shop.example"))
            return (await clock.log.milliseconds, .success(response))
        } catch {
            return (await clock.log.milliseconds, .failure(error))
        }
    }

    @Test(arguments: [
        (Request.Method.get, unreachable, 2), (.get, broken, 2), (.get, timedOut, 2), (.get, tooLarge, 0),
        (.get, refused, 0), (.get, status(500), 2), (.get, status(503), 2), (.get, status(429), 2),
        (.get, status(200), 0), (.get, status(404), 0), (.get, status(301), 0), (.get, status(499), 0),
        (.put, unreachable, 2), (.put, broken, 2), (.put, status(502), 2), (.put, status(400), 0),
        (.post, unreachable, 2), (.post, broken, 0), (.post, timedOut, 0), (.post, status(503), 0),
        (.post, status(429), 0), (.delete, unreachable, 2), (.delete, broken, 0), (.delete, status(500), 0),
    ])
    func `repeats only what cannot happen twice`(
        method: Request.Method, outcome: Result<Response, Failure>, repetitions: Int
    ) async {
        #expect(await pauses(method, [outcome]).pauses.count == repetitions)
    }

    @Test(arguments: [(0.0, [500, 1000]), (0.5, [750, 1500])])
    func `waits twice as long each time, and by chance longer`(dice: Double, expected: [Int]) async {
        #expect(await pauses(.get, [Self.broken], dice: dice).pauses == expected)
    }

    @Test(arguments: [
        ("7", [7000, 7000]), ("0", [500, 1000]), ("-3", [500, 1000]), ("0.75", [750, 1000]), ("soon", [500, 1000]),
        ("", [500, 1000]), ("nan", [500, 1000]), ("20", [20000, 20000]), ("21", []), ("99999999999999999999", []),
        ("Tue, 24 Nov 2026 12:00:09 GMT", [9000, 9000]), ("Tuesday, 24-Nov-26 12:00:09 GMT", [9000, 9000]),
        ("Tue, 24 Nov 2026 11:00:00 GMT", [500, 1000]), ("Wed, 25 Nov 2026 12:00:00 GMT", []),
    ])
    func `gives a server the time it asks for, and leaves a long time to the caller`(header: String, expected: [Int])
        async
    {
        #expect(await pauses(.get, [Self.status(503, retryAfter: header)]).pauses == expected)
    }

    @Test func `returns the first answer that is good, and the last when none is`() async throws {
        let recovered = await pauses(.get, [Self.broken, Self.status(200), Self.status(500)])
        #expect(recovered.pauses == [500])
        #expect(try recovered.last.get().status == 200)
        #expect(try await pauses(.get, [Self.broken, Self.status(503)]).last.get().status == 503)
        let failed = await pauses(.get, [Self.unreachable, Self.unreachable, Self.broken])
        #expect { try failed.last.get() } throws: { ($0 as? Failure)?.kind == .broken }
    }

    @Test func `a cancelled task does not sit out its pause`() async {
        let (tries, signal) = AsyncStream.makeStream(of: Void.self)
        let client = Client { _ in
            signal.yield()
            throw Failure(.unreachable, "no route")
        }.retrying(Retry(firstPause: .seconds(3600), longestPause: .seconds(3600)))
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do { return try await client.send(Request(.get, "http://shop.example")).status == 0 } catch {
                    return error is CancellationError
                }
            }
            var iterator = tries.makeAsyncIterator()
            await iterator.next()
            group.cancelAll()
            #expect(await group.next() == true)
        }
        signal.finish()
    }

    @Test func `a cancelled exchange is not repeated`() async {
        let script = Script([.success(Response(status: 200))])
        let client = Client { _ in
            _ = try await script.next()
            throw CancellationError()
        }.retrying(Retry(clock: RecordingClock()))
        await #expect(throws: CancellationError.self) {
            _ = try await client.send(Request(.get, "http://shop.example"))
        }
        #expect(await script.count == 1)
    }

    @Test func `gets through to a real server that is down at first`() async throws {
        let server = try RoughServer { connection in
            guard let request = connection.receive() else { return }
            // The connection is closed unanswered, then the service is busy, then all is well.
            switch connection.number {
            case 1: return
            case 2: connection.answer("", status: "503 Busy")
            default: connection.answer(request.line)
            }
        }
        defer { server.stop() }
        let client = Client.curl().retrying(Retry(clock: RecordingClock()))
        #expect(try await client.send(Request(.get, server.url)).text == "GET / HTTP/1.1")
    }
}

/// Outcomes in order; the last one for ever.
private actor Script {
    private let outcomes: [Result<Response, Failure>]
    private(set) var count = 0

    init(_ outcomes: [Result<Response, Failure>]) { self.outcomes = outcomes }

    func next() throws -> Response {
        defer { count += 1 }
        return try outcomes[min(count, outcomes.count - 1)].get()
    }
}

/// Sleeps no time at all and remembers for how long it should have.
private struct RecordingClock: Clock {
    struct Instant: InstantProtocol {
        let offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
    }

    actor Log {
        private(set) var milliseconds: [Int] = []
        func append(_ duration: Duration) { milliseconds.append(Int((duration / .milliseconds(1)).rounded())) }
    }

    let log = Log()
    var now: Instant { Instant(offset: .zero) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws { await log.append(deadline.offset) }
}
