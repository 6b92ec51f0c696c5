/// What an operator set about the code of projects, each by project slug.
package struct CodeSettings: Sendable {
    /// Goes before what the clone's `origin` says.
    ///
    /// Of several repositories in the order of these.
    package var forges: [String: [Forge]]
    /// What the tags of releases are called.
    package var tags: [String: TagPattern]

    /// Where a build put its source maps.
    package var sourceMaps: [String: SourceMapFolder]

    package init(
        forges: [String: [Forge]] = [:], tags: [String: TagPattern] = [:], sourceMaps: [String: SourceMapFolder] = [:]
    ) {
        self.forges = forges
        self.tags = tags
        self.sourceMaps = sourceMaps
    }
}
