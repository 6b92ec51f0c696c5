import Domain

extension WeeklyReview {
    private static let mostRows = 3
    private static let mostNames = 5

    /// Nothing is shown that the numbers do not carry: each figure says itself when there are too few.
    var text: HTML {
        [
            section("How the team did", speed + [perProject].compactMap(\.self) + longest + load + mutes),
            section("Four weeks", ["Events: \(events.words)", "Alerts: \(alerts.words)"]),
            section("What helped", investigations + effects + runbookLines),
        ].joined(by: "\n\n")
    }

    private func section(_ title: String, _ lines: [HTML]) -> HTML { (["<b>\(title)</b>"] + lines).joined(by: "\n") }

    private var speed: [HTML] {
        ["First act (MTTA): \(times.toFirstAct.words)", "Resolved (MTTR): \(times.toResolved.words)"]
    }

    private var perProject: HTML? {
        guard byProject.count > 1 else { return nil }
        var rows = byProject.prefix(Self.mostNames).map { row -> HTML in
            "\(row.project): first act \(row.times.toFirstAct.words); resolved \(row.times.toResolved.words)"
        }
        if byProject.count > rows.count { rows.append("and \(byProject.count - rows.count) more") }
        return HTML.folded(rows.joined(by: "\n"))
    }

    private var longest: [HTML] {
        times.longest.map { incident in
            "Took \(spoken(seconds: incident.toResolved ?? 0)): #\(incident.issue) "
                + "\(Scrubber.scrub(incident.title).cut(to: 50))"
        }
    }

    // MARK: Who

    private var load: [HTML] {
        var lines: [HTML] = []
        // Without the `@`: a report rings nobody.
        let onDuty = duty.onDuty.map { (String($0.name.trimmingPrefix("@")), $0.alerts) }
        if !onDuty.isEmpty { lines.append("Alerts while on duty: \(list(onDuty, nobody: duty.whileNobody))") }
        let taken = duty.taken.map { ($0.name, $0.alerts) }
        if !taken.isEmpty { lines.append("Alerts taken: \(list(taken, nobody: duty.untaken))") }
        return lines
    }

    /// `ada 9, bob_b 5, 2 others 3, nobody 2`
    private func list(_ shares: [(name: String, alerts: Int)], nobody: Int) -> HTML {
        var parts = shares.prefix(Self.mostNames).map { share -> HTML in "\(share.name.cut(to: 24)) \(share.alerts)" }
        let others = shares.dropFirst(parts.count)
        if !others.isEmpty { parts.append("\(others.count) others \(others.reduce(0) { $0 + $1.alerts })") }
        if nobody > 0 { parts.append("nobody \(nobody)") }
        return parts.joined(by: ", ")
    }

    private var mutes: [HTML] {
        guard !expired.isEmpty else { return [] }
        var parts = expired.prefix(Self.mostRows).map { silence -> HTML in
            let events = silence.events == 1 ? "1 event" : "\(silence.events) events"
            return "\(silence.target.words.cut(to: 40)), \(silence.events == 0 ? "nothing" : events) held back"
        }
        if expired.count > parts.count { parts.append("and \(expired.count - parts.count) more") }
        return ["Mutes that ran out: \(parts.joined(by: "; "))"]
    }

    // MARK: What helped

    private var investigations: [HTML] {
        let count = saved.investigated
        guard count + hits.investigations > 0 else { return ["Investigations: none"] }
        return [
            "Time saved: \(saved.words), of \(count == 1 ? "1 alert" : "\(count) alerts") investigated",
            "Commits named: \(hits.words)",
        ]
    }

    private var effects: [HTML] {
        [("/investigate", investigation), ("a runbook", runbook)].compactMap { name, effect in
            let (with, without) = (effect.with, effect.without)
            guard with.count > 0, without.count > 0 else { return nil }
            guard let change = with.words(than: without, "without") else {
                return "Resolved with \(name): too few to say (\(with.count) with, \(without.count) without)"
            }
            return "Resolved with \(name): \(with.words); without: \(without.words); \(change)"
        }
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
        if !runbooks.runbooks.isEmpty { lines.append(.folded(usedRunbooks.joined(by: "\n"))) }
        lines += runbooks.lacking.prefix(Self.mostRows).map {
            "No runbook: \(Scrubber.scrub($0.kind).cut(to: 50)) in \($0.project), \($0.count) issues"
        }
        if !runbooks.unopened.isEmpty {
            lines.append("Nobody opens: \(runbooks.unopened.prefix(Self.mostRows).joined(separator: ", "))")
        }
        if !runbooks.unhelpful.isEmpty {
            lines.append("Did not help: \(runbooks.unhelpful.prefix(Self.mostRows).joined(separator: ", "))")
        }
        return lines
    }

    /// `database-connections: fits 8, opened for 5, helped 4, wrong for 1; resolved with it …; without: …`
    private var usedRunbooks: [HTML] {
        let order = runbooks.runbooks.sorted { one, other in
            (other.opened, other.matched, one.runbook) < (one.opened, one.matched, other.runbook)
        }
        var rows = order.prefix(Self.mostRows).map { effect -> HTML in
            let counts = [
                ("opened for", effect.opened), ("helped", effect.helped), ("didn't", effect.didNotHelp),
                ("wrong for", effect.wrongLinks),
            ].filter { $0.1 > 0 }.map { "\($0) \($1)" }
            let times: HTML =
                effect.with.count > 0
                ? "; resolved with it: \(effect.with.words); without: \(effect.without.words)" : ""
            let numbers = (["fits \(effect.matched)"] + counts).joined(separator: ", ")
            return "\(effect.runbook.cut(to: 40)): \(numbers)\(times)"
        }
        if order.count > rows.count { rows.append("and \(order.count - rows.count) more") }
        return rows
    }
}
