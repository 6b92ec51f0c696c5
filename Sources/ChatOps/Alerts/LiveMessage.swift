import Domain
import FoundationEssentials
import Storage

/// The one message of an episode, made anew from what is known each time that something changes.
struct LiveMessage {
    let episode: Episode
    /// The silence that it is under.
    let silence: StoredSilence?
    let link: String
    let zone: Zone
    let now: Date
    /// Whether a newer episode of the issue has begun.
    var isPast = false

    /// How long Undo is offered before it becomes Reopen.
    static let undoTime: Double = 60
    /// A button shows no more of a name.
    private static let mostName = 24

    var posting: Posting {
        Posting(text, keyboard: keyboard, isSilent: episode.place?.isSilent ?? false)
    }

    var text: HTML {
        var lines: [HTML] = [headline]
        if let position = episode.details?.position { lines.append(.code(position)) }
        lines.append(circumstances)
        lines.append(frequency)
        if case .regressed(let closing) = episode.cause {
            lines.append("It had been \(words(closing)), and came back.")
        }
        if let surge = episode.surge { lines.append("📈 \(surge.reason).") }
        if let runbook = episode.details?.runbook, episode.isOpen { lines.append("📕 \(runbook)") }
        lines += state
        if let code = episode.details?.code, !code.isEmpty {
            lines.append(.folded(HTML.code(code.joined(separator: "\n"))))
        }
        return lines.joined(by: "\n").cut(to: HTML.messageLimit)
    }

    /// What a lock screen shows: `🔴 New · shop-web · TypeError: cart is undefined`.
    var headline: HTML {
        let issue = episode.subject
        return "\(mark) \(word) · \(issue.project.slug) · <b>\(issue.scrubbedTitle)</b>"
    }

    private var mark: String {
        switch episode.closing?.how {
        case .resolved: "✅"
        case .ignored: "🔕"
        case .deleted: "🗑"
        case nil: episode.subject.mark(asIf: .unresolved)
        }
    }

    private var word: String {
        switch episode.closing?.how {
        case .resolved: return "Resolved"
        case .ignored: return "Ignored"
        case .deleted: return "Deleted"
        case nil: break
        }
        if episode.surge != nil { return "Spiking" }
        switch episode.cause {
        case .new: return "New"
        case .regressed: return "Regressed"
        case .known: return "Alert"
        }
    }

    /// `error · production · shop-web@2.3.1`
    private var circumstances: HTML {
        var parts = episode.isBare ? [] : [episode.subject.level.rawValue]
        parts += [episode.details?.environment, episode.details?.release].compactMap { $0 }.map {
            Scrubber.scrub($0).cut(to: 80)
        }
        parts.append(episode.subject.shortID)
        return HTML(parts.joined(separator: " · "))
    }

    /// `312 events (past 100), 3 users · first seen …, last … · rare (3 in 30 days)`
    private var frequency: HTML {
        let issue = episode.subject
        guard !episode.isBare else { return HTML(episode.label?.description ?? "just came in") }
        var count: HTML = "\(issue.timesSeen)"
        if let milestone = Milestone.reached(by: issue.count) { count = "<b>\(count)</b> (past \(milestone))" }
        if let users = episode.details?.users { count += users == 1 ? ", 1 user" : ", \(users) users" }
        let seen: HTML = "first \(moment(issue.firstSeen, zone)), last \(moment(issue.lastSeen, zone))"
        return "\(count) · \(seen)\(episode.label.map { " · \($0)" } ?? "")"
    }

    private var state: [HTML] {
        var lines: [HTML] = []
        if let taken = episode.taken, let name = taken.by {
            lines.append("🙋 Taken by \(name), \(moment(taken.at, zone))")
        }
        if let touch = episode.investigated, let name = touch.by {
            lines.append("🔍 Investigated by \(name), \(moment(touch.at, zone))")
        }
        if episode.subject.commentCount > 0 {
            let count = episode.subject.commentCount
            lines.append(count == 1 ? "💬 1 comment" : "💬 \(count) comments")
        }
        if let silence, episode.isOpen {
            let others = mutedWith.map { "with \($0) " } ?? ""
            lines.append("🔕 Muted \(others)\(silence.silence.words(zone, now: now))")
        }
        if let closing = episode.closing {
            lines.append("\(words(closing).capitalized).")
        } else if let touch = episode.reopened {
            lines.append("Opened again \(by(touch)), \(moment(touch.at, zone))")
        }
        return lines
    }

    /// What its silence is for, when that is more than this issue: `shop-web`.
    private var mutedWith: String? {
        guard let target = silence?.silence.target, target != .issue(episode.issue) else { return nil }
        return target.words
    }

    /// `resolved by Ada, 3 days ago, in shop-web@2.3.1`
    private func words(_ closing: Episode.Closing) -> HTML {
        let release = closing.release.map { ", in \(Scrubber.scrub($0).cut(to: 80))" } ?? ""
        switch closing.how {
        case .resolved: return "resolved \(by(closing.touch)), \(moment(closing.touch.at, zone))\(release)"
        case .ignored: return "ignored \(by(closing.touch)), \(moment(closing.touch.at, zone))"
        case .deleted: return "deleted in GlitchTip, \(moment(closing.touch.at, zone))"
        }
    }

    /// GlitchTip does not tell who did something in its pages.
    private func by(_ touch: Episode.Touch) -> String { touch.by.map { "by \($0)" } ?? "in GlitchTip" }

    var keyboard: [[Button]] {
        let id = episode.issue
        guard !isPast else { return [[.open(link)]] }
        switch episode.closing {
        case nil:
            let take = episode.taken == nil ? [Button("🙋 Take", callbackData: "/take \(id)")] : []
            let runbook = episode.details?.runbook == nil ? [] : [Button.runbook(for: id)]
            let first = [Button.investigate(id)] + runbook + [.resolve(id)]
            if let silence, let mutedWith {
                // In a row of its own, so that a phone shows what it ends.
                let name = "🔔 Unmute \(mutedWith.cut(to: Self.mostName))"
                return [first, take + [.open(link)], [Button(name, callbackData: "/unmute \(silence.number)")]]
            }
            let mute =
                silence.map { Button("🔔 Unmute", callbackData: "/unmute \($0.number)") }
                ?? Button("🔕 Mute ▾", callbackData: "/mute \(id) ▾")
            return [first, take + [mute, .open(link)]]
        case let closing? where closing.how == .deleted: return []
        case let closing?:
            let isFresh = now.timeIntervalSince(closing.touch.at) < Self.undoTime && closing.touch.by != nil
            return [[Button(isFresh ? "↩︎ Undo" : "Reopen", callbackData: "/unresolve \(id)"), .open(link)]]
        }
    }

    /// What Mute ▾ unfolds, in place of the other buttons.
    var muteMenu: [[Button]] {
        let id = episode.issue
        let times = [("1 h", "1h"), ("8 h", "8h"), ("24 h", "24h")].map {
            Button($0.0, callbackData: "/mute \(id) \($0.1)")
        }
        return [
            times, [Button("Until 100 more", callbackData: "/mute \(id) until 100 more")],
            [Button("‹ Back", callbackData: "/mute \(id) ‹")],
        ]
    }
}

extension HTML {
    /// With a capital at the beginning, which is no tag.
    fileprivate var capitalized: HTML { HTML(markup: markup.prefix(1).uppercased() + markup.dropFirst()) }
}
