import Domain
import FoundationEssentials
import Runbooks
import Storage

/// Which runbook is for an issue: the one that the team linked, else what fits and was not unlinked.
package struct RunbookDesk: Sendable {
    let library: Library
    let ledger: Ledger

    package init(library: Library, ledger: Ledger) {
        self.library = library
        self.ledger = ledger
    }

    struct Choice: Sendable {
        let issue: Ledger.SketchedIssue
        let best: Fit?
        /// Others that may be meant.
        let others: [Runbook]
    }

    struct Fit: Sendable {
        let runbook: Runbook
        /// In words, the strongest first.
        let reasons: [String]
        /// Whether it is shown without being asked for.
        let isSure: Bool
    }

    /// - Parameter event: nil when GlitchTip has deleted them all by now.
    func choice(for issue: Issue, _ event: Event?, from shelf: Shelf) async throws -> Choice {
        let history = try await ledger.runbooks(for: issue)
        let subject = Subject(issue: issue, event: event)
        let offer = shelf.matching.match(
            subject, excluding: Set(history.unlinked.compactMap { Runbook.Name($0) }),
            solved: history.solved.compactMap(Solved.init))
        let sketch = String(decoding: try JSONEncoder().encode(Sketch(subject)), as: UTF8.self)
        let best = linked(history, shelf) ?? Fit(offer)
        return Choice(
            issue: Ledger.SketchedIssue(issue, sketch: sketch), best: best,
            others: offer.matches.map(\.runbook).filter { $0.name != best?.runbook.name })
    }

    /// A runbook whose file is gone is no link.
    private func linked(_ history: Ledger.RunbookHistory, _ shelf: Shelf) -> Fit? {
        guard let link = history.link, let runbook = Runbook.Name(link.runbook).flatMap({ shelf[$0] }) else {
            return nil
        }
        return Fit(runbook: runbook, reasons: ["\(link.name) linked it"], isSure: true)
    }

    /// Nil for one whose file is gone.
    func title(of name: String) async -> String? {
        guard let name = Runbook.Name(name) else { return nil }
        return await library.current()[name]?.title
    }

    /// The title of the one to show without being asked, for an alert; the ledger counts it.
    package func title(for issue: Issue, _ event: Event, at date: Date) async throws -> String? {
        let choice = try await choice(for: issue, event, from: await library.current())
        guard let best = choice.best, best.isSure else { return nil }
        try await ledger.noteMatched(best.runbook.name.text, for: choice.issue, at: date)
        return best.runbook.title
    }
}

extension RunbookDesk.Fit {
    fileprivate init?(_ offer: Matching.Offer) {
        guard let match = offer.linked ?? offer.matches.first else { return nil }
        self.init(runbook: match.runbook, reasons: match.reasons, isSure: offer.linked != nil)
    }
}

extension Solved {
    /// Nil for what another version wrote.
    fileprivate init?(_ issue: Ledger.SolvedIssue) {
        guard let name = Runbook.Name(issue.runbook),
            let sketch = try? JSONDecoder().decode(Sketch.self, from: Data(issue.sketch.utf8))
        else { return nil }
        self.init(runbook: name, issue: issue.shortID, sketch: sketch)
    }
}
