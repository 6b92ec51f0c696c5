import FoundationEssentials

/// A version of the software, as the SDKs name it: `shop-web@2.3.1`.
package struct Release: Sendable, Hashable {
    package let version: String
    /// The slugs of the projects that had an event of it.
    package let projects: [String]
    /// When GlitchTip saw it first, which is when its first event came.
    package let firstSeen: Date?
    /// What it was made of, if whoever announced it said so: a hash, or the name of a branch.
    package let ref: String?
    /// When it went out, if whoever announced it said so.
    package let releasedAt: Date?

    package init(
        version: String, projects: [String] = [], firstSeen: Date? = nil, ref: String? = nil, releasedAt: Date? = nil
    ) {
        self.version = version
        self.projects = projects
        self.firstSeen = firstSeen
        self.ref = ref
        self.releasedAt = releasedAt
    }
}
