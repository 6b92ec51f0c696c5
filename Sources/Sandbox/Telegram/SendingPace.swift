import FoundationEssentials

/// How fast a bot may send: one a second in a chat with a short burst, twenty a minute in a group, thirty a second in
/// all. Sending during the wait makes it longer.
struct SendingPace {
    private var chats: [Int64: Bucket] = [:]
    private var groups: [Int64: [Date]] = [:]
    private var all: [Date] = []
    private var quiet: [Int64: Date] = [:]

    private struct Bucket {
        static let burst = 5.0

        var tokens = burst
        var date: Date
    }

    /// Seconds to wait; nil when it may be sent.
    mutating func delay(chat: Int64, isGroup: Bool, at date: Date) -> Int? {
        if let end = quiet[chat], end > date {
            let longer = end.addingTimeInterval(1)
            quiet[chat] = longer
            return seconds(from: date, to: longer)
        }
        all.removeAll { $0 <= date.addingTimeInterval(-1) }
        if all.count >= 30 { return 1 }
        if isGroup {
            let recent = (groups[chat] ?? []).filter { $0 > date.addingTimeInterval(-60) }
            groups[chat] = recent
            if recent.count >= 20, let first = recent.first {
                return keepQuiet(chat, until: first.addingTimeInterval(60), at: date)
            }
        }
        var bucket = chats[chat] ?? Bucket(date: date)
        bucket.tokens = min(Bucket.burst, bucket.tokens + date.timeIntervalSince(bucket.date))
        bucket.date = date
        guard bucket.tokens >= 1 else {
            chats[chat] = bucket
            return keepQuiet(chat, until: date.addingTimeInterval(1 - bucket.tokens), at: date)
        }
        bucket.tokens -= 1
        chats[chat] = bucket
        all.append(date)
        if isGroup { groups[chat, default: []].append(date) }
        return nil
    }

    private mutating func keepQuiet(_ chat: Int64, until end: Date, at date: Date) -> Int {
        quiet[chat] = end
        return seconds(from: date, to: end)
    }

    private func seconds(from date: Date, to end: Date) -> Int { max(1, Int(end.timeIntervalSince(date).rounded(.up))) }
}
