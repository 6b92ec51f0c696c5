import Domain
import FoundationEssentials
import Storage

/// How fast Telegram takes messages: about 30 a second in all, one a second in a chat with short bursts, 20 a minute
/// in a group, where edits count too.
struct Pace: Sendable {
    private static let overall = RateLimit(burst: 25, interval: .milliseconds(40))
    private static let chat = RateLimit(burst: 4, interval: .seconds(1))
    /// Five at once and one every four seconds are at most 20 in any minute.
    private static let group = RateLimit(burst: 5, interval: .seconds(4))
    /// What nobody waits for leaves a third of the group's minute to answers.
    private static let unasked = RateLimit(burst: 3, interval: .seconds(6))

    let limiter: any Limiter

    /// Seconds until the message may go; nil when it may go now, which takes its share.
    func wait(for message: Storage.Message, at now: Date) async -> Double? {
        var shares = [(RedisKeys.allChats, Self.overall), (RedisKeys.chat(message.chat), Self.chat)]
        // Groups have negative ids.
        if message.chat < 0 {
            shares.append((RedisKeys.group(message.chat), Self.group))
            if message.priority != .answer { shares.append((RedisKeys.unasked(message.chat), Self.unasked)) }
        }
        return await limiter.take(shares, at: now).map { max(0.001, $0.seconds) }
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
