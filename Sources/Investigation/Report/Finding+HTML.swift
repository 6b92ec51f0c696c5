import Domain

extension Finding {
    /// For Telegram: short first, details folded, within the limit.
    package func html(atMost limit: Int = HTML.messageLimit) -> HTML {
        var lines: [HTML] = ["🔎 <b>\(verdict)</b> · \(cut(headline, 160))"]
        if !scene.isEmpty || shortID != nil {
            lines.append(HTML([shortID ?? "", scene].filter { !$0.isEmpty }.joined(separator: " · ")))
        }
        if let crash = locations.first {
            lines.append(
                "Where: \(html(crash.path, crash.line))\(crash.function.map { " in \(HTML.code($0))" as HTML } ?? "")")
        }
        if let handover { lines.append(html(handover).cut(to: 300)) }
        if let fault { lines.append(cut(fault.sentence(under: headline), 200)) }
        lines += laterChanges.prefix(1).map { change in
            "\(html(change.path, change.line)) was changed on \(Self.day(change.date)) by "
                + "\(html(commit: change.sha)) “\(cut(change.subject, 100))”, \(outlook(change))."
        }
        lines += shortSuspects
        if let out = circumstances.standsOut { lines.append(cut(out, 200)) }
        if let ask { lines.append(cut(ask, 200)) }
        lines += leadingSimilar.map { issue in
            "\(issue.relation): \(issue.shortID) \(cut(issue.title, 80))\(html(issue.ending.summary))"
        }
        lines += notes.prefix(leadingNotes).map { cut(plain($0), 300) }
        let short = Self.onLines(lines).cut(to: 1500)
        let details = Self.onLines(details)
        guard !details.isEmpty else { return short }
        return "\(short)\n\(HTML.folded(details.cut(to: limit - short.length - 1)))"
    }

    /// Without a place they are what there is to say.
    private var leadingNotes: Int { locations.isEmpty ? 2 : 0 }

    private var shortSuspects: [HTML] {
        if let taughtCommit {
            return [
                "It was \(html(commit: taughtCommit.sha)) “\(cut(taughtCommit.subject, 100))” by "
                    + "\(taughtCommit.author), \(Self.day(taughtCommit.date)): \(taughtCommit.person) said so."
            ]
        }
        let said = verdicts.suffix(2).map { cut($0, 120) }
        return namedSuspects + said
    }

    private var namedSuspects: [HTML] {
        if let likely {
            let reasons = likely.reasons.first.map { ": \($0)" } ?? ""
            return [
                "Likely commit: \(html(commit: likely.sha)) “\(cut(likely.subject, 100))” by \(likely.author), "
                    + "\(likely.day)\(cut(reasons, 160))"
            ]
        }
        guard !suspects.isEmpty else { return [] }
        return ["No clear culprit; the closest commits:"]
            + suspects.prefix(3).map { suspect in
                "• \(html(commit: suspect.sha)) “\(cut(suspect.subject, 80))” by \(suspect.author), \(suspect.day)"
            }
    }

    /// Everything else, for whoever unfolds it.
    private var details: [HTML] {
        var lines: [HTML] = []
        for place in locations {
            lines.append(
                "<b>\(linked(place.place, link(to: place.path, place.line)))</b>\(place.drift.map { " (\($0))" as HTML } ?? "")"
            )
            guard !place.code.isEmpty else { continue }
            lines.append(
                .pre(place.code.map { "\($0.isFailing ? "▶" : " ") \($0.number)  \($0.text)" }.joined(separator: "\n")))
        }
        if let request = circumstances.request { lines.append("Request: \(HTML.code(request))") }
        if !circumstances.steps.isEmpty { lines.append("<b>Last steps before it</b>") }
        lines += circumstances.steps.map { "• \(cut($0, 160))" }
        for suspect in suspects.prefix(5) {
            lines.append(
                "<b>\(linked(suspect.shortSHA, link(toCommit: suspect.sha)))</b>\(home(of: suspect.sha)) \(cut(suspect.subject, 100)) (\(suspect.author), \(suspect.day))"
            )
            lines += suspect.reasons.map { "• \(cut($0, 200))" }
        }
        for issue in similar {
            lines.append(
                "<b>\(issue.shortID)</b> \(issue.status.rawValue), \(issue.percent) % alike: \(cut(issue.title, 100))")
            lines += issue.ending.sentences.map { html($0).cut(to: 300) }
        }
        lines += notes.dropFirst(leadingNotes).prefix(10).map { cut(plain($0), 300) }
        for source in sources {
            lines.append(
                "\(source.name) was read at \(HTML.code(source.revision.sha.prefix(8))), \(source.revision.choice).")
        }
        if let revision, sources.isEmpty {
            lines.append("Read at \(HTML.code(revision.sha.prefix(8))), \(revision.choice).")
        }
        return lines
    }

    /// Only code has lines of its own; what a stranger wrote begins none.
    private static func onLines(_ lines: [HTML]) -> HTML {
        lines.map { line in
            guard !line.markup.hasPrefix("<pre>") else { return line }
            return HTML(markup: String(decoding: line.markup.utf8.map { $0 == 0x0A ? 0x20 : $0 }, as: UTF8.self))
        }.joined(by: "\n")
    }

    /// Cut before it is escaped as well: markup of a megabyte takes long to measure.
    private func cut(_ text: String, _ limit: Int) -> HTML { HTML(text.prefix(limit + 1)).cut(to: limit) }

    /// Notes mark names as Markdown does; the chat shows them as they are.
    private func plain(_ note: String) -> String { String(note.prefix(1000)).replacing("`", with: "") }
}
