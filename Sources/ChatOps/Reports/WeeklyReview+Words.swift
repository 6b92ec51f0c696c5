import Domain

extension WeeklyReview {
    private static let mostRows = 3

    /// Nothing is shown that the numbers do not carry: each figure says itself when there are too few.
    var text: HTML {
        var lines: [HTML] = [
            "<b>How the team did</b>", "First act (MTTA): \(times.toFirstAct.words)",
            "Resolved (MTTR): \(times.toResolved.words)",
        ]
        if byProject.count > 1 {
            lines += byProject.prefix(Self.mostRows).map { row in
                "\(row.project): resolved \(row.times.toResolved.words)"
            }
        }
        lines += times.longest.map { incident in
            "Took \(spoken(seconds: incident.toResolved ?? 0)): #\(incident.issue) "
                + "\(Scrubber.scrub(incident.title).cut(to: 60))"
        }
        lines.append("Investigations: \(hits.words)")
        lines += runbookLines
        return lines.joined(by: "\n")
    }

    private var runbookLines: [HTML] {
        let opened = runbooks.runbooks.filter { $0.opened > 0 }
        let helped = opened.reduce(0) { $0 + $1.helped }
        let didNot = opened.reduce(0) { $0 + $1.didNotHelp }
        var lines: [HTML] = []
        if !opened.isEmpty {
            let times = opened.reduce(0) { $0 + $1.opened }
            lines.append(
                "Runbooks: opened for \(times == 1 ? "1 issue" : "\(times) issues"), helped \(helped), didn't \(didNot)"
            )
        }
        lines += runbooks.lacking.prefix(Self.mostRows).map {
            "No runbook: \(Scrubber.scrub($0.kind).cut(to: 60)) in \($0.project), \($0.count) issues"
        }
        if !runbooks.unopened.isEmpty {
            lines.append("Nobody opens: \(runbooks.unopened.prefix(Self.mostRows).joined(separator: ", "))")
        }
        if !runbooks.unhelpful.isEmpty {
            lines.append("Did not help: \(runbooks.unhelpful.prefix(Self.mostRows).joined(separator: ", "))")
        }
        return lines
    }
}
