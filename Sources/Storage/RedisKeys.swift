/// Every key that Tipline writes to Redis, and how long it lives. No chat text and no event text stands in a key.
package struct RedisKeys: Sendable {
    /// A finding is worth showing again for a day.
    package static let investigationLifetime = Duration.seconds(24 * 3600)
    /// A limit's key lives until its bucket is full again, and this much longer for clocks that differ a little.
    static let limitGrace = Duration.seconds(1)
    static let probeLifetime = Duration.seconds(60)

    private let prefix: String

    /// Deployments that share a Redis differ by their environment.
    package init(environment: String) { prefix = "tipline:\(environment):" }

    /// A finding holds for an issue's latest event, for the code as it was, and for the program that found it.
    package func investigation(issue: Int, event: String, head: String, version: String) -> String {
        "\(prefix)investigation:\(issue):\(event):\(head):\(version)"
    }

    /// Written with each new connection, to see that Redis takes writes and scripts.
    var probe: String { "\(prefix)probe" }

    /// The key of a limit that is called as one of the names below.
    func limit(_ name: String) -> String { "\(prefix)limit:\(name)" }
}

/// What is limited. These are names, not yet keys: the `Limiter` puts them below its environment.
extension RedisKeys {
    /// All that goes to Telegram.
    package static let allChats = "chats"

    package static func chat(_ id: Int64) -> String { "chat:\(id)" }

    package static func group(_ id: Int64) -> String { "group:\(id)" }

    /// Messages to a group for which nobody waits.
    package static func unasked(_ id: Int64) -> String { "unasked:\(id)" }

    package static func person(_ id: Int64) -> String { "person:\(id)" }
}
