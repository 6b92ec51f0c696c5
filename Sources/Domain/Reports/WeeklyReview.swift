import FoundationEssentials

/// How the team did in a week: how fast, for whom, how well we helped, what has no runbook, and where it is going. Below
/// the week's report.
package struct WeeklyReview: Sendable {
    package let times: ResponseTimes
    /// Where most was resolved first.
    package let byProject: [(project: String, times: ResponseTimes)]
    package let duty: DutyLoad
    /// What held back most first.
    package let expired: [ExpiredSilence]
    package let events: Trend
    package let alerts: Trend
    package let hits: HitRate
    package let saved: TimeSaved
    /// Until resolved, with an investigation and without.
    package let investigation: Effect
    /// Until resolved, with a runbook shown and without.
    package let runbook: Effect
    package let runbooks: RunbookEffects

    /// What was gathered.
    package struct Material: Sendable {
        /// Open at some time of the week.
        package var incidents: [Incident]
        package var expired: [ExpiredSilence]
        /// By the week, this one the last; fewer than four when earlier ones are not known.
        package var events: [Int]
        package var alerts: [Int]
        package var hits: HitRate
        package var runbooks: RunbookRecord
        package var baseline: TimeSaved.Baseline

        package init(
            incidents: [Incident], expired: [ExpiredSilence] = [], events: [Int] = [], alerts: [Int] = [],
            hits: HitRate, runbooks: RunbookRecord, baseline: TimeSaved.Baseline
        ) {
            self.incidents = incidents
            self.expired = expired
            self.events = events
            self.alerts = alerts
            self.hits = hits
            self.runbooks = runbooks
            self.baseline = baseline
        }
    }

    package init(_ material: Material, in period: Range<Date>) {
        let incidents = material.incidents
        times = ResponseTimes(incidents, in: period)
        byProject = ResponseTimes.byProject(incidents, in: period).sorted { one, other in
            let (left, right) = (one.times.toResolved.count, other.times.toResolved.count)
            return (right, one.project) < (left, other.project)
        }
        duty = DutyLoad(incidents, in: period)
        expired = material.expired.sorted { $0.events > $1.events }
        events = Trend(material.events)
        alerts = Trend(material.alerts)
        hits = material.hits
        saved = TimeSaved(incidents, in: period, baseline: material.baseline)
        investigation = Effect(of: .investigation, until: .resolved, incidents, in: period)
        runbook = Effect(of: .runbook, until: .resolved, incidents, in: period)
        runbooks = RunbookEffects(material.runbooks)
    }
}
