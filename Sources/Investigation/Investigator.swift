import Domain

/// Reads the code for an event: frames to files, lines, blame and commits, and from them the suspects.
package struct Investigator: Sendable {
    /// How long one step may take before the finding goes on without it.
    let stepLimit: Duration

    package init(stepLimit: Duration = .seconds(10)) {
        self.stepLimit = stepLimit
    }

    /// The hash of the newest commit, as part of a cache key; nil when the repository has none or cannot be read.
    package func head(of repository: Repository) async -> String? { nil }

    /// Never throws: what could not be found is said in the finding's notes.
    ///
    /// - Parameter repository: nil when the project has none.
    /// - Parameter progress: called with a few words when a step begins, such as "reading the code".
    package func investigate(
        _ event: Event, issue: Issue?, in repository: Repository?, at revision: Revision, seen: FrameStatistics,
        similar: [Candidate], progress: @escaping @Sendable (String) async -> Void
    ) async -> Finding {
        Finding(title: event.title, type: event.exceptions.first?.type ?? "", value: event.message)
    }
}
