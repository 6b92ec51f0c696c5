import Domain

/// What a command is called, what it takes and who may use it.
///
/// The only place where these are written: `/help`, Telegram's menu, the README's table and the role check read it.
package struct Manual: Sendable, Hashable {
    /// Without the slash; `[a-z0-9_]{1,32}`, as Telegram's menu wants it.
    package let name: String
    /// What follows the name: capitals stand for a value, brackets for what may be left out.
    package let usage: String
    package let summary: String
    /// Everything from `responder` up changes something and leaves a line in the audit log.
    package let role: Role
    /// A line or two that somebody could really type.
    package let examples: [String]

    package init(
        _ name: String, _ usage: String = "", _ summary: String, role: Role = .observer, examples: [String] = []
    ) {
        self.name = name
        self.usage = usage
        self.summary = summary
        self.role = role
        self.examples = examples
    }

    /// The whole line: `/errors [PROJECT|WORDS…] [PERIOD]`.
    package var line: String { usage.isEmpty ? "/\(name)" : "/\(name) \(usage)" }
}
