import Domain
import FoundationEssentials
import Storage

/// What is muted, and what is said when that ends.
extension DeskEntry {
    func endSilences() throws {
        for silence in try book.silences() where silence.isOver(at: now) { _ = try end(silence, by: nil) }
        // It was closed when its silence ended, and was opened again since; or an older program forgot it.
        for episode in try book.leftBehind() { try announce(episode, gained: 1, Background()) }
    }

    /// Ends a silence and says what it held back: below the live message when it was for one issue. What another one still
    /// matches stays muted by that, which says at its own end what was held back of it.
    func end(_ silence: StoredSilence, by name: String?) throws -> HTML {
        guard try book.end(silence: silence.number, at: now) else { return "" }
        let episodes = try book.episodes(under: silence.number)
        // What ends in the same moment keeps nothing back.
        let others = try book.silences().filter { !$0.isOver(at: now) }
        let passed = try passOn(silence, to: others)
        let held = try heldBack(by: silence)
        let heir = silence.silence.target.isIssue ? episodes.last.flatMap { self.heir(of: $0, among: others) } : nil
        let text = words(silence, held, passed: passed, heir: heir)
        if name == nil { try say(text, at: silence, held) }
        var news: [Episode] = []
        for episode in episodes {
            var episode = episode
            let heir = self.heir(of: episode, among: others)
            episode.silence = heir?.number
            switch (episode.announcement, heir) {
            case (.held, let heir?): episode.announcement = .held(silence: heir.number)
            case (.held, nil) where episode.isOpen: news.append(episode)
            case (.held, nil), (.none, _), (.message, _), (.digest, _), (.nowhere, _): break
            }
            try update(&episode)
        }
        try announce(news, by: silence)
        return text
    }

    /// Another silence for the same target takes its place, and holds what it held: nothing is told yet.
    func replace(_ silence: StoredSilence, by number: Int) throws {
        guard try book.end(silence: silence.number, at: now) else { return }
        for held in try book.heldBack(by: silence.number) {
            try book.pass(held.issue, from: silence.number, to: number)
        }
        for episode in try book.episodes(under: silence.number) {
            var episode = episode
            episode.silence = number
            if case .held = episode.announcement { episode.announcement = .held(silence: number) }
            try update(&episode)
        }
    }

    /// What is closed does not say whether it is muted; and its message may be retired.
    private func update(_ episode: inout Episode) throws {
        if episode.isOpen { try show(&episode) } else { try book.save(episode) }
    }

    /// Marks what is open and matches, so that it is shown as muted and counted.
    func silence(_ number: Int, _ silence: Silence) throws {
        for var episode in try book.openEpisodes() where episode.silence == nil && silence.matches(episode.subject) {
            episode.silence = number
            try show(&episode)
        }
    }

    // MARK: Silences that overlap

    /// The silence that keeps an episode from the chat when another ends: the one that it is under, else the oldest.
    private func heir(of episode: Episode, among others: [StoredSilence]) -> StoredSilence? {
        others.first { $0.number == episode.silence } ?? others.first { $0.silence.matches(episode.subject) }
    }

    /// Of how many issues another silence keeps back what this one did.
    private func passOn(_ silence: StoredSilence, to others: [StoredSilence]) throws -> Int {
        guard !others.isEmpty else { return 0 }
        var count = 0
        for held in try book.heldBack(by: silence.number) {
            guard let episode = try book.episode(of: held.issue), let heir = heir(of: episode, among: others) else {
                continue
            }
            try book.pass(held.issue, from: silence.number, to: heir.number)
            count += 1
        }
        return count
    }

    // MARK: Words

    private struct Held {
        let issue: Issue
        let events: Int
    }

    /// The worst first, of these the most frequent.
    private func heldBack(by silence: StoredSilence) throws -> [Held] {
        let all = try book.heldBack(by: silence.number).compactMap { held in
            try book.episode(of: held.issue).map { Held(issue: $0.subject, events: held.events) }
        }
        return Issue.Level.allCases.sorted(by: >).flatMap { level in all.filter { $0.issue.level == level } }
    }

    private func words(_ silence: StoredSilence, _ held: [Held], passed: Int, heir: StoredSilence?) -> HTML {
        var lines: [HTML] = ["🔔 No longer muted: <b>\(silence.silence.target.words)</b>"]
        if !held.isEmpty {
            lines.append("Held back: \(tally(issues: held.count, events: held.reduce(0) { $0 + $1.events }))")
            lines += held.prefix(10).map { held in
                let issue = held.issue
                return "\(issue.mark) <b>#\(issue.id)</b> \(issue.scrubbedTitle.cut(to: 80)) · \(issue.project.slug) · "
                    + "+\(held.events)"
            }
            if held.count > 10 { lines.append("\(held.count - 10) more; /alerts lists what is open") }
        }
        if let heir {
            lines.append(
                "It stays muted with \(heir.silence.target.words) \(heir.silence.words(rules.zone, now: now)).")
        } else if passed > 0 {
            lines.append("\(passed == 1 ? "1 issue stays" : "\(passed) issues stay") muted; /mutes says with what")
        } else if held.isEmpty {
            lines.append("Nothing happened meanwhile.")
        }
        return lines.joined(by: "\n")
    }

    private func say(_ text: HTML, at silence: StoredSilence, _ held: [Held]) throws {
        let place = silence.silence.place.destination
        let issue: Issue.ID? = if case .issue(let id) = silence.silence.target { id } else { nil }
        let replyTo = try issue.flatMap { try book.episode(of: $0) }.flatMap { try book.messageID(of: $0.key) }
        let buttons = held.prefix(5).map { Button("#\($0.issue.id)", callbackData: "/issue \($0.issue.id)") }
        try book.say(
            Message(
                key: "silence:\(silence.number):end", chat: place.chat, thread: place.thread, replyTo: replyTo,
                subject: issue.map(Subject.issue), priority: .alert,
                content: try Posting(text, keyboard: buttons.isEmpty ? [] : [buttons]).json()), at: now)
    }
}

extension Silence.Target {
    fileprivate var isIssue: Bool { if case .issue = self { true } else { false } }
}
