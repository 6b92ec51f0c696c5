import Domain
import FoundationEssentials

/// A line that somebody sent us, by typing it or by pressing the button that carries it.
package struct Call: Sendable {
    /// Unique to the line, the same when it is handled again after a crash: `update:17`.
    package let key: String
    package let sender: Sender
    package let role: Role
    package let place: Destination
    /// The ledger's key of the message whose button was pressed; nil for a typed line.
    package let pressed: String?
    /// The command line as typed, for the audit log.
    package let line: String
    package let arguments: Arguments
    package let date: Date
    /// Whether an earlier attempt may already have done part of it.
    package let isRepeated: Bool
    /// Shows how far a slow command has come, in the line that its answer replaces.
    package let progress: @Sendable (HTML) async -> Void

    package struct Sender: Sendable, Hashable {
        package let id: Int64
        package let name: String

        package init(id: Int64, name: String) {
            self.id = id
            self.name = name
        }
    }

    package init(
        key: String, sender: Sender, role: Role, place: Destination, pressed: String? = nil, line: String,
        arguments: Arguments, date: Date, isRepeated: Bool = false,
        progress: @escaping @Sendable (HTML) async -> Void = { _ in }
    ) {
        self.key = key
        self.sender = sender
        self.role = role
        self.place = place
        self.pressed = pressed
        self.line = line
        self.arguments = arguments
        self.date = date
        self.isRepeated = isRepeated
        self.progress = progress
    }

    /// For the part of a command that needs more than the command itself.
    package func require(_ needed: Role) throws {
        guard role >= needed else { throw Refusal.lacks(needed) }
    }
}
