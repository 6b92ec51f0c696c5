import FoundationEssentials

/// What became of an issue that troubled us once: the moments that a report counts with.
package struct Incident: Sendable, Hashable {
    package let issue: Issue.ID
    package let title: String
    /// Its slug.
    package let project: String
    package let openedAt: Date
    /// When somebody first did something about it, of whatever kind.
    package let firstActAt: Date?
    /// When a finding of an investigation was shown.
    package let investigatedAt: Date?
    /// When somebody first wrote down in the chat what they found.
    package let commentedAt: Date?
    /// When it was resolved; ignored and deleted ones never were.
    package let resolvedAt: Date?
    /// Whether a runbook was shown with it.
    package let hasRunbook: Bool
    /// Who was on duty when the chat was told, as Telegram names; nil when nobody wrote that down.
    package let onDuty: [String]?
    /// Who works on it.
    package let takenBy: String?

    package init(
        issue: Issue.ID, title: String, project: String, openedAt: Date, firstActAt: Date? = nil,
        investigatedAt: Date? = nil, commentedAt: Date? = nil, resolvedAt: Date? = nil, hasRunbook: Bool = false,
        onDuty: [String]? = nil, takenBy: String? = nil
    ) {
        self.issue = issue
        self.title = title
        self.project = project
        self.openedAt = openedAt
        self.firstActAt = firstActAt
        self.investigatedAt = investigatedAt
        self.commentedAt = commentedAt
        self.resolvedAt = resolvedAt
        self.hasRunbook = hasRunbook
        self.onDuty = onDuty
        self.takenBy = takenBy
    }

    /// From the alert to the first act.
    package var toFirstAct: Double? { firstActAt.map { max(0, $0.timeIntervalSince(openedAt)) } }
    /// From the alert to the finding.
    package var toFinding: Double? { investigatedAt.map { max(0, $0.timeIntervalSince(openedAt)) } }
    package var toResolved: Double? { resolvedAt.map { max(0, $0.timeIntervalSince(openedAt)) } }

    /// From the first act to the finding: how long somebody looked before they were told where to.
    package var triage: Double? {
        guard let firstActAt, let investigatedAt else { return nil }
        return max(0, investigatedAt.timeIntervalSince(min(firstActAt, investigatedAt)))
    }

    /// From the first act to the resolution or the first comment, whatever came first, of an issue that was not
    /// investigated here before: how long people need by themselves.
    package var unaided: Double? {
        guard let firstActAt, let end = [resolvedAt, commentedAt].compactMap({ $0 }).min(), end > firstActAt,
            investigatedAt.map({ $0 >= end }) ?? true
        else { return nil }
        return end.timeIntervalSince(firstActAt)
    }
}
