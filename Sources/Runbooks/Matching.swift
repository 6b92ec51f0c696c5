/// Finds the runbooks that fit an issue; conservative, because a wrong link costs trust.
package struct Matching: Sendable {
    /// Below that nothing is offered.
    static let least = 0.35
    /// From here on a runbook is linked by itself, if it stands out.
    static let sure = 0.5
    /// By how much it must stand out from the next.
    static let lead = 0.1

    private let runbooks: [Runbook]
    private let positions: [Runbook.Name: Int]
    private let index: RuleIndex
    private let patience: Duration
    private let clock = ContinuousClock()

    /// - Parameter patience: the time limit for one issue. When it is over, regular expressions count as not found; with
    ///   1,000 runbooks, a hundredth of it is used.
    package init(_ runbooks: [Runbook], patience: Duration = .milliseconds(200)) {
        self.runbooks = runbooks
        positions = Dictionary(runbooks.enumerated().map { ($1.name, $0) }) { first, _ in first }
        index = RuleIndex(runbooks)
        self.patience = patience
    }

    package struct Match: Sendable {
        package let runbook: Runbook
        /// From 0 to 1.
        package let score: Double
        /// In words, the strongest first.
        package let reasons: [String]
    }

    package struct Offer: Sendable {
        /// The one to link without asking, if any: it is sure, and the next is well behind.
        package let linked: Match?
        /// Best first, the linked one among them.
        package let matches: [Match]
        /// Those with a regular expression that took too long on this text.
        package let tooSlow: [Runbook.Name]
    }

    /// - Parameter excluding: what the team unlinked for this issue or its kind.
    /// - Parameter solved: issues that were solved with a runbook before; being like one speaks for its runbook.
    package func match(
        _ subject: Subject, excluding: Set<Runbook.Name> = [], solved: [Solved] = [], atMost count: Int = 3
    ) -> Offer {
        var (evidence, tooSlow) = ruled(PreparedSubject(subject))
        if !solved.isEmpty {
            for (name, alike) in Likeness(to: Sketch(subject), among: solved).evidence {
                if let position = positions[name] { evidence[position, default: []].append(alike) }
            }
        }
        let matches = evidence.compactMap { position, found -> Match? in
            let score = Evidence.score(found.map(\.weight))
            guard score >= Self.least, !excluding.contains(runbooks[position].name) else { return nil }
            return Match(
                runbook: runbooks[position], score: (score * 1000).rounded() / 1000,
                reasons: found.sorted { $0.weight > $1.weight }.map(\.reason))
        }.sorted { $0.score == $1.score ? $0.runbook.name < $1.runbook.name : $0.score > $1.score }
        return Offer(
            linked: Self.linked(matches), matches: Array(matches.prefix(count)),
            tooSlow: tooSlow.sorted().map { runbooks[$0].name })
    }

    private static func linked(_ matches: [Match]) -> Match? {
        guard let first = matches.first, first.score >= sure else { return nil }
        let next = matches.dropFirst().first?.score ?? 0
        return first.score - next >= lead ? first : nil
    }

    /// What the rules that hold say, of each runbook its best one; and the runbooks whose rules took too long.
    private func ruled(_ subject: PreparedSubject) -> (evidence: [Int: [Evidence]], tooSlow: Set<Int>) {
        let deadline = clock.now + patience
        var best: [Int: [Evidence]] = [:]
        var tooSlow: Set<Int> = []
        for (rule, position) in index.candidates(for: subject) {
            var isSlow = false
            if let found = judge(rule, subject, until: deadline, &isSlow),
                Evidence.score(found.map(\.weight)) > Evidence.score((best[position] ?? []).map(\.weight))
            {
                best[position] = found
            }
            if isSlow { tooSlow.insert(position) }
        }
        return (best, tooSlow)
    }

    /// Nil when the rule does not hold.
    private func judge(
        _ rule: Rule, _ subject: PreparedSubject, until deadline: ContinuousClock.Instant, _ isSlow: inout Bool
    ) -> [Evidence]? {
        var evidence: [Evidence] = []
        for condition in rule.conditions {
            if case .pattern = condition, clock.now >= deadline {
                isSlow = true
                return nil
            }
            guard let found = condition.judge(subject, &isSlow) else { return nil }
            evidence.append(found)
        }
        return evidence
    }
}
