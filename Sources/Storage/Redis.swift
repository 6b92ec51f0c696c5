import Threads

/// Redis, by hiredis on a thread of its own.
///
/// Commands of all tasks share one connection and are pipelined. It is made on first use, and again after it broke,
/// with a growing pause; meanwhile commands fail at once with `RedisError.unavailable`, so that nobody waits for a cache.
package actor Redis {
    private let loop: RedisLoop
    private let executor: ThreadExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// `changed` is told when the connection stands (nil) and when it is gone (why), from the thread of Redis.
    package init(
        _ url: RedisURL, timeout: Duration = .seconds(1),
        changed: @escaping @Sendable (_ trouble: String?) -> Void = { _ in }
    ) {
        let loop = RedisLoop(url: url, timeout: timeout, changed: changed)
        self.loop = loop
        executor = ThreadExecutor(idle: .init(wait: { loop.turn() }, wake: { loop.wake() }))
    }

    /// Sends one command and returns its answer; throws a `RedisError`.
    package func send(_ words: [String]) async throws -> RedisReply { try await send(words.map { Array($0.utf8) }) }

    package func send(_ words: [[UInt8]]) async throws -> RedisReply {
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

package enum RedisReply: Sendable, Hashable {
    case null
    case status(String)
    case error(String)
    case integer(Int64)
    case string([UInt8])
    case array([RedisReply])
}

package enum RedisError: Error, Sendable, Hashable {
    /// No connection, or it broke, or Redis was too slow. What was sent may have been done.
    case unavailable(String)
    /// Redis understood and said no.
    case refused(String)
}
