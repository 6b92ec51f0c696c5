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

    // MARK: Silences

    private func endSilences() throws {
        for silence in try book.silences() where silence.silence.isOver(held: silence.events, at: now) {
            _ = try end(silence, by: nil)
        }
    }

    /// Ends a silence and says what it held back: below the live message when it was for one issue.
    func end(_ silence: StoredSilence, by name: String?) throws -> HTML {
        guard try book.end(silence: silence.number, at: now) else { return "" }
        let held = try book.heldBack(by: silence.number)
        let episodes = try book.episodes(under: silence.number)
        let text = try words(silence, held)
        for episode in episodes {
            var episode = episode
            episode.silence = nil
            try show(&episode)
        }
        if name == nil {
            let place = silence.silence.place.destination
            let issue: Issue.ID? = if case .issue(let id) = silence.silence.target { id } else { nil }
            let replyTo = try issue.flatMap { try book.episode(of: $0) }.flatMap { try book.messageID(of: $0.key) }
            try book.say(
                Message(
                    key: "silence:\(silence.number):end", chat: place.chat, thread: place.thread, replyTo: replyTo,
                    subject: issue.map(Subject.issue), priority: .alert,
                    content: try Posting(text, keyboard: buttons(held)).json()), at: now)
        }
        return text
    }

    private func words(_ silence: StoredSilence, _ held: [HeldBack]) throws -> HTML {
        let title: HTML = "🔔 No longer muted: <b>\(silence.silence.target.words)</b>"
        guard !held.isEmpty else { return "\(title)\nNothing happened meanwhile." }
        let events = held.reduce(0) { $0 + $1.events }
        var lines: [HTML] = [title, "Held back: \(tally(issues: held.count, events: events))"]
        for entry in held.prefix(10) {
            guard let episode = try book.episode(of: entry.issue) else { continue }
            let issue = episode.subject
            lines.append(
                "\(issue.mark) <b>#\(entry.issue)</b> \(issue.scrubbedTitle.cut(to: 80)) · \(issue.project.slug) · +\(entry.events)"
            )
        }
        if held.count > 10 { lines.append("\(held.count - 10) more") }
        return lines.joined(by: "\n")
    }

    private func buttons(_ held: [HeldBack]) -> [[Button]] {
        let buttons = held.prefix(5).map { Button("#\($0.issue)", callbackData: "/issue \($0.issue)") }
        return buttons.isEmpty ? [] : [buttons]
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
        for episode in try book.untouchedFatal(openedBefore: now.addingTimeInterval(-seconds)) {
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
