extension AuditReport {
    /// For a terminal: the calls that lack something, by area; then what was taken for granted.
    package func text(required: Set<Need> = Set(Need.allCases)) -> String {
        let lacking = lacking(required)
        var lines = [headline(lacking.count)]
        for area in areas {
            let calls = lacking.filter { $0.area == area.name }
            lines += ["", line(area, required)] + calls.map { line($0, required) }
        }
        let notes = setupLines + folderLines
        if !notes.isEmpty { lines += [""] + notes }
        return lines.joined(separator: "\n")
    }

    private func headline(_ lacking: Int) -> String {
        let files = folder.files == 1 ? "1 file" : "\(folder.files) files"
        guard !calls.isEmpty else { return "No capture calls in \(files)." }
        let all = calls.count == 1 ? "1 capture call" : "\(calls.count) capture calls"
        let verdict = lacking == 0 ? "none lacks context" : lacking == 1 ? "1 lacks context" : "\(lacking) lack context"
        return "\(all) in \(files); \(verdict)."
    }

    /// `apps/web: 30 calls; without tags 28, user 30`
    private func line(_ area: Area, _ required: Set<Need>) -> String {
        let counts = Need.allCases.filter(required.contains).compactMap { need in
            area.missing[need].map { "\(need.rawValue) \($0)" }
        }
        let calls = area.calls == 1 ? "1 call" : "\(area.calls) calls"
        return "\(area.name): \(calls)"
            + (counts.isEmpty ? ", nothing missing" : "; without \(counts.joined(separator: ", "))")
    }

    private func line(_ call: Call, _ required: Set<Need>) -> String {
        let missing = call.missing.filter(required.contains).map(\.rawValue).joined(separator: ", ")
        let note = call.isUnclear ? " (what it is given was not looked into)" : ""
        return "  \(call.path):\(call.line)  \(call.name)  lacks \(missing)\(note)"
    }

    /// `Every JavaScript event has a release (app/sentry.ts:37).`
    private var setupLines: [String] {
        var seen: Set<String> = []
        return setups.compactMap { setup in
            guard seen.insert("\(setup.language) \(setup.need)").inserted else { return nil }
            return "Every \(setup.language.familyName) event has a \(setup.need.rawValue): \(setup.path):\(setup.line)"
        }
    }

    private var folderLines: [String] {
        var lines: [String] = []
        if folder.callsInTests > 0 { lines.append("Calls in tests, left out: \(folder.callsInTests)") }
        if folder.unread > 0 { lines.append("Files larger than 1 MB or not readable, left out: \(folder.unread)") }
        return lines
    }
}

extension Language {
    /// How the languages that share a program are called together.
    var familyName: String {
        switch self {
        case .javascript, .typescript: "JavaScript and TypeScript"
        case .java, .kotlin: "Java and Kotlin"
        case .python, .php, .ruby, .go: name
        }
    }
}
