import Domain

extension Finding {
    /// For the terminal: plain text, everything in it, without control characters that would steer it.
    package func text() -> String {
        var lines = ["\(verdict): \(headline)"]
        if !scene.isEmpty { lines.append(scene) }
        if let revision { lines.append("Code read at \(revision.sha.prefix(12)), \(revision.choice).") }
        for change in laterChanges {
            lines.append(
                "\(change.path):\(change.line) was changed after this release: \(change.sha.prefix(8)) \(change.subject) "
                    + "(\(Self.day(change.date)))")
        }
        for place in locations {
            let function = place.function.map { " in \($0)" } ?? ""
            lines += ["", "\(place.place)\(function)\(place.moved.map { " (\($0))" } ?? "")"]
            lines += place.code.map { "  \($0.isFailing ? ">" : " ") \($0.number)  \($0.text)" }
        }
        if !suspects.isEmpty { lines += ["", likely == nil ? "Commits, none stands out:" : "Commits:"] }
        for suspect in suspects {
            let mark = suspect.isLikely ? " (likely)" : ""
            lines.append("  \(suspect.shortSHA) \(suspect.subject), \(suspect.author), \(suspect.day)\(mark)")
            lines += suspect.reasons.map { "           \($0)" }
        }
        if !similar.isEmpty { lines += ["", "Similar issues:"] }
        lines += similar.map { "  \($0.shortID) \($0.status.rawValue): \($0.title)" }
        if !notes.isEmpty { lines += [""] + notes.map { $0.replacing("`", with: "") } }
        let steps = steps.map { "\($0.name) \($0.milliseconds)" }.joined(separator: ", ")
        lines += ["", "\(totalMilliseconds) ms\(steps.isEmpty ? "" : " (\(steps))")"]
        let text = lines.joined(separator: "\n")
        return String(
            String.UnicodeScalarView(text.unicodeScalars.filter { !$0.turnsOrHides || $0 == "\n" || $0 == "\t" }))
    }
}
