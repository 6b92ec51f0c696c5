import ChatOps
import Domain
import GlitchTip
import Runbooks
import Storage

/// Shows the runbook for an issue, with the issue's own values in its commands, or one by its name. Under one for an issue
/// stand buttons: the steps, to be ticked off in place, and whether it helped.
struct ShowRunbook: Command {
    static let manual = Manual(
        "runbook", "ISSUE|NAME|new ISSUE", "Show the runbook for an issue, or one by its name; draft a new one.",
        examples: ["/runbook 2", "/runbook database-connections", "/runbook new 2"])

    let glitchtip: GlitchTipAPI
    let desk: InvestigationDesk
    let runbooks: RunbookDesk

    func run(_ call: Call) async throws -> Reply {
        let shelf = await runbooks.library.current()
        var arguments = call.arguments
        if arguments.take("new") {
            return try await DraftRunbook(glitchtip: glitchtip, desk: desk, runbooks: runbooks).run(arguments, call)
        }
        // A runbook's name may look like a short id; the names are few and known.
        var ahead = arguments
        if let word = ahead.word(), let runbook = Runbook.Name(word).flatMap({ shelf[$0] }) {
            try ahead.end()
            return Reply(RunbookPage(runbook).text)
        }
        let reference = try arguments.issue()
        let deed = Deed(&arguments)
        let named = try arguments.runbook(from: shelf)
        try arguments.end()

        let issue = try await glitchtip.issue(reference)
        let event = try await glitchtip.latestEventIfAny(of: issue.id)
        let choice = try await runbooks.choice(for: issue, event, from: shelf)
        guard let fit = named.map({ choice.fit($0) }) ?? choice.best else {
            return Reply("No runbook fits \(issue.shortID). /runbooks lists them all.", about: issue.id)
        }
        let name = fit.runbook.name.text
        if let deed {
            try call.require(.responder)
            try await note(deed, fit.runbook, issue.id, call)
        } else {
            try await runbooks.ledger.noteOpened(name, for: choice.issue, at: call.date)
        }

        let page = RunbookPage(
            fit.runbook, Filling(issue: issue, event: event), because: fit.reasons,
            progress: try await runbooks.ledger.progress(of: name, for: issue.id))
        let others = choice.others.filter { $0.name != fit.runbook.name }.map {
            [Button("📕 \($0.title)", callbackData: "/runbook \(issue.id) \($0.name)")]
        }
        return Reply(
            page.text, keyboard: page.keyboard(for: issue.id) + others, about: issue.id,
            placement: deed != nil && call.pressed != nil ? .inPlace : .below, outcome: deed?.outcome(name))
    }

    /// What the buttons under a runbook do: `/runbook 2 1.3 NAME`, `/runbook 2 -1.3 NAME`, `/runbook 2 yes NAME`. Short, as
    /// a button's line has 64 bytes.
    private enum Deed {
        case tick(String)
        case untick(String)
        case judge(hasHelped: Bool)

        init?(_ arguments: inout Arguments) {
            var ahead = arguments
            guard let word = ahead.word() else { return nil }
            let step = word.hasPrefix("-") ? word.dropFirst() : word[...]
            switch word {
            case "yes": self = .judge(hasHelped: true)
            case "no": self = .judge(hasHelped: false)
            case _ where RunbookPage.isStep(step):
                self = word.hasPrefix("-") ? .untick(String(step)) : .tick(String(step))
            default: return nil
            }
            arguments = ahead
        }

        func outcome(_ name: String) -> String {
            switch self {
            case .tick(let step): "did \(step) of \(name)"
            case .untick(let step): "took back \(step) of \(name)"
            case .judge(let hasHelped): hasHelped ? "\(name) helped" : "\(name) did not help"
            }
        }
    }

    private func note(_ deed: Deed, _ runbook: Runbook, _ issue: Issue.ID, _ call: Call) async throws {
        let (ledger, name) = (runbooks.ledger, runbook.name.text)
        switch deed {
        case .tick(let step):
            guard RunbookPage(runbook).steps.contains(step) else {
                throw Refusal("\(HTML.code(step)) is no step of <b>\(runbook.title)</b>.")
            }
            try await ledger.tick(step, of: name, for: issue, by: call.sender.name, at: call.date)
        case .untick(let step): try await ledger.untick(step, of: name, for: issue)
        case .judge(let hasHelped):
            try await ledger.judge(
                name, for: issue, hasHelped: hasHelped, by: call.sender.id, name: call.sender.name, at: call.date)
        }
    }
}

extension RunbookDesk.Choice {
    /// The one that was named, with the reasons if it is the best as well.
    fileprivate func fit(_ runbook: Runbook) -> RunbookDesk.Fit {
        if let best, best.runbook.name == runbook.name { return best }
        return RunbookDesk.Fit(runbook: runbook, reasons: [], isSure: false)
    }
}
