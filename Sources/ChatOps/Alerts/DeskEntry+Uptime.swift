import Domain
import FoundationEssentials
import Storage

/// Monitors that GlitchTip watches sites with, and what else is said to the whole team.
extension DeskEntry {
    /// Told once for each time that it goes down, by however many recipients GlitchTip sends it.
    func down(_ monitor: Int, _ name: String) throws {
        let before = try book.monitor(monitor)
        guard before?.downSince == nil else { return }
        let outage = (before?.outage ?? 0) + 1
        try book.save(StoredMonitor(number: monitor, name: name, outage: outage, downSince: now))
        try tell("🔴 Down · <b>\(Scrubber.scrub(name).cut(to: 100))</b>", "uptime:\(monitor):\(outage)")
    }

    func up(_ monitor: Int, _ name: String) throws {
        guard let before = try book.monitor(monitor), let since = before.downSince else { return }
        try book.save(StoredMonitor(number: monitor, name: name, outage: before.outage, downSince: nil))
        let title: HTML = "<b>\(Scrubber.scrub(name).cut(to: 100))</b>"
        let length = spoken(seconds: now.timeIntervalSince(since))
        let key = "uptime:\(monitor):\(before.outage)"
        let span: HTML = "\(moment(since, rules.zone)), for \(length)"
        try book.edit(
            home(key, Posting("🟢 Was down · \(title)\n\(span)"), .edit), at: now)
        try book.say(
            home(
                "\(key):up", Posting("🟢 Up again · \(title)\nIt was down for \(length)."), .alert,
                replyTo: try book.messageID(of: key)), at: now)
    }

    /// Something for the team chat, once.
    func tell(_ text: HTML, _ key: String, isSilent: Bool = false) throws {
        try book.say(home(key, Posting(text, isSilent: isSilent), .alert), at: now)
    }

    func home(_ key: String, _ posting: Posting, _ priority: Message.Priority, replyTo: Int? = nil) throws -> Message {
        let home = rules.routes.home
        return Message(
            key: key, chat: home.chat, thread: home.thread, replyTo: replyTo, priority: priority,
            content: try posting.json())
    }
}
