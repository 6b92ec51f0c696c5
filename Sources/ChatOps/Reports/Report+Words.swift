import Domain
import FoundationEssentials

/// A report as a message.
extension Report {
    private static let mostRows = 5
    private static let mostButtons = 20
    private static let buttonsAbreast = 5
    private static let lateness: HTML = "\n<i>Late: it was due earlier.</i>"

    /// - Parameter late: whether it should have come earlier.
    package func reply(late: Bool = false, picture: Picture? = nil, zone: Zone) -> Reply {
        guard !isQuiet else {
            let rest = open == 0 ? "nothing open. 🎉" : "\(open) still open."
            return Reply("\(title) · quiet: no events, \(rest)" + (late ? Self.lateness : ""), keyboard: keyboard)
        }
        var parts = [headline]
        if late { parts[0] += Self.lateness }
        if let gap { parts[0] += "\n<i>\(gap)</i>" }
        parts += [
            section("New", began), section("Came back", cameBack), section("Resolved", resolved, note: \.resolvedBy),
            counted("Most events", byEvents, "event"), counted("Most users", byUsers, "user"),
            section("Open and untouched, oldest first", untouched) { episode in " · \(age(of: episode))" },
            uptime(zone),
        ].compactMap(\.self)
        return Reply(parts.joined(by: "\n\n"), keyboard: keyboard, picture: picture)
    }

    private var title: HTML {
        let project: HTML = project.map { " · \($0)" } ?? ""
        return "📊 <b>\(span.title)</b>\(project)"
    }

    private var headline: HTML {
        var first = title
        if let events { first += " · \(events == 1 ? "1 event" : "\(events) events")" }
        let compared = comparisons.map(Self.words)
        if let nearest = compared.first { first += ", \(nearest)" }
        var lines = [first]
        lines += compared.dropFirst().map { HTML("\($0).".capitalizedFirst) }
        let new = newCompared.isEmpty ? "" : " (\(newCompared.map(Self.words).joined(separator: ", ")))"
        lines.append(
            HTML("\(began.count) new\(new), \(cameBack.count) came back, \(resolved.count) resolved, \(open) open."))
        if let noisiest, let events, events > 0 {
            lines.append(HTML("Noisiest: \(noisiest.project), \(noisiest.events) of \(events) events."))
        }
        if monitors > 0, down.isEmpty, upAgain.isEmpty {
            lines.append(monitors == 1 ? "Uptime: up." : "Uptime: all \(monitors) up.")
        }
        return lines.joined(by: "\n")
    }

    /// `12 % fewer than the day before`; a few are told by their number, of which no percentage says anything.
    private static func words(_ row: (comparison: Comparison, words: String)) -> String {
        guard row.comparison.verdict == .tooFew else { return row.comparison.words(than: row.words) }
        return "\(row.comparison.before == 0 ? "none" : String(row.comparison.before)) \(row.words)"
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

    /// When something is down, or was.
    private func uptime(_ zone: Zone) -> HTML? {
        guard !down.isEmpty || !upAgain.isEmpty else { return nil }
        let state =
            down.isEmpty ? "\(monitors == 1 ? "" : "all \(monitors) ")up now" : "\(down.count) of \(monitors) down"
        var lines: [HTML] = ["<b>Uptime</b> · \(state)"]
        lines += rows(down, "🔻", "down", zone) + rows(upAgain, "🔺", "up again", zone)
        return lines.joined(by: "\n")
    }

    private func rows(_ monitors: [Monitor], _ mark: String, _ state: String, _ zone: Zone) -> [HTML] {
        let rows = monitors.prefix(Self.mostRows).map { monitor -> HTML in
            let since = monitor.lastChange.map { " since \(clock($0, zone))" } ?? ""
            return "\(mark) \(Scrubber.scrub(monitor.name).cut(to: 80)) · \(state)\(since)"
        }
        let others = monitors.count - rows.count
        return others > 0 ? rows + ["and \(others) more \(state)"] : rows
    }

    /// `14:02`, and with its day when that is not the report's.
    private func clock(_ date: Date, _ zone: Zone) -> String {
        let local = zone.local(date)
        let isOfThisDay = local.day == zone.local(span.end.addingTimeInterval(-1)).day
        return isOfThisDay ? local.time.description : wallClock(date, zone)
    }

    private func age(of episode: Episode) -> String {
        "for \(spoken(seconds: span.end.timeIntervalSince(episode.openedAt)))"
    }

    /// A tap opens the issue of a row, in the rows' order.
    private var keyboard: [[Button]] {
        var seen: Set<Issue.ID> = []
        let rows =
            [began, cameBack, resolved].flatMap { $0.prefix(Self.mostRows) } + (byEvents + byUsers).map(\.episode)
            + untouched.prefix(Self.mostRows)
        let buttons = rows.map(\.issue).filter { seen.insert($0).inserted }.prefix(Self.mostButtons).map {
            Button("#\($0)", callbackData: "/issue \($0)")
        }
        return stride(from: 0, to: buttons.count, by: Self.buttonsAbreast).map {
            Array(buttons[$0...].prefix(Self.buttonsAbreast))
        }
    }
}

extension Episode {
    /// `🔴 #2 TypeError: cart is undefined (shop-web)`
    fileprivate var reportRow: HTML {
        "\(subject.mark) #\(issue) \(subject.scrubbedTitle.cut(to: 60)) (\(subject.project.slug))"
    }

    fileprivate var resolvedBy: HTML { closing?.touch.by.map { " · by \($0)" } ?? "" }
}
