import Domain
import FoundationEssentials
import Storage

/// What time alone brings about.
extension DeskEntry {
    /// A chat's counters are edited so often: edits count against Telegram's limits.
    static let counterInterval: Double = 60
    /// How late a look may come and still turn every Undo into Reopen.
    private static let undoMemory: Double = 3600

    /// - Parameter lastLook: when this was done before.
    func keepUp(since lastLook: Date) throws {
        try endSilences()
        try growStorms()
        try escalate()
        try turnUndo(since: lastLook)
        try moveCounters()
    }

    // MARK: Storms

    private func growStorms() throws {
        for storm in try book.openStorms() {
            // After an outage all is there at once.
            let isOver = storm.cause == .outage || StormRule.isOver(lastJoinedAt: storm.joinedAt, at: now)
            if isOver { try book.endStorm(storm.number, at: now) }
            guard let storm = try book.storm(storm.number) else { continue }
            try say(storm, .edit)
        }
    }

    // MARK: Untouched

    private func escalate() throws {
        guard let seconds = rules.escalation.seconds else { return }
        for episode in try book.untouchedFatal(toldBefore: now.addingTimeInterval(-seconds)) {
            guard rules.escalation.isDue(episode, at: now) else { continue }
            var episode = episode
            episode.escalatedAt = now
            let duty = try book.duty()
            let names: HTML = duty.isEmpty ? "" : "\n\(HTML(duty.joined(separator: " ")))"
            let age = spoken(seconds: now.timeIntervalSince(episode.openedAt))
            try book.save(episode)
            try remark(
                "‼️ Fatal and untouched for \(age) · \(episode.subject.project.slug) · "
                    + "<b>\(episode.subject.scrubbedTitle)</b>\(names)",
                "escalation", on: episode, keyboard: try liveMessage(episode).keyboard)
        }
    }

    // MARK: Live messages

    private func turnUndo(since lastLook: Date) throws {
        let start = max(lastLook, now.addingTimeInterval(-Self.undoMemory)).addingTimeInterval(-LiveMessage.undoTime)
        for episode in try book.closed(from: start, to: now.addingTimeInterval(-LiveMessage.undoTime)) {
            guard try book.episode(of: episode.issue)?.number == episode.number else { continue }
            var episode = episode
            try show(&episode)
        }
    }

    private func moveCounters() throws {
        for chat in try book.chatsWithOldCounters() {
            let key = "counters:\(chat)"
            let last = try book.setting(key).flatMap { Double($0) } ?? 0
            // A clock that was set back must not stop the counters for as long.
            guard abs(now.timeIntervalSince1970 - last) >= Self.counterInterval,
                var episode = try book.oldestCounter(in: chat)
            else { continue }
            try book.set(String(now.timeIntervalSince1970), for: key)
            try show(&episode)
        }
    }
}

/// Whoever is on duty, as Telegram names: `@ada`.
extension Book {
    private static let duty = "duty"

    package func duty() throws -> [String] {
        try setting(Self.duty)?.split(separator: " ").map(String.init) ?? []
    }

    package func set(duty names: [String]) throws {
        try set(names.isEmpty ? nil : names.joined(separator: " "), for: Self.duty)
    }
}
