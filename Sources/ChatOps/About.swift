import FoundationEssentials

/// What the program knows of itself.
package struct About: Sendable {
    package let version: String
    package let startedAt: Date

    package init(version: String, startedAt: Date) {
        self.version = version
        self.startedAt = startedAt
    }
}
