import ChatOps
import Domain
import GlitchTip
import Logging
import Storage

/// All commands, in the order in which `/help` shows them. A new one needs its file and a line here.
package func commands(
    glitchtip: GlitchTipAPI, desk: InvestigationDesk, alerts: AlertDesk, runbooks: RunbookDesk, health: Health,
    ledger: Ledger, reports: ReportDesk, record: TeamRecord, log: Logger, about: About
) -> [any Command] {
    let desk = desk.learning(in: ledger) { await runbooks.title(of: $0) }
    let list: [any Command] = [
        Investigate(desk: desk, alerts: alerts, runbooks: runbooks),
        Right(desk: desk, runbooks: runbooks),
        Wrong(desk: desk, runbooks: runbooks),
        TeachCulprit(desk: desk),
        ShowIssue(glitchtip: glitchtip),
        Errors(glitchtip: glitchtip),
        Resolve(glitchtip: glitchtip, alerts: alerts),
        Unresolve(glitchtip: glitchtip, alerts: alerts),
        Ignore(glitchtip: glitchtip, alerts: alerts),
        AddComment(glitchtip: glitchtip, alerts: alerts),
        ShowRunbook(glitchtip: glitchtip, desk: desk, runbooks: runbooks),
        ListRunbooks(library: runbooks.library),
        Link(glitchtip: glitchtip, alerts: alerts, runbooks: runbooks),
        Unlink(glitchtip: glitchtip, alerts: alerts, runbooks: runbooks),
        Take(glitchtip: glitchtip, alerts: alerts),
        ShowAlerts(alerts: alerts),
        Mute(glitchtip: glitchtip, alerts: alerts),
        Mutes(alerts: alerts),
        Unmute(alerts: alerts),
        Duty(alerts: alerts),
        ShowReport(reports: reports),
        ScheduleReports(reports: reports),
        ShowStatistics(glitchtip: glitchtip, history: reports.history, zone: alerts.zone, log: log),
        ShowTop(glitchtip: glitchtip),
        CompareReleases(glitchtip: glitchtip),
        AuditProject(glitchtip: glitchtip),
        Mttr(glitchtip: glitchtip, record: record),
        Saved(record: record),
        Baseline(record: record),
        ShowStatus(glitchtip: glitchtip, health: health, ledger: ledger, library: runbooks.library, about: about),
    ]
    let manuals = list.map(\.manual) + [Help.manual, Start.manual]
    return list + [Help(manuals: manuals), Start()]
}
