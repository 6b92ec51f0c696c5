import FoundationEssentials

/// A version of the software, as the SDKs name it: `shop-web@2.3.1`.
package struct Release: Sendable, Hashable {
    package let version: String
    /// The slugs of the projects that had an event of it.
    package let projects: [String]
    /// When GlitchTip saw it first, which is when its first event came.
    package let firstSeen: Date?

    package init(version: String, projects: [String] = [], firstSeen: Date? = nil) {
        self.version = version
        self.projects = projects
        self.firstSeen = firstSeen
    }
}
