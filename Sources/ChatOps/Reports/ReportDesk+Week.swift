import Domain
import FoundationEssentials
import Storage

extension ReportDesk {
    /// The report of a week, and how the team did in it.
    package func week(before day: Day, late: Bool = false) async throws -> Reply {
        let span = ReportSpan.week(before: day, in: zone)
        let report = try await report(span)
        let review = try await review(span, isCounted: report.events != nil && report.gap == nil)
        let reply = report.reply(late: late, zone: zone)
        // One message: of a week that bad, the lists are the longer part, and their rows are buttons.
        let lists = reply.text.cut(to: HTML.messageLimit - review.text.length - 2)
        return Reply("\(lists)\n\n\(review.text)", keyboard: reply.keyboard + figures(day, review))
    }

    /// - Parameter isCounted: whether GlitchTip told the events up to the week's end.
    private func review(_ span: ReportSpan, isCounted: Bool) async throws -> WeeklyReview {
        let period = span.start..<span.end
        var material = WeeklyReview.Material(
            incidents: try await ledger.incidents(since: span.start),
            expired: try await ledger.expiredSilences(in: period),
            hits: try await ledger.hitRate(from: span.start, to: span.end),
            runbooks: try await ledger.runbookRecord(in: period), baseline: try await record.baseline())
        // A week that was seen in part would look like a quiet one.
        if isCounted, let since = try await ledger.countedSince() {
            for week in span.weeks where week.lowerBound >= since {
                let events = try await ledger.events(from: week.lowerBound, to: week.upperBound)
                material.events.append(events.values.reduce(0, +))
            }
        }
        if let began = try await ledger.entry({ try $0.date(WatchSetting.began) }) {
            for week in span.weeks where week.lowerBound >= began {
                material.alerts.append(try await ledger.alerts(in: week))
            }
        }
        return WeeklyReview(material, in: period)
    }

    /// By the week's own day: a tap on Thursday shows the same numbers.
    private func figures(_ day: Day, _ review: WeeklyReview) -> [[Button]] {
        let mttr = Button("⏱ MTTR", callbackData: "/mttr 7d")
        let line = "/saved week \(day)"
        guard review.saved.investigated > 0 else { return [[mttr]] }
        return [
            [mttr, Button("⏳ Time saved", callbackData: line)],
            [Button("How is the time saved computed?", callbackData: "\(line) how")],
        ]
    }
}
