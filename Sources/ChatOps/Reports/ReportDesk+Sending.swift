import Domain
import FoundationEssentials
import Storage

/// Reports go out once each, whoever sends them: the bot's clock, another bot, a command beside it.
extension ReportDesk {
    /// Returns false when it was said before, by its key in the ledger.
    func send(
        _ occurrence: Schedule.Occurrence, to place: Destination, late: Bool, at now: Date
    ) async throws -> Bool {
        let key = Self.key(occurrence, place)
        guard try await !ledger.isDone(key) else { return false }
        let messages = try Posting.messages(
            for: try await reply(for: occurrence, late: late), key: key, in: place.chat, thread: place.thread,
            replyingTo: nil, priority: .report)
        return try await ledger.sayOnce(key, messages, at: now)
    }

    func reply(for occurrence: Schedule.Occurrence, late: Bool) async throws -> Reply {
        switch occurrence.report {
        case .daily: try await reply(.day(occurrence.day.adding(-1), in: zone), late: late)
        case .weekly: try await week(before: occurrence.day, late: late)
        }
    }

    static func key(_ occurrence: Schedule.Occurrence, _ place: Destination) -> String { "\(occurrence.key):\(place)" }
}
