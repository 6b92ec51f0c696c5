import Domain

/// An issue in a few words, to compare with others: kept in the ledger beside the runbook that solved it.
package struct Sketch: Sendable, Hashable, Codable {
    /// Of types and message, scrubbed, and without what differs from one occurrence to the next.
    package let words: Set<String>
    /// File name and function, the crash first.
    package let frames: [String]

    private static let mostWords = 40
    private static let mostFrames = 20

    package init(_ subject: Subject) {
        let text = Scrubber.scrub((subject.types + subject.messages).joined(separator: "\n")).lowercased()
        let parts = text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        let lasting = parts.filter { $0.count > 1 && !$0.contains(where: \.isNumber) }
        words = Set(lasting.prefix(Self.mostWords))
        frames = Array(subject.frames.prefix(Self.mostFrames))
    }

    /// From 0 to 1, by the frames in common and by the words.
    func likeness(to other: Sketch) -> Double {
        let words = Self.share(words, other.words)
        guard !frames.isEmpty, !other.frames.isEmpty else { return frames == other.frames ? words * 0.9 : words * 0.5 }
        return 0.65 * Self.share(Set(frames), Set(other.frames)) + 0.35 * words
    }

    private static func share(_ left: Set<String>, _ right: Set<String>) -> Double {
        let all = left.union(right).count
        return all == 0 ? 0 : Double(left.intersection(right).count) / Double(all)
    }
}

/// An issue that was solved with a runbook.
package struct Solved: Sendable, Hashable {
    package let runbook: Runbook.Name
    /// `SHOP-WEB-2`, for the reason.
    package let issue: String
    package let sketch: Sketch

    package init(runbook: Runbook.Name, issue: String, sketch: Sketch) {
        self.runbook = runbook
        self.issue = issue
        self.sketch = sketch
    }
}

/// What likeness to solved issues says for each runbook; the most alike issue counts.
struct Likeness {
    private(set) var evidence: [Runbook.Name: Evidence] = [:]

    // Below that it is chance: two errors of one program always share something.
    private static let least = 0.6

    init(to sketch: Sketch, among solved: [Solved]) {
        for issue in solved {
            let likeness = sketch.likeness(to: issue.sketch)
            guard likeness >= Self.least else { continue }
            // The same error again is about as sure as a rule that fits it.
            let found = Evidence(0.6 * likeness, "it is like \(issue.issue), which was solved with it")
            if found.weight > evidence[issue.runbook]?.weight ?? 0 { evidence[issue.runbook] = found }
        }
    }
}
