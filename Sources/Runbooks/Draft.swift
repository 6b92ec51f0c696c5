import Domain

/// A runbook begun from an issue that was solved, to be edited by a person: which errors it is for, and what was done.
///
/// It holds to `Lint` as it stands: a rule is written only when the issue itself fits it.
package struct Draft: Sendable, Hashable {
    package let name: Runbook.Name
    /// The whole file, scrubbed.
    package let text: String
    /// What an error must have for it, in words: `type TypeError, path cart.js`; empty when nothing speaks for it.
    package let rule: [String]

    private static let mostSteps = 12

    /// - Parameter steps: those of runbooks that were done, in order, as Markdown.
    /// - Parameter comments: what people wrote, the oldest first.
    /// - Parameter cause: the commit that was behind it.
    /// - Parameter fix: the commit that mended it.
    /// - Parameter taken: names that are there already.
    package init(
        issue: Issue, event: Event?, steps: [String], comments: [String], cause: Commit? = nil, fix: Commit? = nil,
        taken: Set<Runbook.Name>
    ) {
        let subject = Subject(issue: issue, event: event)
        let name = Self.name(for: issue, taken: taken)
        let done = steps.map(Self.step) + (fix.map { [Self.step($0)] } ?? []) + comments.map(Self.words)
        let body = Self.body(subject, issue, cause, steps: done.filter { !$0.isEmpty })
        let drafts = Self.rules(for: subject).map { rule in
            (rule: rule, text: Self.frontMatter(issue, subject, rule) + body)
        }
        let chosen = drafts.first { Self.isClean($0.text, name) }
        self.name = name
        rule = (chosen?.rule ?? []).map { "\($0.key) \(Self.plain($0.value))" }
        text = chosen?.text ?? Self.frontMatter(issue, nil, []) + body
    }

    /// A commit that has to do with the issue.
    package struct Commit: Sendable, Hashable {
        package let sha: String
        let subject: String
        /// Whether somebody said so, or it is only likely.
        let isSure: Bool

        package init(sha: String, subject: String, isSure: Bool) {
            self.sha = sha
            self.subject = subject
            self.isSure = isSure
        }
    }

    private static func isClean(_ text: String, _ name: Runbook.Name) -> Bool {
        guard let runbook = RunbookFile(Array(text.utf8), file: "\(name).md").runbook else { return false }
        return Lint(Shelf(runbooks: [runbook], troubles: [])).troubles.isEmpty
    }

    // MARK: Name

    /// `cart-is-undefined` of `TypeError: cart is undefined`, with a number when it is taken.
    private static func name(for issue: Issue, taken: Set<Runbook.Name>) -> Runbook.Name {
        let words = Scrubber.scrub(issue.title).lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        var slug = ""
        for word in words where slug.utf8.count + word.utf8.count < Runbook.Name.longest - 3 {
            slug += slug.isEmpty ? word : "-\(word)"
        }
        let names = [slug, issue.shortID.lowercased()] + (2...99).map { "\(slug)-\($0)" }
        return names.compactMap { Runbook.Name($0) }.first { !taken.contains($0) } ?? .draft
    }

    // MARK: Front matter

    /// From the narrowest that is likely to come again to the widest: keys and values.
    private static func rules(for subject: Subject) -> [[(key: String, value: String)]] {
        let type = subject.types.last.map { ("type", Scrubber.scrub($0)) }
        let path = subject.frames.first.flatMap { $0.split(separator: " ").first }.map {
            ("path", Scrubber.scrub(String($0)))
        }
        let words = lastingWords(subject.messages.last ?? "")
        let message = words.isEmpty ? nil : ("message", words)
        return [[type, path], [type, message], [message], [type]].map { $0.compactMap { $0 } }.filter { !$0.isEmpty }
    }

    /// The longest run of words without a number or a quote in it: what differs each time is no sign.
    private static func lastingWords(_ message: String) -> String {
        let line = Scrubber.scrub(message).split(whereSeparator: \.isNewline).first ?? ""
        let runs = line.split(separator: " ").split { word in
            word.contains { $0.isNumber || "\"'`“”[]{}<>".contains($0) }
        }
        return (runs.max { $0.count < $1.count } ?? []).prefix(8).joined(separator: " ")
    }

    private static func frontMatter(_ issue: Issue, _ subject: Subject?, _ rule: [(key: String, value: String)])
        -> String
    {
        var lines = ["---", "title: \(quoted(Scrubber.scrub(issue.title), most: 100))"]
        if let subject {
            lines.append("matches:")
            lines += entry(rule)
            lines.append("examples:")
            let path = subject.frames.first?.split(separator: " ").first.map(String.init)
            let example = [
                ("type", subject.types.last), ("message", subject.messages.last), ("path", path),
            ].compactMap { key, value in value.map { (key: key, value: Scrubber.scrub($0)) } }
            lines += entry(example)
        }
        return (lines + ["---"]).joined(separator: "\n") + "\n"
    }

    private static func entry(_ fields: [(key: String, value: String)]) -> [String] {
        fields.enumerated().map { index, field in
            "  \(index == 0 ? "-" : " ") \(field.key): \(quoted(field.value))"
        }
    }

    /// In YAML's single quotes nothing but the quote itself has a meaning.
    private static func quoted(_ text: String, most: Int = 200) -> String {
        "'\(oneLine(text, most: most).replacing("'", with: "''"))'"
    }

    // MARK: Body

    private static func body(_ subject: Subject, _ issue: Issue, _ cause: Commit?, steps: [String]) -> String {
        let type = subject.types.last.map { "`\(plain($0))`" } ?? "the same message"
        let place = subject.frames.first.map { " in `\(plain($0))`" } ?? ""
        let done = steps.isEmpty ? ["Write here what helped."] : Array(steps.prefix(mostSteps))
        return """
            Drafted from \(issue.shortID), which was resolved.\(cause.map { " \(said($0))" } ?? "")

            ## Check

            1. Is it \(type)\(place)?

            ## Fix

            \(done.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n"))

            ## Over when

            - No new event of {{issue.shortId}} for an hour. Then `/resolve {{issue.id}}`.

            """
    }

    private static func said(_ cause: Commit) -> String {
        "\(cause.isSure ? "Behind it was" : "Likely behind it:") \(words(for: cause))."
    }

    private static func step(_ fix: Commit) -> String {
        fix.isSure
            ? "It was mended by \(words(for: fix))."
            : "Look at \(words(for: fix)): it changed the line of the crash afterwards."
    }

    private static func words(for commit: Commit) -> String {
        "`\(plain(String(commit.sha.prefix(8))))` “\(plain(commit.subject))”"
    }

    /// With its commands, which are in lines of their own.
    private static func step(_ text: String) -> String { Scrubber.scrub(text).trimmedEnd }

    /// Of a comment only words stay, on one line: it must not end the list, nor begin something of its own.
    private static func words(_ text: String) -> String {
        let line = plain(text, most: 300)
        return String(line.drop { "#-*>~0123456789.) ".contains($0) })
    }

    private static func plain(_ text: String, most: Int = 120) -> String {
        oneLine(Scrubber.scrub(text), most: most).replacing("`", with: "'").replacing("{{", with: "{ {")
    }

    private static func oneLine(_ text: String, most: Int) -> String {
        let shown = text.unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 }.filter { !$0.turnsOrHides }
        let line = String(String.UnicodeScalarView(shown)).split(separator: " ").joined(separator: " ")
        return line.count <= most ? line : line.prefix(most - 1) + "…"
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self[...]
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }
}
