import ChatOps
import Domain
import Runbooks

/// Lists the runbooks, all or those whose title or name has the words; says which files cannot be used, and why.
struct ListRunbooks: Command {
    static let manual = Manual(
        "runbooks", "[WORDS…]", "List the runbooks, or search them.", examples: ["/runbooks", "/runbooks database"])

    private static let most = 30

    let library: Library

    func run(_ call: Call) async throws -> Reply {
        var arguments = call.arguments
        let words = arguments.text().lowercased().split(whereSeparator: \.isWhitespace)

        let shelf = await library.current()
        let found = shelf.runbooks.filter { runbook in
            let text = "\(runbook.name) \(runbook.title)".lowercased()
            return words.allSatisfy { text.contains($0) }
        }

        return Reply(text(found, shelf, isSearch: !words.isEmpty))
    }

    private func text(_ found: [Runbook], _ shelf: Shelf, isSearch: Bool) -> HTML {
        var lines: [HTML] = found.prefix(Self.most).map {
            "📕 <b>\($0.title)</b>\n      \(HTML.code("/runbook \($0.name)"))"
        }
        if found.isEmpty { lines = [isSearch ? "No runbook has these words." : "There are no runbooks yet."] }
        if found.count > Self.most { lines.append("And \(found.count - Self.most) more: give a word to search for.") }
        let out = shelf.troubles.filter { $0.kind == .error }
        if !out.isEmpty {
            lines.append("Cannot be used:")
            lines.append(.folded(out.prefix(10).map { HTML($0.description) }.joined(by: "\n")))
        }
        return lines.joined(by: "\n")
    }
}
