import ChatOps
import Domain
import Runbooks

extension Arguments {
    /// In a reply to an issue's message the name alone is enough, and it may look like a short id.
    mutating func issueAndRunbook(from shelf: Shelf) throws -> (IssueReference, Runbook?) {
        let words = words()
        if words.count == 1, let runbook = Runbook.Name(words[0]).flatMap({ shelf[$0] }) {
            _ = word()
            return (try issue(), runbook)
        }
        return (try issue(), try runbook(from: shelf))
    }

    /// The runbook that is meant, if a word is left.
    mutating func runbook(from shelf: Shelf) throws -> Runbook? {
        guard let word = word() else { return nil }
        if let runbook = Runbook.Name(word).flatMap({ shelf[$0] }) { return runbook }
        let near = Spelling.nearest(to: word.lowercased(), among: shelf.runbooks.map(\.name.text))
        let meant: HTML = near.map { "Did you mean \(HTML.code($0))? " } ?? ""
        throw Refusal("There is no runbook \(HTML.code(word.cut(to: 60))). \(meant)/runbooks lists them all.")
    }
}
