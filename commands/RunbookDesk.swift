import Domain
import FoundationEssentials
import Investigation
import Runbooks
import Storage

/// Which runbook is for an issue: the one that the team linked, else what fits and was not unlinked.
package struct RunbookDesk: Sendable {
    let library: Library
    let ledger: Ledger
    /// Where a new runbook can be committed.
    let writable: @Sendable () async -> WritableRepository?

    /// - Parameter writable: nil when the team's first runbooks are in no git repository.
    package init(
        library: Library, ledger: Ledger, writable: @escaping @Sendable () async -> WritableRepository? = { nil }
    ) {
        self.library = library
        self.ledger = ledger
        self.writable = writable
    }

    struct Choice: Sendable {
        let issue: Ledger.SketchedIssue
        let best: Fit?
        let unlinks: Unlinks
        let sketch: Sketch
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
        let sketch = Sketch(subject)
        let unlinks = Unlinks(history.unlinked.compactMap { Unlinks.Unlinked($0, of: issue) })
        let offer = shelf.matching.match(
            subject, excluding: unlinks.names(for: sketch), solved: history.solved.compactMap(Solved.init))
        let kept = String(decoding: try JSONEncoder().encode(sketch), as: UTF8.self)
        let best = linked(history, shelf) ?? Fit(offer)
        return Choice(
            issue: Ledger.SketchedIssue(issue, sketch: kept), best: best, unlinks: unlinks, sketch: sketch,
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

extension Unlinks.Unlinked {
    fileprivate init?(_ unlinked: Ledger.UnlinkedIssue, of issue: Issue) {
        guard let name = Runbook.Name(unlinked.runbook) else { return nil }
        self.init(name, isSame: unlinked.id == issue.id, sketch: unlinked.sketch.flatMap(Sketch.init(json:)))
    }
}

extension Sketch {
    /// Nil for what another version wrote.
    fileprivate init?(json: String) {
        guard let sketch = try? JSONDecoder().decode(Sketch.self, from: Data(json.utf8)) else { return nil }
        self = sketch
    }
}

extension Solved {
    /// Nil for what another version wrote.
    fileprivate init?(_ issue: Ledger.SolvedIssue) {
        guard let name = Runbook.Name(issue.runbook),
            let sketch = Sketch(json: issue.sketch)
        else { return nil }
        self.init(runbook: name, issue: issue.shortID, sketch: sketch)
    }
}
