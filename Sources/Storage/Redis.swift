import FoundationEssentials
import Threads

/// Redis, by hiredis on a thread of its own.
///
/// Commands of all tasks share one connection and are pipelined. It is made at once, and again after it broke, with a
/// growing pause; meanwhile commands fail at once with `RedisError.unavailable`, so that nobody waits for a cache. No
/// command waits longer than `timeout`: a Redis that hangs is as good as gone.
package actor Redis {
    /// How it stands with the connection.
    package enum State: Sendable, Hashable {
        /// The first attempt is under way.
        case connecting(since: Date)
        case connected(since: Date)
        case away(since: Date, reason: String)
    }

    private let loop: RedisLoop
    private let executor: ThreadExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// `probe` is a key to be written with each new connection: a Redis that takes no writes and no scripts is away too.
    /// `changed` is told when Redis goes away and when it is there (again), from the thread of Redis.
    package init(
        _ url: RedisURL, timeout: Duration = .seconds(1), probe: String? = nil,
        now: @escaping @Sendable () -> Date = { Date() },
        changed: @escaping @Sendable (State) -> Void = { _ in }
    ) {
        let loop = RedisLoop(
            place: url.place, greeting: RedisGreeting(url: url, probe: probe), timeout: timeout, now: now,
            changed: changed)
        self.loop = loop
        executor = ThreadExecutor(idle: .init(wait: { loop.turn() }, wake: { loop.wake() }))
    }

    package func state() -> State { loop.state }

    /// Sends one command and returns its answer; throws a `RedisError`, also for an answer that is an error.
    @discardableResult
    package func send(_ words: [String]) async throws -> RedisReply { try await send(words.map { Array($0.utf8) }) }

    @discardableResult
    package func send(_ words: [[UInt8]]) async throws -> RedisReply {
        guard !words.isEmpty else { throw RedisError.refused("an empty command") }
        let reply = try await withCheckedThrowingContinuation { continuation in
            loop.start(words, continuation)
        }
        if case .error(let message) = reply { throw RedisError.refused(message) }
        return reply
    }

    /// Runs a script by its hash; Redis is given its text only when it does not know it.
    package func evaluate(_ script: RedisScript, keys: [String], arguments: [String]) async throws -> RedisReply {
        let rest = [String(keys.count)] + keys + arguments
        do {
            return try await send(["EVALSHA", script.sha1] + rest)
        } catch RedisError.refused(let message) where message.hasPrefix("NOSCRIPT") {
            return try await send(["EVAL", script.text] + rest)
        }
    }
}

/// A Lua script that Redis runs as one step.
package struct RedisScript: Sendable {
    let text: String
    /// Of the text; a test compares it with what Redis says.
    let sha1: String
}

package enum RedisError: Error, Sendable, Hashable {
    /// No connection, or it broke, or Redis was too slow. What was sent may have been done.
    case unavailable(String)
    /// Redis understood and said no.
    case refused(String)
}
