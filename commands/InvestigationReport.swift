import ChatOps
import Domain
import FoundationEssentials
import Investigation

/// The message that an investigation becomes: the finding, how old it is, and what to do next.
struct InvestigationReport {
    private let result: InvestigationDesk.Result
    private let runbook: RunbookDesk.Fit?
    private let link: String
    private let date: Date

    init(_ result: InvestigationDesk.Result, _ runbook: RunbookDesk.Fit?, link: String, at date: Date) {
        self.result = result
        self.runbook = runbook
        self.link = link
        self.date = date
    }

    func reply(_ placement: Reply.Placement = .below, outcome: String? = nil) -> Reply {
        Reply(text, keyboard: keyboard, about: result.issue.id, placement: placement, outcome: outcome)
    }

    private var text: HTML {
        var tail: [HTML] = []
        if let runbook { tail.append("📕 \(runbook.isSure ? "" : "Perhaps: ")<b>\(runbook.runbook.title)</b>") }
        if let since = result.cachedAt {
            let seconds = date.timeIntervalSince(since)
            let age = seconds < 60 ? "a moment" : spoken(seconds: seconds)
            tail.append("<i>From \(clock(since)), \(age) old.</i>")
        }
        let room = tail.reduce(HTML.messageLimit) { $0 - $1.length - 1 }
        return ([result.finding.html(atMost: room)] + tail).joined(by: "\n")
    }

    private var keyboard: [[Button]] {
        let id = result.issue.id
        var first: [Button] = [Button("💬 Post as comment", callbackData: "/investigate \(id) comment")]
        if result.cachedAt != nil { first.append(Button("Fresh", callbackData: "/investigate \(id) fresh")) }
        let last: [Button] =
            result.issue.status == .unresolved ? [.resolve(id), .open(link)] : [.open(link)]
        let guide: [Button] = runbook == nil ? [] : [.runbook(for: id)]
        return [first, answers, guide, last].filter { !$0.isEmpty }
    }

    /// About the commit that stands first; nothing to ask once somebody has said which one it was.
    private var answers: [Button] {
        guard result.finding.taughtCommit == nil, let first = result.finding.suspects.first else { return [] }
        let about = "\(result.issue.id) \(first.sha.prefix(12))"
        let name = first.sha.prefix(8)
        return [
            Button("👍 \(name) is right", callbackData: "/right \(about)"),
            Button("👎 Wrong", callbackData: "/wrong \(about)"),
        ]
    }
}

extension RunbookDesk {
    /// Not a part of the finding, which is kept: runbooks and links change without it.
    func bestFit(for result: InvestigationDesk.Result, at date: Date) async throws -> Fit? {
        let shelf = await library.current()
        let choice = try await choice(for: result.issue, result.event, from: shelf)
        guard let best = choice.best else { return nil }
        try await ledger.noteMatched(best.runbook.name.text, for: choice.issue, at: date)
        return best
    }
}
