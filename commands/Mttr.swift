import ChatOps
import Domain
import GlitchTip

/// Says how fast the team answers and resolves.
struct Mttr: Command {
    static let manual = Manual(
        "mttr", "[PROJECT] [PERIOD]", "Say how fast alerts are answered and resolved.",
        examples: ["/mttr", "/mttr shop-web 30d"])

    /// More are not read on a phone.
    private static let mostProjects = 8

    let glitchtip: GlitchTipAPI
    let record: TeamRecord

    func run(_ call: Call) async throws -> Reply {
        let scope = try await Scope(call.arguments, usual: .month, glitchtip: glitchtip)

        let (now, before) = (scope.range(until: call.date), scope.rangeBefore(call.date))
        let incidents = try await record.incidents(since: before.lowerBound).filter(scope.covers)

        return Reply(
            text(ResponseTimes(incidents, in: now), ResponseTimes(incidents, in: before), scope)
                + (scope.project == nil ? perProject(ResponseTimes.byProject(incidents, in: now)) : ""),
            keyboard: longest(ResponseTimes(incidents, in: now)))
    }

    private func text(_ times: ResponseTimes, _ before: ResponseTimes, _ scope: Scope) -> HTML {
        guard times.toFirstAct.count + times.toResolved.count > 0 else {
            return """
                ⏱ <b>How fast we are</b>\(scope.words)
                No alert was answered or resolved in this time. What was there before I began to watch does not count.
                """
        }
        let past = "in the \(scope.period) before"
        var lines: [HTML] = [
            "⏱ <b>How fast we are</b>\(scope.words)",
            line("First act (MTTA)", times.toFirstAct, before.toFirstAct, past),
            line("Resolved (MTTR)", times.toResolved, before.toResolved, past),
        ]
        if !times.longest.isEmpty {
            lines.append("<b>Took longest</b>")
            lines += times.longest.map { incident in
                "#\(incident.issue) \(Scrubber.scrub(incident.title).cut(to: 60)) · "
                    + "\(spoken(seconds: incident.toResolved ?? 0))"
            }
        }
        return lines.joined(by: "\n")
    }

    private func line(_ what: String, _ spread: Spread, _ before: Spread, _ past: String) -> HTML {
        let change = spread.words(than: before, past).map { "; \($0)" } ?? ""
        return "\(what): \(spread.words)\(change)"
    }

    private func perProject(_ projects: [(project: String, times: ResponseTimes)]) -> HTML {
        guard projects.count > 1 else { return "" }
        let rows = projects.prefix(Self.mostProjects).map { row -> HTML in
            "\(row.project): first act \(row.times.toFirstAct.words); resolved \(row.times.toResolved.words)"
        }
        let others = projects.count - rows.count
        let rest: [HTML] = others > 0 ? ["and \(others) more"] : []
        return "\n" + HTML.folded((rows + rest).joined(by: "\n"))
    }

    private func longest(_ times: ResponseTimes) -> [[Button]] {
        let buttons = times.longest.map { Button("#\($0.issue)", callbackData: "/issue \($0.issue)") }
        return buttons.isEmpty ? [] : [buttons]
    }
}
