import CHiredis

/// A connection by hiredis: commands in, replies out, in order. Nothing here blocks.
final class RedisConnection {
    private let context: UnsafeMutablePointer<redisContext>
    /// There are bytes which the system did not take yet.
    private(set) var hasOutput = false

    init(_ context: UnsafeMutablePointer<redisContext>) { self.context = context }

    deinit { redisFree(context) }

    var descriptor: Int32 { context.pointee.fd }

    /// What hiredis complains about.
    var problem: String? {
        guard context.pointee.err != 0 else { return nil }
        return withUnsafeBytes(of: context.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// Puts a command behind the others; `write` sends it.
    func append(_ words: [[UInt8]]) throws(RedisError) {
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
        guard code == REDIS_OK else { throw failure }
        hasOutput = true
    }

    func write() throws(RedisError) {
        var isDone: Int32 = 0
        guard redisBufferWrite(context, &isDone) == REDIS_OK else { throw failure }
        hasOutput = isDone == 0
    }

    /// Takes in what has arrived.
    func read() throws(RedisError) {
        guard redisBufferRead(context) == REDIS_OK else { throw failure }
    }

    /// The next reply that has arrived whole.
    func next() throws(RedisError) -> RedisReply? {
        var raw: UnsafeMutableRawPointer?
        guard redisGetReplyFromReader(context, &raw) == REDIS_OK else { throw failure }
        guard let raw else { return nil }
        defer { freeReplyObject(raw) }
        return RedisReply(raw.assumingMemoryBound(to: redisReply.self).pointee)
    }

    private var failure: RedisError { .unavailable(problem ?? "no memory") }
}
