import FoundationEssentials
import Glibc
import Threads

/// Keeps a connection to Redis, and the commands that wait for an answer.
///
/// `@unchecked Sendable`: everything but `doorbell` and the constants is touched only on the one thread of `Redis`: in
/// `start`, `state` and `turn`. The doorbell may be rung from any thread.
final class RedisLoop: @unchecked Sendable {
    typealias Continuation = CheckedContinuation<RedisReply, any Error>

    private static let firstPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(5)
    /// Redis is there and yet of no use: a full disk or memory, a replica, still loading, another password.
    private static let ailments = ["MISCONF", "OOM", "READONLY", "LOADING", "MASTERDOWN", "CLUSTERDOWN", "NOAUTH"]

    private let place: RedisURL.Place
    private let greeting: RedisGreeting
    private let timeout: Duration
    private let now: @Sendable () -> Date
    private let changed: @Sendable (Redis.State) -> Void
    private let doorbell = Doorbell()

    private(set) var state: Redis.State
    private var link = Link.none
    /// Commands that came while a connection is being made from which much is expected.
    private var held: [(words: [[UInt8]], command: Waiting)] = []
    private var waiting = RedisQueue<Waiting>()
    private var failures = 0
    private var nextAttempt = ContinuousClock.now

    private enum Link {
        case none
        case dialling(RedisDialling, until: ContinuousClock.Instant)
        /// The greeting is not wholly answered yet.
        case greeting(RedisConnection)
        case ready(RedisConnection, since: ContinuousClock.Instant)
    }

    private struct Waiting {
        /// Nil for the greeting.
        let continuation: Continuation?
        let deadline: ContinuousClock.Instant
    }

    init(
        place: RedisURL.Place, greeting: RedisGreeting, timeout: Duration, now: @escaping @Sendable () -> Date,
        changed: @escaping @Sendable (Redis.State) -> Void
    ) {
        self.place = place
        self.greeting = greeting
        self.timeout = timeout
        self.now = now
        self.changed = changed
        state = .connecting(since: now())
    }

    func start(_ words: [[UInt8]], _ continuation: Continuation) {
        let command = Waiting(continuation: continuation, deadline: .now + timeout)
        if case .ready(let connection, _) = link {
            send(words, command, on: connection)
        } else if case .away(_, let reason) = state {
            continuation.resume(throwing: RedisError.unavailable(reason))
        } else {
            held.append((words, command))
        }
    }

    func wake() { doorbell.ring() }

    /// Waits until there is something to read or write, something is overdue, or somebody woke us.
    func turn() {
        if case .none = link, nextAttempt <= .now { dial() }
        if let connection, connection.hasOutput { attempt { () throws(RedisError) in try connection.write() } }
        var sources = [pollfd(fd: doorbell.descriptor, events: Int16(POLLIN), revents: 0)]
        if let connection {
            let events = connection.hasOutput ? POLLIN | POLLOUT : POLLIN
            sources.append(pollfd(fd: connection.descriptor, events: Int16(events), revents: 0))
        }
        guard poll(&sources, UInt(sources.count), patience) >= 0 else { return }
        if sources[0].revents != 0 { doorbell.answer() }
        let isActive = sources.count > 1 && sources[1].revents != 0
        if isActive, let connection { serve(connection) }
        if case .dialling(let dialling, let until) = link, let outcome = dialling.take() {
            greet(outcome, until: until)
        }
        dropIfOverdue(isActive: isActive)
    }

    private var connection: RedisConnection? {
        switch link {
        case .none, .dialling: nil
        case .greeting(let connection), .ready(let connection, _): connection
        }
    }

    /// Milliseconds until something is overdue.
    private var patience: Int32 {
        let next: ContinuousClock.Instant? =
            switch link {
            case .none: nextAttempt
            case .dialling(_, let until): until
            case .greeting, .ready: waiting.first?.deadline
            }
        guard let next else { return -1 }
        return Int32(clamping: max(0, (next - .now).milliseconds + 1))
    }

    private func dial() {
        link = .dialling(.begin(place, ringing: doorbell), until: .now + timeout)
    }

