import Domain

extension Finding {
    /// What the event itself says, scrubbed; nothing of the code yet.
    init(_ event: Event, issue: Issue?) {
        let exception = event.exceptions.first
        self.init(
            issueID: issue?.id ?? event.issue, shortID: issue?.shortID,
            title: Self.clean(issue?.title ?? event.title),
            type: Self.clean(exception?.type ?? issue?.metadata.type ?? ""),
            value: Self.clean(exception?.value ?? issue?.metadata.value ?? event.message),
            project: issue?.project.slug, release: event.release.map(Self.clean),
            environment: event.environment.map(Self.clean))
    }

    /// Every text of the event passes here before it goes into the finding.
    static func clean(_ text: String) -> String { Scrubber.scrub(String(text.prefix(2000))) }
}
