/// Judges the runbooks of some folders: what cannot be read, and what reads well but will not do what was meant.
package struct Lint: Sendable {
    /// By file and line.
    package let troubles: [Trouble]
    /// Runbooks that can be used.
    package let count: Int

    /// 1 when something is out or does not match as its examples say, else 0; warnings alone are 0.
    package var exitCode: Int32 { troubles.contains { $0.kind == .error } ? 1 : 0 }

    package init(_ shelf: Shelf) {
        let matching = shelf.matching
        var troubles = shelf.troubles
        for runbook in shelf.runbooks {
            troubles += Self.examples(runbook, matching) + Self.counterexamples(runbook) + Self.body(runbook)
        }
        self.troubles = troubles.sorted { ($0.file, $0.line ?? 0, $0.what) < ($1.file, $1.line ?? 0, $1.what) }
        count = shelf.runbooks.count
    }

    private static func examples(_ runbook: Runbook, _ matching: Matching) -> [Trouble] {
        var troubles = runbook.examples.flatMap { example -> [Trouble] in
            guard Matching([runbook]).match(example.subject).matches.isEmpty else {
                return rivals(of: runbook, for: example, matching)
            }
            return [
                Trouble(
                    .error, file: runbook.file, line: example.line, "no rule fits this example",
                    advice: "Change a rule under “matches”, or the example.")
            ]
        }
        if runbook.rules.isEmpty {
            troubles.append(
                Trouble(
                    .warning, file: runbook.file, line: 1, "it has no “matches”, so it is found only by its name",
                    advice: "Write “matches:” with a rule, such as “- type: TypeError”."))
        } else if runbook.examples.isEmpty {
            troubles.append(
                Trouble(
                    .warning, file: runbook.file, line: runbook.rules[0].line, "no example shows that its rules fit",
                    advice: "Write “examples:” with the type and message of an error that it is for."))
        }
        return troubles
    }

    /// Another runbook that fits as well would keep this one from being linked by itself.
    private static func rivals(
        of runbook: Runbook, for example: Runbook.Example, _ matching: Matching
    ) -> [Trouble] {
        let offer = matching.match(example.subject)
        guard offer.linked == nil, let rival = offer.matches.first(where: { $0.runbook.name != runbook.name }),
            rival.score >= Matching.sure
        else { return [] }
        return [
            Trouble(
                .warning, file: runbook.file, line: example.line,
                "“\(rival.runbook.name)” fits this example about as well",
                advice: "Make one of the two narrower, so that one can be linked.")
        ]
    }

    private static func counterexamples(_ runbook: Runbook) -> [Trouble] {
        runbook.counterexamples.compactMap { example in
            guard let match = Matching([runbook]).match(example.subject).matches.first else { return nil }
            return Trouble(
                .error, file: runbook.file, line: example.line,
                "a rule fits this counterexample: \(match.reasons.joined(separator: ", "))",
                advice: "Make that rule narrower.")
        }
    }

    private static func body(_ runbook: Runbook) -> [Trouble] {
        var troubles: [Trouble] = []
        for (kind, heading, what) in needed where !runbook.body.sections.contains(where: { $0.kind == kind }) {
            troubles.append(
                Trouble(
                    .warning, file: runbook.file, "it does not say \(what)",
                    advice: "Write a heading “## \(heading)”, and what to do as a list below it."))
        }
        for section in runbook.body.sections {
            if section.kind == .check || section.kind == .stop || section.kind == .fix, section.items.isEmpty {
                troubles.append(
                    Trouble(
                        .warning, file: runbook.file, line: section.line, "“\(section.title.shown)” has no list",
                        advice: "Begin each step with “- ” or “1. ”, so that it can be ticked off."))
            }
            troubles += placeholders(in: section, runbook)
        }
        return troubles
    }

    private static let needed: [(Body.Section.Kind, heading: String, what: String)] = [
        (.check, "Check", "how to make sure that it is this"), (.fix, "Fix", "how to mend it"),
        (.over, "Over when", "how to know that it is over"),
    ]

    private static func placeholders(in section: Body.Section, _ runbook: Runbook) -> [Trouble] {
        let places = [(section.line, section.notes)] + section.items.map { ($0.line, $0.pieces) }
        return places.flatMap { line, pieces in
            pieces.flatMap(\.placeholders).filter { !Filling.isKnown($0) }.map { name in
                let near = name.nearest(of: Filling.Name.allCases.map(\.rawValue))
                return Trouble(
                    .warning, file: runbook.file, line: line,
                    "there is no value “{{\(name.shown)}}”; it stays as it is",
                    advice: near.map { "Write “{{\($0)}}”." } ?? "README.md lists the values; tags are “{{tags.name}}”."
                )
            }
        }
    }
}

extension Piece {
    fileprivate var placeholders: [String] {
        switch self {
        case .text(let text), .bold(let text), .code(let text), .block(let text, _): Placeholder.names(in: text)
        case .link(let title, let address): Placeholder.names(in: title) + Placeholder.names(in: address)
        }
    }
}
