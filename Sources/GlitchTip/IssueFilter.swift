import Domain
import FoundationEssentials

/// Which issues to list, in the words that GlitchTip understands; unknown ones it takes for tags and finds nothing.
package struct IssueFilter: Sendable, Hashable {
    /// Only what can be paged: by count GlitchTip repeats rows and loses others.
    package enum Order: String, Sendable, Hashable {
        case lastSeen = "-last_seen"
        case firstSeen = "-first_seen"
        case oldestFirst = "first_seen"
    }

    package var status: Issue.Status?
    package var level: Issue.Level?
    package var projects: [Int]
    package var environments: [String]
    package var ids: [Issue.ID]
    /// Whatever a person typed or pasted; made safe before it is sent.
    package var words: String
    package var tags: [Tag]
    package var firstSeenAfter: Date?
    package var order: Order

    package init(
        status: Issue.Status? = nil, level: Issue.Level? = nil, projects: [Int] = [], environments: [String] = [],
        ids: [Issue.ID] = [], words: String = "", tags: [Tag] = [], firstSeenAfter: Date? = nil,
        order: Order = .lastSeen
    ) {
        self.status = status
        self.level = level
        self.projects = projects
        self.environments = environments
        self.ids = ids
        self.words = words
        self.tags = tags
        self.firstSeenAfter = firstSeenAfter
        self.order = order
    }

    /// The words come last: after the first of them GlitchTip takes everything for text.
    var query: [(String, String)] {
        var terms: [String] = []
        if let status { terms.append("is:\(status.rawValue)") }
        if let level { terms.append("level:\(level.rawValue)") }
        terms += tags.map(SearchText.term)
        let text = SearchText.safe(words)
        if !text.isEmpty { terms.append(text) }
        var query = projects.map { ("project", String($0)) } + environments.map { ("environment", $0) }
        query += ids.map { ("id", String($0.number)) }
        if let firstSeenAfter { query.append(("start", WireDate.format(firstSeenAfter))) }
        return query + [("query", terms.joined(separator: " ")), ("sort", order.rawValue)]
    }
}
