import ChatOps
import Domain
import FoundationEssentials

/// Lists what is open now, the oldest untouched first; or the issues of a storm.
struct ShowAlerts: Command {
    static let manual = Manual("alerts", "", "List open alerts, the oldest untouched first.")

    private static let pageSize = 8

    let alerts: AlertDesk

    func run(_ call: Call) async throws -> Reply {
        let question = try Question(call.arguments)

        let offset = (question.page - 1) * Self.pageSize
        let found = try await alerts.alerts(storm: question.storm, limit: Self.pageSize, offset: offset)

        return Reply(
            text(found, question, call), keyboard: keyboard(found, question),
            placement: question.isTurned ? .inPlace : .below)
    }

    /// `/alerts`, `/alerts page 2`, and what a storm's button says: `/alerts storm 3 page 2`.
    private struct Question {
        var storm: Int?
        var page = 1
        var isTurned = false

        init(_ line: Arguments) throws {
            var arguments = line
            if arguments.take("storm") { storm = try Self.number(&arguments) }
            if arguments.take("page") {
                page = try Self.number(&arguments)
                isTurned = true
            }
            try arguments.end()
        }

        private static func number(_ arguments: inout Arguments) throws -> Int {
            guard let word = arguments.word(), let number = Int(word), (1...10_000).contains(number) else {
                throw Refusal("Which number?")
            }
            return number
        }

        func line(page: Int) -> String { "/alerts \(storm.map { "storm \($0) " } ?? "")page \(page)" }
    }

    private func text(_ found: AlertDesk.OpenAlerts, _ question: Question, _ call: Call) -> HTML {
        guard found.count > 0 else { return question.storm == nil ? "Nothing is open. 🎉" : "I know of no such storm." }
        let pages = (found.count + Self.pageSize - 1) / Self.pageSize
        let page = pages > 1 ? " · page \(question.page) of \(pages)" : ""
        let title: HTML =
            question.storm == nil
            ? "<b>\(found.count) open</b> · oldest untouched first" : "<b>\(found.count) of the storm</b>"
        let rows = found.episodes.map { row($0, call.date) }
        return "\(title)\(page)\n\n\(rows.joined(by: "\n"))"
    }

    private func row(_ episode: Episode, _ now: Date) -> HTML {
        let state: String
        switch (episode.closing?.how, episode.taken?.by) {
        case (let how?, _): state = how.rawValue
        case (nil, let name?): state = "taken by \(name)"
        case (nil, nil): state = episode.isTouched ? "seen to" : "untouched"
        }
        let age: HTML = "\(state) · \(ago(episode.openedAt, now: now))"
        let issue = episode.subject
        return "\(issue.mark) <b>#\(issue.id)</b> \(issue.scrubbedTitle.cut(to: 90))\n"
            + "      \(issue.project.slug) · \(issue.timesSeen) · \(age)"
    }

    private func keyboard(_ found: AlertDesk.OpenAlerts, _ question: Question) -> [[Button]] {
        let rows = found.episodes.map { Button("#\($0.issue)", callbackData: "/issue \($0.issue)") }
        var turn: [Button] = []
        if question.page > 1 { turn.append(Button("‹ Back", callbackData: question.line(page: question.page - 1))) }
        if question.page * Self.pageSize < found.count {
            turn.append(Button("More ›", callbackData: question.line(page: question.page + 1)))
        }
        return [Array(rows.prefix(4)), Array(rows.dropFirst(4)), turn].filter { !$0.isEmpty }
    }
}
