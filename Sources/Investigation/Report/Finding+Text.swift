import Domain

extension Finding {
    /// For the terminal: plain text, everything in it, without control characters that would steer it.
    package func text() -> String {
        var lines = ["\(verdict): \(headline)"]
        if !scene.isEmpty { lines.append(scene) }
        if let fault { lines.append(fault.sentence(under: headline)) }
        if let taughtCommit {
            lines.append("It was \(Self.spoken(taughtCommit)): \(taughtCommit.person) said so.")
        }
        lines += sources.map { "\($0.name) was read at \($0.revision.sha.prefix(12)), \($0.revision.choice)." }
        if let revision, sources.isEmpty {
            lines.append("Code read at \(revision.sha.prefix(12)), \(revision.choice).")
        }
        for change in laterChanges {
            lines.append(
                "\(change.path):\(change.line) was changed on \(Self.day(change.date)) by \(change.sha.prefix(8))"
                    + "\(home(of: change.sha)) “\(change.subject)”, \(outlook(change)).")
        }
        for place in locations {
            let function = place.function.map { " in \($0)" } ?? ""
            lines += ["", "\(place.place)\(function)\(place.drift.map { " (\($0))" } ?? "")"]
            if let link = link(to: place.path, place.line) { lines.append("  \(link)") }
            lines += place.code.map { "  \($0.isFailing ? ">" : " ") \($0.number)  \($0.text)" }
        }
        if let handover { lines += ["", sentence(of: handover, at: handover.place)] }
        if !suspects.isEmpty { lines += ["", likely == nil ? "Commits, none stands out:" : "Commits:"] }
        for suspect in suspects {
            let mark = suspect.isLikely ? " (likely)" : ""
            let home = home(of: suspect.sha)
            lines.append("  \(suspect.shortSHA)\(home) \(suspect.subject), \(suspect.author), \(suspect.day)\(mark)")
            lines += suspect.reasons.map { "           \($0)" }
            if let link = link(toCommit: suspect.sha) { lines.append("           \(link)") }
        }
        lines += verdicts
        if let out = circumstances.standsOut { lines.append(out) }
        if let request = circumstances.request { lines += ["", "Request: \(request)"] }
        if !circumstances.steps.isEmpty { lines += ["", "Last steps before it:"] }
        lines += circumstances.steps.map { "  \($0)" }
        if let ask { lines += ["", ask] }
        if !similar.isEmpty { lines += ["", "Similar issues:"] }
        for issue in similar {
            lines.append("  \(issue.shortID) \(issue.status.rawValue), \(issue.percent) % alike: \(issue.title)")
            lines += issue.ending.sentences.map { "           \(text($0))" }
        }
        if !notes.isEmpty { lines += [""] + notes.map { $0.replacing("`", with: "") } }
        let steps = steps.map { "\($0.name) \($0.milliseconds)" }.joined(separator: ", ")
        lines += ["", "\(totalMilliseconds) ms\(steps.isEmpty ? "" : " (\(steps))")"]
        return Self.withoutControl(lines.map(Self.onOneLine).joined(separator: "\n"))
    }

    /// Nothing that would steer a terminal or turn the direction of writing.
    static func withoutControl(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.turnsOrHides || $0 == "\n" || $0 == "\t" }))
    }
}
