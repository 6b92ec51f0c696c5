import FoundationEssentials

/// How long issues took with something, and how long without: an investigation, a runbook.
///
/// What is shown is the difference that was measured, not its cause: people investigate what is hard.
package struct Effect: Sendable, Hashable {
    package let with: Spread
    package let without: Spread

    /// What helped, or did not.
    package enum Help: Sendable, Hashable { case investigation, runbook }

    /// Of the issues that reached it in the period.
    package enum Milestone: Sendable, Hashable { case firstAct, resolved }

    package init(of help: Help, until milestone: Milestone, _ incidents: [Incident], in period: Range<Date>) {
        func spread(_ wanted: Bool) -> Spread {
            Spread(
                incidents.compactMap { incident -> Double? in
                    let hasHelp =
                        switch help {
                        case .investigation: incident.investigatedAt != nil
                        case .runbook: incident.hasRunbook
                        }
                    guard hasHelp == wanted else { return nil }
                    switch milestone {
                    case .firstAct: return incident.firstActAt.map(period.contains) ?? false ? incident.toFirstAct : nil
                    case .resolved: return incident.resolvedAt.map(period.contains) ?? false ? incident.toResolved : nil
                    }
                })
        }
        with = spread(true)
        without = spread(false)
    }

    /// `with: median 22 min (14); without: median 48 min (9); 26 min faster`
    package var words: String {
        let verdict = with.words(than: without, "without").map { "; \($0)" } ?? ""
        return "with: \(with.words); without: \(without.words)\(verdict)"
    }
}
