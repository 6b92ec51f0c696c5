import FoundationEssentials

/// How the team did in a week: how fast, how well we helped, what has no runbook. Below the week's report.
package struct WeeklyReview: Sendable {
    package let times: ResponseTimes
    package let byProject: [(project: String, times: ResponseTimes)]
    package let hits: HitRate
    package let runbooks: RunbookEffects

    package init(_ incidents: [Incident], in period: Range<Date>, hits: HitRate, runbooks: RunbookRecord) {
        times = ResponseTimes(incidents, in: period)
        byProject = ResponseTimes.byProject(incidents, in: period)
        self.hits = hits
        self.runbooks = RunbookEffects(runbooks)
    }
}
