import CCurl
import FoundationEssentials

/// When to ask again, and after how long.
///
/// Only where a repetition cannot do a thing twice: a GET or PUT after any network failure, 429 or 5xx; a POST or
/// DELETE only when nothing of it was sent.
package struct Retry: Sendable {
    /// At most, the first included.
    package let tries: Int
    /// Before the second try; doubles from there, with up to as much again by chance.
    package let firstPause: Duration
    /// A server that wants more patience (`Retry-After`) is not asked again: the caller gets its answer.
    package let longestPause: Duration

    private let sleep: @Sendable (Duration) async throws -> Void
    /// From 0 up to 1, so that those who failed together do not return together.
    private let dice: @Sendable () -> Double
    /// For a `Retry-After` that is a date.
    private let now: @Sendable () -> Date

    package init(
        tries: Int = 3, firstPause: Duration = .milliseconds(500), longestPause: Duration = .seconds(20),
        clock: any Clock<Duration> = ContinuousClock(),
        dice: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.tries = tries
        self.firstPause = firstPause
        self.longestPause = longestPause
        sleep = { try await clock.sleep(for: $0) }
        self.dice = dice
        self.now = now
    }

    func send(_ request: Request, by client: Client) async throws -> Response {
        var attempt = 1
        while true {
            let outcome: Result<Response, Failure>
            do {
                outcome = .success(try await client.send(request))
            } catch let failure as Failure {
                outcome = .failure(failure)
            }
            guard let pause = pause(after: outcome, of: request, attempt: attempt) else { return try outcome.get() }
            try await sleep(pause)
            // A clock may end a cancelled sleep without a word.
            try Task.checkCancellation()
            attempt += 1
        }
    }

    /// How long to wait before the next try, nil for none. The first attempt is 1.
    func pause(after outcome: Result<Response, Failure>, of request: Request, attempt: Int) -> Duration? {
        guard attempt < tries else { return nil }
        var least = Duration.zero
        switch outcome {
        case .success(let response):
            guard request.method.isRepeatable, response.status == 429 || (500...599).contains(response.status) else {
                return nil
            }
            least = retryAfter(response) ?? .zero
        case .failure(let failure):
            switch failure.kind {
            case .unreachable: break
            case .broken, .timedOut: guard request.method.isRepeatable else { return nil }
            case .tooLarge, .refused: return nil
            }
        }
        guard least <= longestPause else { return nil }
        let pause = firstPause * (1 << min(attempt - 1, 16)) * (1 + dice())
        return min(max(pause, least), longestPause)
    }

    /// What the server asks for: seconds, or a date in HTTP's form.
    private func retryAfter(_ response: Response) -> Duration? {
        guard let text = response.header("Retry-After") else { return nil }
        if let seconds = Double(text), seconds.isFinite { return .seconds(min(max(0, seconds), 1e9)) }
        // All three forms of a date that HTTP knows; -1 for anything else.
        let date = curl_getdate(text, nil)
        return date < 0 ? nil : .seconds(max(0, Double(date) - now().timeIntervalSince1970))
    }
}

extension Client {
    /// The same client, patient.
    package func retrying(_ retry: Retry = Retry()) -> Client {
        Client { try await retry.send($0, by: self) }
    }
}

extension Request.Method {
    /// Whether doing it twice leaves things as doing it once does. Ours are so: every PUT sets a state, adds nothing.
    /// A second DELETE would find nothing and report a failure that is none.
    fileprivate var isRepeatable: Bool {
        switch self {
        case .get, .put: true
        case .post, .delete: false
        }
    }
}
