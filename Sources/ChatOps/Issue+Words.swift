import Domain
import FoundationEssentials

/// How an issue is spoken of, the same in every message.
extension Issue {
    /// The first line, which is what a lock screen shows: `🔴 Unresolved · shop-web · TypeError: cart is undefined`.
    package var headline: HTML { "\(mark) \(status.word) · \(project.slug) · <b>\(scrubbedTitle)</b>" }

    /// One line in a list: `#2 TypeError: cart is undefined`, then who and how often.
    package func row(now: Date) -> HTML {
        "\(mark) <b>#\(id)</b> \(scrubbedTitle.cut(to: 90))\n      \(shortID) · \(timesSeen) · \(ago(lastSeen, now: now))"
    }

    /// `312 events, first seen 3 days ago, last 5 min ago`.
    package func history(now: Date) -> HTML {
        "\(timesSeen), first seen \(ago(firstSeen, now: now)), last \(ago(lastSeen, now: now))"
    }

    package var timesSeen: String { count == 1 ? "1 event" : "\(count) events" }

    package var scrubbedTitle: String {
        let title = title.split(whereSeparator: \.isNewline).joined(separator: " ")
        return title.isEmpty ? "(no title)" : Scrubber.scrub(title)
    }

    /// Colour only repeats what the words beside it say.
    package var mark: String { mark(asIf: status) }

    func mark(asIf status: Status) -> String {
        switch (status, level) {
        case (.resolved, _): "✅"
        case (.ignored, _): "🔕"
        case (.unresolved, .fatal), (.unresolved, .error): "🔴"
        case (.unresolved, .warning): "🟠"
        case (.unresolved, .info), (.unresolved, .debug), (.unresolved, .sample): "🔵"
        }
    }
}

extension Issue.Status {
    package var word: String {
        switch self {
        case .unresolved: "Unresolved"
        case .resolved: "Resolved"
        case .ignored: "Ignored"
        }
    }
}

extension String {
    package var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

    /// The beginning, with an ellipsis when something is missing.
    package func cut(to limit: Int) -> String { count <= limit ? self : prefix(limit - 1) + "…" }
}

/// A moment, shown by Telegram in each reader's own zone and language; the words are for clients that can't.
package func ago(_ date: Date, now: Date) -> HTML {
    let seconds = now.timeIntervalSince(date)
    let words = seconds < 60 ? "just now" : "\(spoken(seconds: seconds)) ago"
    return .time(date, words)
}

/// The time of day, in each reader's own zone.
package func clock(_ date: Date) -> HTML {
    let minutes = Int(date.timeIntervalSince1970 / 60) % (24 * 60)
    let words = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    return .time(date, as: .clock, "\(words) UTC")
}
