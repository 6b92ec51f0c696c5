import Domain

/// An issue that GlitchTip's search found, to be judged by how alike it is.
package struct Candidate: Sendable, Hashable {
    package let issue: Issue
    /// Its latest event, when it was fetched; the stack says more than the title.
    package let event: Event?
    package let lastComment: String?
    /// The commit that it was, if somebody has taught it.
    package let culprit: Finding.TaughtCommit?

    package init(
        issue: Issue, event: Event? = nil, lastComment: String? = nil, culprit: Finding.TaughtCommit? = nil
    ) {
        self.culprit = culprit
        self.issue = issue
        self.event = event
        self.lastComment = lastComment
    }
}
