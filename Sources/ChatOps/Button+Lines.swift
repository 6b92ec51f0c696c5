import Domain

/// The buttons under a message about an issue; each carries the line that does the same.
extension Button {
    package static func investigate(_ id: Issue.ID) -> Button {
        Button("🔍 Investigate", callbackData: "/investigate \(id)")
    }

    /// The runbook that is for it.
    package static func runbook(for id: Issue.ID) -> Button { Button("📕 Runbook", callbackData: "/runbook \(id)") }

    package static func resolve(_ id: Issue.ID) -> Button { Button("✅ Resolve", callbackData: "/resolve \(id)") }

    package static func ignore(_ id: Issue.ID) -> Button { Button("🔕 Ignore", callbackData: "/ignore \(id)") }

    /// Sets the status that the issue had before.
    package static func undo(to status: Issue.Status, _ id: Issue.ID) -> Button {
        Button("↩︎ Undo", callbackData: "\(status.commandLine) \(id)")
    }

    package static func open(_ link: String) -> Button { Button("Open in GlitchTip", url: link) }
}

extension Issue.Status {
    /// The command that sets this status.
    package var commandLine: String {
        switch self {
        case .unresolved: "/unresolve"
        case .resolved: "/resolve"
        case .ignored: "/ignore"
        }
    }
}
