import ContextAudit

/// Files as they would lie in a folder, audited.
func audited(_ files: [String: String], includesTests: Bool = false) -> AuditReport {
    var audit = Audit(includesTests: includesTests)
    for (path, text) in files.sorted(by: { $0.key < $1.key }) { audit.read(path, Array(text.utf8)) }
    return audit.report()
}

/// Each call of one file in a line: `3 Sentry.captureException: user, release`.
func calls(in text: String, of name: String) -> [String] {
    audited([name: text]).calls.map { call in
        let missing = call.missing.map(\.rawValue).joined(separator: ", ")
        return "\(call.line) \(call.name): \(missing.isEmpty ? "nothing" : missing)"
            + (call.isUnclear ? " (unclear)" : "")
    }
}

/// What is missing when nothing at all is given.
let everything = "tags, user, release, extra, scope"
