import CHiredis
import Glibc
import Threads

/// The connection to Redis and the commands that wait for an answer.
///
/// `@unchecked Sendable`: everything but `doorbell` and the constants is touched only in `start` and `turn`, which run
/// on the one thread of `Redis`; the doorbell may be rung from any thread.
final class RedisLoop: @unchecked Sendable {
    typealias Continuation = CheckedContinuation<RedisReply, any Error>

    private static let firstPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(5)

    private let url: RedisURL
    private let timeout: Duration
    private let changed: @Sendable (String?) -> Void
    private let doorbell = Doorbell()

    private var context: UnsafeMutablePointer<redisContext>?
    private var waiting: [Waiting] = []
    /// Answers already taken off the front of `waiting`, which is shortened from time to time.
    private var answered = 0
    private var hasOutput = false
    private var failures = 0
    private var nextAttempt = ContinuousClock.now
    private var isKnownWell: Bool?

    private struct Waiting {
        /// Nil for our own AUTH and SELECT.
        let continuation: Continuation?
        let deadline: ContinuousClock.Instant
    }

    init(url: RedisURL, timeout: Duration, changed: @escaping @Sendable (String?) -> Void) {
        self.url = url
        self.timeout = timeout
        self.changed = changed
    }

    deinit { drop("Tipline stops", report: false) }

    func start(_ words: [[UInt8]], _ continuation: Continuation) {
        do throws(RedisError) {
            try connect()
        } catch {
            return continuation.resume(throwing: error)
        }
        append(words, continuation)
    }

    func wake() { doorbell.ring() }

    /// Waits until there is something to read or write, a command is overdue, or somebody woke us.
    func turn() {
        if hasOutput { write() }
        var sources = [pollfd(fd: doorbell.descriptor, events: Int16(POLLIN), revents: 0)]
        if let context {
            let events = hasOutput ? POLLIN | POLLOUT : POLLIN
            sources.append(pollfd(fd: context.pointee.fd, events: Int16(events), revents: 0))
        }
        guard poll(&sources, UInt(sources.count), patience) >= 0 else { return }
        if sources[0].revents != 0 { doorbell.answer() }
        if sources.count > 1, sources[1].revents != 0 {
            if hasOutput { write() }
            read()
        }
        if let oldest, oldest.deadline <= .now { drop("no answer in \(timeout)") }
    }

    private var oldest: Waiting? { answered < waiting.count ? waiting[answered] : nil }

    /// Milliseconds until the oldest command is overdue.
    private var patience: Int32 {
        guard let oldest else { return -1 }
        let left = (oldest.deadline - .now).components
        return Int32(clamping: max(0, left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1))
    }

    private func connect() throws(RedisError) {
        guard context == nil else { return }
        guard nextAttempt <= .now else { throw RedisError.unavailable("no connection") }
        let made =
            switch url.place {
            case .host(let host, let port): redisConnectNonBlock(host, port)
            case .socket(let path): redisConnectUnixNonBlock(path)
            }
        guard let made else { throw RedisError.unavailable("no memory") }
        context = made
        guard made.pointee.err == 0 else {
            let reason = problem(of: made)
            drop(reason)
            throw RedisError.unavailable(reason)
        }
        if let password = url.password {
            append((["AUTH"] + [url.user, password].compactMap { $0 }).map { Array($0.utf8) }, nil)
        }
        append(["SELECT", String(url.database)].map { Array($0.utf8) }, nil)
    }

    private func append(_ words: [[UInt8]], _ continuation: Continuation?) {
        let joined = words.flatMap { $0 }
        let lengths = words.map(\.count)
        let code = joined.withUnsafeBytes { bytes in
            var start = 0
            var pointers: [UnsafePointer<CChar>?] = lengths.map { length in
                defer { start += length }
                return bytes.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) }
            }
            return redisAppendCommandArgv(context, Int32(words.count), &pointers, lengths)
        }
        guard code == REDIS_OK else {
            continuation?.resume(throwing: RedisError.unavailable("no memory"))
            return
        }
        waiting.append(Waiting(continuation: continuation, deadline: .now + timeout))
        hasOutput = true
    }

    private func write() {
        guard let context else { return }
        var isDone: Int32 = 0
        guard redisBufferWrite(context, &isDone) == REDIS_OK else { return drop(problem(of: context)) }
        hasOutput = isDone == 0
    }

    private func read() {
        guard let made = context else { return }
        guard redisBufferRead(made) == REDIS_OK else { return drop(problem(of: made)) }
        while context != nil, oldest != nil {
            var raw: UnsafeMutableRawPointer?
            guard redisGetReplyFromReader(made, &raw) == REDIS_OK else { return drop(problem(of: made)) }
            guard let raw else { return }
            let reply = RedisReply(raw.assumingMemoryBound(to: redisReply.self).pointee)
            freeReplyObject(raw)
            answer(reply)
        }
    }

    private func answer(_ reply: RedisReply) {
        guard let first = oldest else { return }
        answered += 1
        if answered == waiting.count || answered > 1024 {
            waiting.removeFirst(answered)
            answered = 0
        }
        if let continuation = first.continuation {
            report(nil)
            continuation.resume(returning: reply)
        } else if case .error(let message) = reply {
            // A wrong password, or a database that does not exist.
            drop(message)
        }
    }

    /// The connection is of no use any more: everybody who waits is told, and the next attempt waits a while.
    private func drop(_ reason: String, report isReported: Bool = true) {
        if let context { redisFree(context) }
        context = nil
        hasOutput = false
        let told = waiting.dropFirst(answered)
        waiting = []
        answered = 0
        let pause = min(Self.longestPause, Self.firstPause * (1 << min(failures, 6)))
        failures += 1
        nextAttempt = .now + pause
        for command in told { command.continuation?.resume(throwing: RedisError.unavailable(reason)) }
        if isReported { report(reason) }
    }

    private func report(_ trouble: String?) {
        if trouble == nil { failures = 0 }
        guard isKnownWell != (trouble == nil) else { return }
        isKnownWell = trouble == nil
        changed(trouble)
    }

    private func problem(of context: UnsafeMutablePointer<redisContext>) -> String {
        withUnsafeBytes(of: context.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}

extension RedisReply {
    init(_ reply: redisReply) {
        switch reply.type {
        case REDIS_REPLY_INTEGER: self = .integer(reply.integer)
        case REDIS_REPLY_STRING: self = .string(Self.bytes(of: reply))
        case REDIS_REPLY_STATUS: self = .status(String(decoding: Self.bytes(of: reply), as: UTF8.self))
        case REDIS_REPLY_ERROR: self = .error(String(decoding: Self.bytes(of: reply), as: UTF8.self))
        case REDIS_REPLY_ARRAY:
            self = .array(
                (0..<reply.elements).map { index in
                    guard let element = reply.element?[index] else { return .null }
                    return RedisReply(element.pointee)
                })
        default: self = .null
        }
    }

    private static func bytes(of reply: redisReply) -> [UInt8] {
        guard let text = reply.str else { return [] }
        return Array(UnsafeRawBufferPointer(start: text, count: reply.len))
    }
}
