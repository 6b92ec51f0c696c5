import ChatOps
import Domain
import Runbooks
import Storage

/// A runbook as the chat shows it: its sections folded, the steps numbered, with who did which of them.
struct RunbookPage {
    private let runbook: Runbook
    private let filling: Filling
    private let reasons: [String]
    private let progress: Ledger.RunbookProgress?
    private let sections: [Body.Section]

    /// - Parameter progress: nil when it is shown without an issue.
    init(
        _ runbook: Runbook, _ filling: Filling = Filling(), because reasons: [String] = [],
        progress: Ledger.RunbookProgress? = nil
    ) {
        self.runbook = runbook
        self.filling = filling
        self.reasons = reasons
        self.progress = progress
        sections = runbook.body.sections.filter { !$0.items.isEmpty }
    }

    // MARK: Steps

    /// Those that can be ticked off, as `2.1`: the first of the second section.
    var steps: [String] { sections.indices.flatMap(steps) }

    /// What a step says, values still open; nil when there is none of this number any more.
    func markdown(of step: String) -> String? {
        for (index, section) in sections.enumerated() {
            for (item, content) in section.items.enumerated() where Self.number(index, item) == step {
                return content.pieces.markdown
            }
        }
        return nil
    }

    static func isStep(_ text: some StringProtocol) -> Bool {
        let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 2
            && numbers.allSatisfy { (1...2).contains($0.count) && $0.utf8.allSatisfy { (48...57).contains($0) } }
    }

    private func steps(of section: Int) -> [String] {
        switch sections[section].kind {
        case .check, .stop, .fix: sections[section].items.indices.map { Self.number(section, $0) }
        case .over, .other: []
        }
    }

    private static func number(_ section: Int, _ item: Int) -> String { "\(section + 1).\(item + 1)" }

    // MARK: Text

    var text: HTML {
        let text = lines.joined(by: "\n")
        guard progress != nil, text.length > HTML.messageLimit else { return text }
        // In one message, so that a tick can be shown in its place.
        let rest: HTML = "\nThe rest: \(HTML.code("/runbook \(runbook.name)"))"
        return text.cut(to: HTML.messageLimit - rest.length) + rest
    }

    private var lines: [HTML] {
        var lines: [HTML] = ["📕 <b>\(runbook.title)</b>"]
        if !reasons.isEmpty { lines.append("Fits because \(reasons.prefix(2).joined(separator: "; ")).") }
        if !runbook.owners.isEmpty { lines.append("Ask \(runbook.owners.joined(separator: ", ")).") }
        let done = steps.count { progress?.ticks[$0] != nil }
        if done > 0 { lines.append("\(done) of \(steps.count) steps done.") }
        for (index, section) in sections.enumerated() {
            lines.append("<b>\(section.title)</b>")
            let items = section.items.indices.map { line(Self.number(index, $0), section.items[$0]) }
            lines.append(.folded(items.joined(by: "\n")))
        }
        return lines
    }

    private func line(_ number: String, _ item: Body.Item) -> HTML {
        let done: HTML = progress?.ticks[number].map { "✓ \($0.name) \(clock($0.date)) · " } ?? ""
        return "\(done)\(number) \(item.pieces.html(filling))"
    }

    // MARK: Buttons

    private static let mostInRow = 5
    // Telegram takes a hundred in all.
    private static let mostSteps = 80

    func keyboard(for issue: Issue.ID) -> [[Button]] {
        var rows: [[Button]] = []
        var room = Self.mostSteps
        for section in sections.indices {
            let buttons = steps(of: section).prefix(room).map { button($0, issue) }
            room -= buttons.count
            for start in stride(from: 0, to: buttons.count, by: Self.mostInRow) {
                rows.append(Array(buttons[start..<min(start + Self.mostInRow, buttons.count)]))
            }
        }
        let line = { (word: String) in "/runbook \(issue) \(word) \(runbook.name)" }
        rows.append([
            Button("👍 Helped\(Self.count(progress?.helped))", callbackData: line("yes")),
            Button("👎 Didn't\(Self.count(progress?.didNotHelp))", callbackData: line("no")),
        ])
        rows.append([
            .investigate(issue), Button("Wrong runbook", callbackData: "/unlink \(issue) \(runbook.name)"),
        ])
        return rows
    }

    private func button(_ step: String, _ issue: Issue.ID) -> Button {
        let isDone = progress?.ticks[step] != nil
        return Button(
            isDone ? "✓ \(step)" : step, callbackData: "/runbook \(issue) \(isDone ? "-" : "")\(step) \(runbook.name)")
    }

    private static func count(_ people: Int?) -> String {
        guard let people, people > 0 else { return "" }
        return " (\(people))"
    }
}
