import Domain
import FoundationEssentials
import Storage

/// What is muted, and what is said when that ends.
extension DeskEntry {
    func endSilences() throws {
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

    /// Marks what is open and matches, so that it is shown as muted and counted.
    func silence(_ number: Int, _ silence: Silence) throws {
        for var episode in try book.openEpisodes() where episode.silence == nil && silence.matches(episode.subject) {
            episode.silence = number
            try show(&episode)
        }
    }
}
