import ChatOps
import Domain
import Runbooks

extension Arguments {
    /// The runbook that is meant, if a word is left.
    mutating func runbook(from shelf: Shelf) throws -> Runbook? {
        guard let word = word() else { return nil }
        if let runbook = Runbook.Name(word).flatMap({ shelf[$0] }) { return runbook }
        let near = Spelling.nearest(to: word.lowercased(), among: shelf.runbooks.map(\.name.text))
        let meant: HTML = near.map { "Did you mean \(HTML.code($0))? " } ?? ""
        throw Refusal("There is no runbook \(HTML.code(word.cut(to: 60))). \(meant)/runbooks lists them all.")
    }
}
