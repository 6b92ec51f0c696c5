import Domain

extension Finding {
    /// What the event itself says, scrubbed; nothing of the code yet.
    init(_ event: Event, _ trace: Trace, issue: Issue?) {
        let exceptions = event.exceptions.isEmpty ? trace.exceptions : event.exceptions
        let exception = exceptions.first { !$0.type.isEmpty || !$0.value.isEmpty }
        self.init(
            issueID: issue?.id ?? event.issue, shortID: issue?.shortID,
            title: Self.clean(issue?.title ?? event.title),
            type: Self.clean(exception?.type ?? issue?.metadata.type ?? "", atMost: 200),
            value: Self.clean(exception?.value ?? issue?.metadata.value ?? event.message),
            project: issue?.project.slug, release: event.release.map { Self.clean($0, atMost: 200) },
            environment: event.environment.map { Self.clean($0, atMost: 100) })
        fault = Fault(exceptions, or: event.message.isEmpty ? event.title : event.message)
        circumstances = Circumstances(event)
    }

    /// Every text that a stranger wrote passes here before it goes into the finding: cut, without control characters and
    /// without secrets.
    static func clean(_ text: String, atMost count: Int = 1000) -> String {
        let short = text.utf8.count > count ? text.prefix(count) + (text.count > count ? "…" : "") : text[...]
        let plain = short.unicodeScalars.filter { !$0.turnsOrHides || $0 == "\n" || $0 == "\t" }
        return Scrubber.scrub(String(String.UnicodeScalarView(plain)))
    }
}
