/// Every key that Tipline writes to Redis, and how long it lives. No chat text and no event text stands in a key.
package struct RedisKeys: Sendable {
    /// A finding is worth showing again for a day.
    package static let investigationLifetime = Duration.seconds(24 * 3600)

    private let prefix: String

    /// Deployments that share a Redis differ by their environment.
    package init(environment: String) { prefix = "tipline:\(environment):" }

    /// A finding holds for an issue's latest event, for the code as it was, and for the program that found it.
    package func investigation(issue: Int, event: String, head: String, version: String) -> String {
        "\(prefix)investigation:\(issue):\(event):\(head):\(version)"
    }

    /// Lives until the limit's bucket is full again.
    func limit(_ name: String) -> String { "\(prefix)limit:\(name)" }
}
