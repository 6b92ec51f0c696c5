extension Finding {
    /// The comment under the issue in GlitchTip; says that Tipline wrote it, and for whom.
    ///
    /// All that a stranger or a repository wrote is escaped or in code: a title must not become a link or a heading.
    package func markdown(for person: String?) -> String {
        let asked = person.map { " for \(Self.escaped($0))" } ?? ""
        return Self.withoutControl("**\(verdict).** Investigated by Tipline\(asked).\n\n\(body)\n\nFinding \(mark)")
    }

    /// Whether a comment is this finding, for whomever it was written.
    package func isWritten(in comment: String) -> Bool { comment.hasSuffix("Finding \(mark)") }

    /// Whether a comment is any finding of ours.
    package static func isReport(_ comment: String) -> Bool {
        comment.hasPrefix("**") && comment.contains(".** Investigated by Tipline")
    }

    /// A number over all that the comment says, the same for the same finding.
    private var mark: String { String(body.fingerprint, radix: 36) }

    private var body: String {
        var parts = ["\(Self.code(headline))\(scene.isEmpty ? "" : " in \(Self.escaped(scene))")"]
        if let fault { parts.append(Self.escaped(fault.sentence(under: headline))) }
        if let taughtCommit {
            parts.append(
                "It was \(Self.escaped(Self.spoken(taughtCommit))): \(Self.escaped(taughtCommit.person)) said so.")
        }
        for change in laterChanges.prefix(3) {
            parts.append(
                "\(markdown(change.path, change.line)) was changed on \(Self.day(change.date)) by "
                    + "\(markdown(commit: change.sha)) “\(Self.escaped(change.subject))”, \(Self.escaped(outlook(change)))."
            )
        }
        parts += locations.prefix(3).map(block)
        if let handover {
            parts.append(sentence(of: handover, at: markdown(handover.path, handover.line), code: Self.code))
        }
        if !suspects.isEmpty {
            let heading = likely == nil ? "**Possible commits** (none stands out)" : "**Commits**"
            parts.append(([heading] + suspects.prefix(5).map(line)).joined(separator: "\n"))
        }
        if !verdicts.isEmpty { parts.append(verdicts.map { "- \(Self.escaped($0))" }.joined(separator: "\n")) }
        if let out = circumstances.standsOut { parts.append(Self.escaped(out)) }
        if let request = circumstances.request { parts.append("Request: \(Self.code(request))") }
        if !circumstances.steps.isEmpty {
            let steps = circumstances.steps.map { "- \(Self.code($0))" }
            parts.append((["**Last steps before it**"] + steps).joined(separator: "\n"))
        }
        if let ask { parts.append(Self.escaped(ask)) }
        if !similar.isEmpty {
            let lines = similar.map {
                "- \(Self.escaped($0.shortID)) (\($0.status.rawValue), \($0.percent) % alike): \(Self.escaped($0.title))"
                    + markdown($0.ending.summary)
            }
            parts.append((["**Similar issues**"] + lines).joined(separator: "\n"))
        }
        if !notes.isEmpty { parts.append(notes.map { "- \(Self.prose($0))" }.joined(separator: "\n")) }
        parts += sources.map {
            "\(Self.escaped($0.name)) was read at \($0.revision.sha), \(Self.escaped($0.revision.choice))."
        }
        if let revision, sources.isEmpty {
            parts.append("Code read at \(revision.sha), \(Self.escaped(revision.choice)).")
        }
        return parts.joined(separator: "\n\n")
    }

    private func block(_ place: Location) -> String {
        let function = place.function.map { " in \(Self.code($0))" } ?? ""
        let drift = place.drift.map { " (\(Self.escaped($0)))" } ?? ""
        let heading = "\(markdown(place.path, place.line))\(function)\(drift)"
        guard !place.code.isEmpty else { return heading }
        let lines = place.code.map { "    \($0.isFailing ? ">" : " ") \($0.number)  \($0.text)" }
        return heading + "\n\n" + lines.joined(separator: "\n")
    }

    private func line(_ suspect: Suspect) -> String {
        let mark = suspect.isLikely ? " **likely**" : ""
        let reasons = suspect.reasons.isEmpty ? "" : ": \(Self.escaped(suspect.reasons.joined(separator: "; ")))"
        return
            "- \(markdown(commit: suspect.sha))\(mark) “\(Self.escaped(suspect.subject))” by \(Self.escaped(suspect.author)), "
            + "\(suspect.day)\(reasons)"
    }

    /// One line; a backtick inside would end it.
    static func code(_ text: String) -> String {
        "`\(onOneLine(withoutControl(text)).replacing("`", with: "'"))`"
    }

    /// As it is written, with nothing live in it: no markup, no bare address that becomes a link, nobody called.
    ///
    /// By bytes: in Swift's view `<` and an accent after it are one character, which is not `<`.
    static func escaped(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 16)
        for byte in onOneLine(withoutControl(text)).utf8 {
            let opensAddress =
                byte == UInt8(ascii: "/") && result.last == UInt8(ascii: ":")
                || byte == UInt8(ascii: ".") && result.suffix(3).elementsEqual("www".utf8) { $0 | 0x20 == $1 }
            if opensAddress || special.contains(byte) { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let special = Set("\\`*_[]<>#|!@~&".utf8)

    /// A sentence with names in backticks; a name that holds one itself, or an open one, is text like the rest.
    private static func prose(_ note: String) -> String {
        let parts = note.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        guard parts.count % 2 == 1, parts.count > 1 else { return escaped(note) }
        return parts.enumerated().map { index, part in
            // Between two backticks with nothing or only blanks in between is no code. Without the blank, what stands
            // around it could become an address.
            index % 2 == 1 ? (part.allSatisfy(\.isWhitespace) ? " " : code(part)) : escaped(part)
        }.joined()
    }
}
