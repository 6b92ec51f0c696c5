import ChatOps
import GlitchTip
import Storage

/// All commands, in the order in which `/help` shows them. A new one needs its file and a line here.
package func commands(
    glitchtip: GlitchTipAPI, desk: InvestigationDesk, health: Health, ledger: Ledger, about: About
) -> [any Command] {
    let list: [any Command] = [
        Investigate(desk: desk),
        ShowIssue(glitchtip: glitchtip),
        Errors(glitchtip: glitchtip),
        Resolve(glitchtip: glitchtip),
        Unresolve(glitchtip: glitchtip),
        Ignore(glitchtip: glitchtip),
        AddComment(glitchtip: glitchtip),
        ShowStatus(glitchtip: glitchtip, health: health, ledger: ledger, about: about),
    ]
    let manuals = list.map(\.manual) + [Help.manual, Start.manual]
    return list + [Help(manuals: manuals), Start()]
}
