import Domain
import FoundationEssentials
import Storage

/// Monitors that GlitchTip watches sites with, and what else is said to the whole team.
extension DeskEntry {
    /// What comes within that time of a "down" is the same outage: each recipient in GlitchTip sends it, some of them late.
    private static let patience: Double = 300

    /// A webhook says so. Told once for each time that it goes down, by however many recipients GlitchTip sends it.
    ///
    /// - Parameter date: when it came in; now, unless it waited in the ledger.
    func down(_ monitor: Int, _ name: String, at date: Date? = nil) throws {
        try noteWebhook()
        let date = date ?? now
        let before = try book.monitor(monitor)
        if let since = before?.downSince {
            // GlitchTip sends an "up" once: after a lost one this is another outage. When a look has seen the monitor down,
            // it may also be a late copy, and the next look knows which.
            let seen = try lastSeenDown(monitor) ?? .distantPast
            guard date.timeIntervalSince(max(since, seen)) > Self.patience else { return }
        }
        try begin(monitor, name, after: before, since: date)
    }

    func up(_ monitor: Int, _ name: String, at date: Date? = nil) throws {
        try noteWebhook()
        let date = date ?? now
        // It waited, and meanwhile a look has seen that it is down again.
        if let seen = try lastSeenDown(monitor), date < seen { return }
        try end(monitor, name, at: date)
    }

    /// What GlitchTip's list of monitors says, of which a webhook may have been lost.
    ///
    /// - Parameter asked: what a webhook has said since then is newer, and the next look will know it too.
    func see(_ monitors: [Monitor], asOf asked: Asked) throws {
        let heard = try book.setting(WatchSetting.uptimeHeard).flatMap { Int($0) } ?? 0
        guard heard < asked.turn else { return }
        for monitor in monitors {
            switch monitor.isUp {
            case true?: try end(monitor.id, monitor.name, at: monitor.lastChange)
            case false?: try seeDown(monitor)
            case nil: continue
            }
        }
        let down = monitors.filter { $0.isUp == false }.map { String($0.id) }
        let view = [String(asked.date.timeIntervalSince1970)] + down
        try book.set(view.joined(separator: " "), for: WatchSetting.uptimeView)
    }

    private func seeDown(_ monitor: Monitor) throws {
        let before = try book.monitor(monitor.id)
        guard let before, let since = before.downSince else {
            return try begin(monitor.id, monitor.name, after: before, since: monitor.lastChange ?? now)
        }
        guard let change = monitor.lastChange, change != since else { return }
        if now.timeIntervalSince(since) <= Self.patience {
            // A webhook told it. From now on GlitchTip's clock counts, by which the next one can be told from this.
            try book.save(
                StoredMonitor(number: monitor.id, name: monitor.name, outage: before.outage, downSince: change))
        } else if change.timeIntervalSince(since) > Self.patience {
            try begin(monitor.id, monitor.name, after: before, since: change)
        }
    }

    private func noteWebhook() throws { try book.set(String(try book.nextTurn()), for: WatchSetting.uptimeHeard) }

    /// When the last look saw it down; nil when it did not.
    private func lastSeenDown(_ monitor: Int) throws -> Date? {
        let view = (try book.setting(WatchSetting.uptimeView) ?? "").split(separator: " ")
        guard let seconds = view.first.flatMap({ Double($0) }), view.dropFirst().contains(where: { $0 == "\(monitor)" })
        else { return nil }
        return Date(timeIntervalSince1970: seconds)
    }

    /// - Parameter before: what is known of it; when it was down already, its coming up was not heard of.
    private func begin(_ monitor: Int, _ name: String, after before: StoredMonitor?, since: Date) throws {
        let outage = (before?.outage ?? 0) + 1
        try book.save(StoredMonitor(number: monitor, name: name, outage: outage, downSince: since))
        let title = Self.title(name)
        let isLate = now.timeIntervalSince(since) > Self.patience
        let time: HTML = isLate ? "\nSince \(moment(since, rules.zone))." : ""
        guard let before, let earlier = before.downSince else {
            return try tell("🔴 Down · \(title)\(time)", Self.key(monitor, outage))
        }
        try book.edit(
            home(
                Self.key(monitor, before.outage),
                Posting("🟢 Was down · \(title)\n\(moment(earlier, rules.zone)); its end was not heard of."), .edit),
            at: now)
        try tell(
            "🔴 Down again · \(title)\(time)\nI did not hear that it was up in between.", Self.key(monitor, outage))
    }

    /// - Parameter date: when it came up; nil when GlitchTip does not say.
    private func end(_ monitor: Int, _ name: String, at date: Date?) throws {
        guard let before = try book.monitor(monitor), let since = before.downSince else { return }
        try book.save(StoredMonitor(number: monitor, name: name, outage: before.outage, downSince: nil))
        let title = Self.title(name)
        // GlitchTip's clock may differ from ours.
        let end = date.flatMap { $0 > since ? $0 : nil } ?? now
        let length = spoken(seconds: end.timeIntervalSince(since))
        let key = Self.key(monitor, before.outage)
        let span: HTML = "\(moment(since, rules.zone)), for \(length)"
        try book.edit(
            home(key, Posting("🟢 Was down · \(title)\n\(span)"), .edit), at: now)
        try book.say(
            home(
                "\(key):up", Posting("🟢 Up again · \(title)\nIt was down for \(length)."), .alert,
                replyTo: try book.messageID(of: key)), at: now)
    }

    private static func title(_ name: String) -> HTML { "<b>\(Scrubber.scrub(name).cut(to: 100))</b>" }

    private static func key(_ monitor: Int, _ outage: Int) -> String { "uptime:\(monitor):\(outage)" }

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
