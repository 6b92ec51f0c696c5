import Domain

/// An issue that GlitchTip's search found, to be judged by how alike it is.
package struct Candidate: Sendable, Hashable {
    package let issue: Issue
    /// Its latest event, when it was fetched; the stack says more than the title.
    package let event: Event?
    package let ending: Finding.Ending

    package init(issue: Issue, event: Event? = nil, ending: Finding.Ending = Finding.Ending()) {
        self.issue = issue
        self.event = event
        self.ending = ending
    }
}
