/// What an audit found, in the order of the paths.
package struct AuditReport: Sendable {
    /// Every call that sends an event.
    package let calls: [Call]
    /// What is set once for all events of a program.
    package let setups: [Setup]
    package let folder: Folder

    /// One call, and what its events will not say.
    package struct Call: Sendable, Hashable {
        package let path: String
        package let line: Int
        /// As it is written: `Sentry.captureException`.
        package let name: String
        package let language: Language
        package let area: String
        package let missing: [Need]
        /// Whether it is given something that was not looked into, such as a variable from elsewhere.
        package let isUnclear: Bool
    }

    /// `Sentry.init({ release })`: all calls of the same family of languages have it.
    package struct Setup: Sendable, Hashable {
        package let need: Need
        package let language: Language
        package let path: String
        package let line: Int
    }

    /// What was read.
    package struct Folder: Sendable, Hashable {
        package var files = 0
        /// Calls in tests send nothing that anybody has to triage.
        package var callsInTests = 0
        /// Too large, or not to be opened.
        package var unread = 0
    }

    /// The calls that lack something of what is asked for.
    package func lacking(_ required: Set<Need>) -> [Call] {
        calls.filter { !required.isDisjoint(with: $0.missing) }
    }

    /// The areas with calls in them, each with how many calls lack what; the worst first.
    package var areas: [Area] {
        Dictionary(grouping: calls, by: \.area).map { name, calls in
            Area(
                name: name, calls: calls.count,
                missing: Dictionary(calls.flatMap { $0.missing.map { ($0, 1) } }, uniquingKeysWith: +))
        }
        .sorted { ($0.worst, $1.name) > ($1.worst, $0.name) }
    }

    package struct Area: Sendable, Hashable {
        package let name: String
        package let calls: Int
        package let missing: [Need: Int]

        fileprivate var worst: Int { missing.values.reduce(0, +) }
    }
}
