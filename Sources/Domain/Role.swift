/// What somebody may do in the chat; each role may do what the ones before it may.
package enum Role: Int, Sendable, Hashable, Comparable, CaseIterable, CustomStringConvertible {
    /// Reads and asks.
    case observer
    /// Changes issues.
    case responder
    /// Changes the bot.
    case admin

    package var description: String {
        switch self {
        case .observer: "observer"
        case .responder: "responder"
        case .admin: "admin"
        }
    }

    package static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }
}
