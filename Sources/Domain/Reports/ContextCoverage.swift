/// Which fields the events of a project have, and which they should not have.
///
/// Only names come out of it, never a value: what an event holds was written by strangers, and may be somebody's address.
package struct ContextCoverage: Sendable, Hashable {
    package let events: Int
    /// The rarest first.
    package let fields: [Field]
    /// What holds personal data or secrets, the most frequent first: `tag user.email`.
    package let sensitive: [Sensitive]

    package struct Field: Sendable, Hashable {
        package let name: String
        package let present: Int
        /// Issues in which it is missing, as they came.
        package let missing: [Issue.ID]
    }

    package struct Sensitive: Sendable, Hashable {
        package let name: String
        package let events: Int
    }

    package init(_ events: [Event]) {
        self.events = events.count
        fields = Self.checks.map { name, isPresent in
            let missing = events.filter { !isPresent($0) }
            var issues: [Issue.ID] = []
            for issue in missing.compactMap(\.issue) where !issues.contains(issue) { issues.append(issue) }
            return Field(name: name, present: events.count - missing.count, missing: issues)
        }.sorted { $0.present < $1.present }
        var counts: [String: Int] = [:]
        for event in events {
            for name in Self.sensitiveFields(of: event) { counts[name, default: 0] += 1 }
        }
        sensitive = counts.map { Sensitive(name: $0.key, events: $0.value) }
            .sorted { ($1.events, $0.name) < ($0.events, $1.name) }
    }

    /// What triage needs, in the order in which it is missed.
    private static let checks: [(name: String, isPresent: @Sendable (Event) -> Bool)] = [
        ("release", { $0.release != nil }),
        ("environment", { $0.environment != nil }),
        ("user", { $0.tags.contains { $0.key.hasPrefix("user.") } }),
        ("stack trace", { $0.exceptions.contains { !$0.frames.isEmpty } }),
        ("transaction", { !($0.transaction ?? "").isEmpty }),
        ("breadcrumbs", { !$0.breadcrumbs.isEmpty }),
        ("tags of your own", { $0.tags.contains { !isUsual($0.key) } }),
        ("extra", { !$0.extra.isEmpty }),
    ]

    /// What SDKs set by themselves.
    private static func isUsual(_ key: String) -> Bool {
        [
            "release", "environment", "server_name", "level", "logger", "transaction", "url", "runtime", "handled",
            "mechanism",
        ]
        .contains(key)
            || ["user", "browser", "os", "device", "runtime", "client_os"].contains {
                key == $0 || key.hasPrefix($0 + ".")
            }
    }

    /// By these names, whatever they hold. A user's id is no name: triage needs it.
    private static let personalTags: Set = ["user.email", "user.ip_address", "user.username", "user.name"]

    private static func sensitiveFields(of event: Event) -> Set<String> {
        var names: Set<String> = []
        func look(_ kind: String, _ key: String, _ value: String) {
            guard Scrubber.scrub(key: key, value: value) != value else { return }
            names.insert("\(kind) \(shown(key))")
        }
        for tag in event.tags {
            if personalTags.contains(tag.key) {
                names.insert("tag \(tag.key)")
            } else {
                look("tag", tag.key, tag.value)
            }
        }
        for (key, value) in event.extra { look("extra", key, value) }
        for header in event.request?.headers ?? [] { look("header", header.key, header.value) }
        for parameter in event.request?.query ?? [] { look("query", parameter.key, parameter.value) }
        if let url = event.request?.url, Scrubber.scrub(url) != url { names.insert("the request's address") }
        if Scrubber.scrub(event.message) != event.message { names.insert("the message") }
        if event.exceptions.contains(where: { Scrubber.scrub($0.value) != $0.value }) {
            names.insert("the exception's text")
        }
        if event.breadcrumbs.contains(where: { Scrubber.scrub($0.message) != $0.message }) {
            names.insert("breadcrumbs")
        }
        return names
    }

    /// A name may itself be what somebody put in the wrong place.
    private static func shown(_ key: String) -> String {
        let key = Scrubber.scrub(key).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return key.count <= 40 ? key : key.prefix(39) + "…"
    }
}
