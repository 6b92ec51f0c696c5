@testable import Runbooks

extension Runbook {
    /// A runbook from its text, or what is wrong with it.
    static func read(_ text: String, name: String = "sample.md") -> (runbook: Runbook?, troubles: [String]) {
        let file = RunbookFile(Array(text.utf8), file: name)
        return (file.runbook, file.troubles.map(\.description))
    }

    /// A runbook with one rule, which stands in YAML's flow style: `type: TypeError, message: cart`.
    static func sample(_ name: String, _ rules: String...) throws -> Runbook {
        let matches = rules.map { "  - {\($0)}" }.joined(separator: "\n")
        let (runbook, troubles) = read("---\ntitle: \(name)\nmatches:\n\(matches)\n---\n", name: name + ".md")
        guard let runbook else { throw Unreadable(troubles: troubles) }
        return runbook
    }

    struct Unreadable: Error { let troubles: [String] }
}

extension Subject {
    static func crash(_ type: String, _ message: String = "", path: String...) -> Subject {
        var subject = Subject()
        subject.types = [type]
        subject.messages = [message]
        subject.paths = path
        return subject
    }
}