    /// The greeting has only what dialling left of the time: who waits for the connection waits for both.
    private func greet(_ outcome: Result<RedisConnection, RedisError>, until: ContinuousClock.Instant) {
        switch outcome {
        case .failure(let error): drop(error)
        case .success(let connection):
            link = .greeting(connection)
            for words in greeting.commands {
                send(words, Waiting(continuation: nil, deadline: until), on: connection)
            }
        }
    }

    private func send(_ words: [[UInt8]], _ command: Waiting, on connection: RedisConnection) {
        guard self.connection === connection else {
            command.continuation?.resume(throwing: RedisError.unavailable("the connection broke"))
            return
        }
        waiting.append(command)
        attempt { () throws(RedisError) in try connection.append(words) }
    }

    private func serve(_ connection: RedisConnection) {
        attempt { () throws(RedisError) in
            if connection.hasOutput { try connection.write() }
            try connection.read()
            // An answer may drop the connection, whose later answers are then nobody's.
            while self.connection === connection, let reply = try connection.next() { answer(reply) }
        }
    }

    private func answer(_ reply: RedisReply) {
        guard let first = waiting.removeFirst() else { return drop(.unavailable("an answer to no question")) }
        let trouble: String? = if case .error(let message) = reply { message } else { nil }
        guard let continuation = first.continuation else {
            // The greeting: a wrong password, a database that does not exist, a Redis that takes no writes.
            if let trouble { return drop(.unavailable(trouble)) }
            if waiting.isEmpty { welcome() }
            return
        }
        continuation.resume(returning: reply)
        if let trouble, Self.ailments.contains(where: trouble.contains) { drop(.unavailable(trouble)) }
    }

    private func welcome() {
        guard case .greeting(let connection) = link else { return }
        link = .ready(connection, since: .now)
        if case .connected = state {} else { become(.connected(since: now())) }
        let commands = held
        held = []
        for (words, command) in commands { send(words, command, on: connection) }
    }

    private func dropIfOverdue(isActive: Bool) {
        switch link {
        case .none: return
        case .dialling(_, let until):
            if until <= .now { drop(.unavailable("no connection within \(timeout)")) }
        case .greeting, .ready:
            guard let deadline = waiting.first?.deadline, deadline <= .now else { return }
            // After a pause of our own the answer may be here and only unread; but nobody may dribble for ever.
            guard !isActive || deadline + timeout <= .now else { return }
            drop(.unavailable("no answer within \(timeout)"))
        }
    }

    private func attempt(_ work: () throws(RedisError) -> Void) {
        do throws(RedisError) {
            try work()
        } catch {
            drop(error, isBroken: true)
        }
    }

    /// The connection is of no use any more: everybody who waits is told, and the next attempt waits a while.
    ///
    /// Only a good connection that broke, as when Redis restarts or closes idle connections, is made again at once.
    private func drop(_ error: RedisError, isBroken: Bool = false) {
        var mayHold = false
        if case .ready(_, let since) = link {
            if since + Self.longestPause < .now { failures = 0 }
            mayHold = isBroken && failures == 0
        }
        link = .none
        var told = waiting.removeAll()
        if mayHold {
            nextAttempt = .now
        } else {
            nextAttempt = .now + min(Self.longestPause, Self.firstPause * (1 << min(failures, 6)))
            told += held.map(\.command)
            held = []
        }
        failures += 1
        for command in told { command.continuation?.resume(throwing: error) }
        guard !mayHold, case .unavailable(let reason) = error else { return }
        if case .away(let since, _) = state {
            state = .away(since: since, reason: reason)
        } else {
            become(.away(since: now(), reason: reason))
        }
    }

    private func become(_ new: Redis.State) {
        state = new
        changed(new)
    }
}

/// First in, first out; what was taken is cut off from time to time and not each time.
struct RedisQueue<Element> {
    private var elements: [Element] = []
    private var taken = 0

    var isEmpty: Bool { taken == elements.count }

    var first: Element? { isEmpty ? nil : elements[taken] }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func removeFirst() -> Element? {
        guard let first else { return nil }
        taken += 1
        if taken == elements.count || taken > 1024 {
            elements.removeFirst(taken)
            taken = 0
        }
        return first
    }

    mutating func removeAll() -> [Element] {
        defer { self = RedisQueue() }
        return Array(elements.dropFirst(taken))
    }
}
