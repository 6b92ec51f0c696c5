import ChatOps
import Domain
import FoundationEssentials
import GlitchTip

/// Lists what is unresolved, newest first, a page at a time.
struct Errors: Command {
    static let manual = Manual(
        "errors", "[PROJECT|WORDS…] [PERIOD]", "List open issues, newest first.",
        examples: ["/errors", "/errors shop-web", "/errors database 24h"])

    /// Short enough to be read on a phone without scrolling.
    private static let pageSize = 6
    /// What GlitchTip gives in one answer; whoever needs more is better served by its own pages.
    private static let most = 100

    let glitchtip: GlitchTipAPI

    func run(_ call: Call) async throws -> Reply {
        let question = try await question(call.arguments)

        let page = try await glitchtip.issues(question.filter, limit: Self.most)
        let oldest = question.period.map { call.date.addingTimeInterval(-Double($0.seconds)) }
        // GlitchTip cannot filter by when an issue was last seen, but it can sort by it.
        let issues = oldest.map { oldest in page.items.filter { $0.lastSeen >= oldest } } ?? page.items
        let isMore = page.next != nil && issues.count == page.items.count

        return Reply(
            text(issues, isMore: isMore, question, call), keyboard: keyboard(issues, question),
            placement: question.page > 1 || question.isTurned ? .inPlace : .below)
    }

    /// What was asked: `/errors shop-web timeout 24h page 2`.
    private struct Question {
        var project: Project?
        var words: [String] = []
        var period: Period?
        var page = 1
        /// Whether the page was chosen by a button, so that the list is turned in place.
        var isTurned = false

        var filter: IssueFilter {
            IssueFilter(
                status: .unresolved, projects: project.map { [$0.id] } ?? [], words: words.joined(separator: " "))
        }

        /// The line that asks for another page of the same.
        func line(page: Int) -> String {
            let parts = [project?.slug].compactMap { $0 } + words + [period?.description].compactMap { $0 }
            return (["/errors"] + parts + ["page", String(page)]).joined(separator: " ")
        }

        /// `shop-web · “timeout” · last 24h`
        var description: String {
            var parts = [project?.slug].compactMap { $0 }
            if !words.isEmpty { parts.append("“\(words.joined(separator: " ").cut(to: 60))”") }
            if let period { parts.append("last \(period)") }
            return parts.joined(separator: " · ")
        }
    }

    private func question(_ line: Arguments) async throws -> Question {
        var arguments = line
        var question = Question()
        var words: [String] = []
        while let word = arguments.word() { words.append(word) }
        if words.count >= 2, words[words.count - 2].lowercased() == "page", let page = Int(words[words.count - 1]) {
            guard (1...Self.most).contains(page) else { throw Refusal("There is no page \(page).") }
            question.page = page
            question.isTurned = true
            words.removeLast(2)
        }
        if let period = words.last.flatMap({ Period(text: $0) }) {
            question.period = period
            words.removeLast()
        }
        if let first = words.first?.lowercased(),
            let project = try await glitchtip.projects().first(where: { $0.slug == first })
        {
            question.project = project
            words.removeFirst()
        }
        question.words = words
        return question
    }

    /// A button's line has no more bytes: what is longer has to be typed.
    private static let longestLine = 64

    private func text(_ issues: [Issue], isMore: Bool, _ question: Question, _ call: Call) -> HTML {
        let about = question.description
        guard !issues.isEmpty else {
            return about.isEmpty ? "Nothing is open. 🎉" : "Nothing is open for \(about)."
        }
        let pages = (issues.count + Self.pageSize - 1) / Self.pageSize
        let count = isMore ? "more than \(issues.count)" : "\(issues.count)"
        var title: HTML = "<b>\(count) open</b>"
        if !about.isEmpty { title += " · \(about)" }
        if pages > 1 { title += " · page \(min(question.page, pages)) of \(pages)" }
        let rows = shown(issues, question).map { $0.row(now: call.date) }
        let next = question.line(page: question.page + 1)
        let older: HTML =
            question.page < pages && next.utf8.count > Self.longestLine ? "\n\nOlder ones: \(HTML.code(next))" : ""
        return "\(title)\n\n\(rows.joined(by: "\n"))\(older)"
    }

    private func keyboard(_ issues: [Issue], _ question: Question) -> [[Button]] {
        let rows = shown(issues, question).map { Button("#\($0.id)", callbackData: "/issue \($0.id)") }
        let pages = (issues.count + Self.pageSize - 1) / Self.pageSize
        var turn: [Button] = []
        if question.page > 1 { turn.append(Button("‹ Newer", callbackData: question.line(page: question.page - 1))) }
        if question.page < pages {
            turn.append(Button("Older ›", callbackData: question.line(page: question.page + 1)))
        }
        return [rows, turn].filter { !$0.isEmpty }
    }

    private func shown(_ issues: [Issue], _ question: Question) -> ArraySlice<Issue> {
        let pages = max(1, (issues.count + Self.pageSize - 1) / Self.pageSize)
        let start = (min(question.page, pages) - 1) * Self.pageSize
        return issues.dropFirst(start).prefix(Self.pageSize)
    }
}
