import Domain
import FoundationEssentials

extension StandInGlitchTip {
    /// An issue as the stand-in keeps it.
    struct StoredIssue {
        let id: Int
        /// The number in its short id.
        let number: Int
        let project: Project
        var level: Issue.Level
        var status: Issue.Status = .unresolved
        var type = "error"
        var title = "<untitled>"
        var metadata: JSON = [:]
        var firstSeen: Date
        var lastSeen: Date
        /// Events ever, by the hour in which they came.
        var hours: [Int: Int] = [:]
        /// Oldest first; fewer than were counted when some were deleted.
        var events: [StoredEvent] = []
        var comments: [StoredComment] = []
        var isDeleted = false

        var count: Int { hours.values.reduce(0, +) }
        /// GlitchTip counts a project's issues in base 36.
        var shortID: String { "\(project.slug.uppercased())-\(String(number, radix: 36, uppercase: true))" }

        /// Whether any of its events has such a tag.
        func hasTag(_ fits: ((key: String, value: String)) -> Bool) -> Bool {
            events.contains { $0.tags.contains(where: fits) }
        }

        mutating func count(_ events: Int, at date: Date) {
            hours[Int(date.timeIntervalSince1970) / 3600, default: 0] += events
        }

        /// Counts events that came evenly over a time.
        mutating func count(_ events: Int, from start: Date, to end: Date) {
            let steps = min(max(0, events), 200)
            for step in 0..<steps {
                let share = events * (step + 1) / steps - events * step / steps
                let part = Double(step) / Double(steps)
                count(share, at: start.addingTimeInterval(end.timeIntervalSince(start) * part))
            }
        }
    }

    func wire(_ issue: StoredIssue, matching event: String? = nil) -> JSON {
        [
            "id": .string(String(issue.id)), "count": .string(String(issue.count)), "type": .string(issue.type),
            "level": .string(issue.level.rawValue), "status": .string(issue.status.rawValue),
            "project": [
                "id": .string(String(issue.project.id)), "platform": .optional(issue.project.platform),
                "slug": .string(issue.project.slug), "name": .string(issue.project.name),
            ],
            "shortId": .string(issue.shortID), "numComments": .int(issue.comments.count), "stats": ["24h": []],
            "shareId": nil, "logger": nil,
            // The project's slug where the organization's belongs: GlitchTip's mistake.
            "permalink": .string("\(url)/\(issue.project.slug)/issues/\(issue.id)"),
            "statusDetails": [:], "subscriptionDetails": nil, "userCount": 0, "matchingEventId": .optional(event),
            "firstSeen": WireTime.text(issue.firstSeen), "lastSeen": WireTime.text(issue.lastSeen),
            "title": .string(issue.title), "metadata": issue.metadata, "culprit": "",
        ]
    }

    /// An issue that the account may see.
    func visible(_ id: Int, _ call: RoutedCall) -> StoredIssue? {
        guard isMember(call, of: organization.slug), let issue = issues[id], !issue.isDeleted else { return nil }
        return issue
    }
}
