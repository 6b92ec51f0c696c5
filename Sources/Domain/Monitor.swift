import FoundationEssentials

/// An address that GlitchTip asks regularly, or a job that reports to it (a heartbeat).
package struct Monitor: Sendable, Hashable {
    package let id: Int
    package let name: String
    /// Nil before the first check.
    package let isUp: Bool?
    package let lastChange: Date?
    /// Nil for one that belongs to no project, which no webhook tells of.
    package let project: Int?
    package let created: Date?

    package init(
        id: Int, name: String, isUp: Bool?, lastChange: Date? = nil, project: Int? = nil, created: Date? = nil
    ) {
        self.created = created
        self.id = id
        self.name = name
        self.isUp = isUp
        self.lastChange = lastChange
        self.project = project
    }
}
