import Domain
import FoundationEssentials

/// A report as a message.
extension Report {
    private static let mostRows = 5
    private static let mostButtons = 8
    private static let lateness: HTML = "\n<i>Late: it was due earlier.</i>"

    /// - Parameter late: whether it should have come earlier.
    package func reply(late: Bool = false) -> Reply {
        guard !isQuiet else {
            let rest = open == 0 ? "nothing open. 🎉" : "\(open) still open."
            return Reply(
                "📊 <b>\(span.title)</b> · quiet: no events, \(rest)" + (late ? Self.lateness : ""), keyboard: keyboard)
        }
        var parts = [headline]
        if late { parts[0] += Self.lateness }
        if let gap { parts[0] += "\n<i>\(gap)</i>" }
        parts += [
            section("New", began), section("Came back", cameBack), section("Resolved", resolved, note: \.resolvedBy),
            counted("Most events", byEvents, "event"), counted("Most users", byUsers, "user"),
            section("Open and untouched, oldest first", untouched) { episode in " · \(age(of: episode))" },
            outages,
        ].compactMap(\.self)
        return Reply(parts.joined(by: "\n\n"), keyboard: keyboard)
    }

    private var headline: HTML {
        var title: HTML = "📊 <b>\(span.title)</b>"
        if let events { title += " · \(events == 1 ? "1 event" : "\(events) events")" }
        if let first = comparisons.first { title += ", \(first.comparison.words(than: first.words))" }
        var lines = [title]
        lines += comparisons.dropFirst().map { HTML("\($0.comparison.words(than: $0.words)).".capitalizedFirst) }
        lines.append(
            HTML("\(began.count) new, \(cameBack.count) came back, \(resolved.count) resolved, \(open) open."))
        if let noisiest, let events, events > 0 {
            lines.append(HTML("Noisiest: \(noisiest.project), \(noisiest.events) of \(events) events."))
        }
        return lines.joined(by: "\n")
    }

    private func section(
        _ title: String, _ episodes: [Episode], note: (Episode) -> HTML = { _ in "" }
    ) -> HTML? {
        guard !episodes.isEmpty else { return nil }
        var lines: [HTML] = ["<b>\(title)</b>"]
        lines += episodes.prefix(Self.mostRows).map { "\($0.reportRow)\(note($0))" }
        if episodes.count > Self.mostRows { lines.append("and \(episodes.count - Self.mostRows) more") }
        return lines.joined(by: "\n")
    }

    private func counted(_ title: String, _ rows: [(episode: Episode, count: Int)], _ unit: String) -> HTML? {
        guard !rows.isEmpty else { return nil }
        let lines = rows.map { row -> HTML in
            "\(row.episode.reportRow) · \(row.count == 1 ? "1 \(unit)" : "\(row.count) \(unit)s")"
        }
        return (["<b>\(title)</b>"] + lines).joined(by: "\n")
    }

    private var outages: HTML? {
        guard !down.isEmpty else { return nil }
        return (["<b>Down now</b>"] + down.prefix(Self.mostRows).map { HTML(Scrubber.scrub($0.name).cut(to: 80)) })
            .joined(by: "\n")
    }

    private func age(of episode: Episode) -> String {
        "for \(spoken(seconds: span.end.timeIntervalSince(episode.openedAt)))"
    }

    /// A tap opens the issue: what waits first, then what is new.
    private var keyboard: [[Button]] {
        var seen: Set<Issue.ID> = []
        let issues =
            (untouched.prefix(3) + cameBack.prefix(Self.mostRows) + began.prefix(Self.mostRows)).map(\.issue)
            + byEvents.map(\.episode.issue)
        let buttons = issues.filter { seen.insert($0).inserted }.prefix(Self.mostButtons).map {
            Button("#\($0)", callbackData: "/issue \($0)")
        }
        return [Array(buttons.prefix(4)), Array(buttons.dropFirst(4))].filter { !$0.isEmpty }
    }
}

extension Episode {
    /// `🔴 #2 TypeError: cart is undefined (shop-web)`
    fileprivate var reportRow: HTML {
        "\(subject.mark) #\(issue) \(subject.scrubbedTitle.cut(to: 60)) (\(subject.project.slug))"
    }

    fileprivate var resolvedBy: HTML { closing?.touch.by.map { " · by \($0)" } ?? "" }
}
