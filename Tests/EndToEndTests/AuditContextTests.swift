import FoundationEssentials
import Testing

@testable import tipline

/// `tipline audit-context`, as it is typed.
@Suite struct AuditContextTests {
    private func withFolder(_ check: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let code = "Sentry.captureException(e)\nSentry.captureException(e, { tags })"
        try Data(code.utf8).write(to: folder.appending(path: "a.js"))
        try check(folder.path)
    }

    @Test func `fails when more calls lack something than may`() throws {
        try withFolder { folder in
            let failure = #expect(throws: Failed.self) { try AuditContext.parse([folder, "--limit", "1"]).run() }
            #expect(
                failure?.description == "2 calls lack tags, user, release, extra or scope; at most 1 may.")
            let one = #expect(throws: Failed.self) {
                try AuditContext.parse([folder, "--limit", "0", "--require", "tags,scope"]).run()
            }
            #expect(one?.description == "1 call lacks tags or scope; at most 0 may.")
            try AuditContext.parse([folder, "--limit", "2", "--format", "json"]).run()
            try AuditContext.parse([folder, "--limit", "1", "--require", "scope"]).run()
            try AuditContext.parse([folder, "--templates"]).run()
        }
    }

    @Test(arguments: [
        (["--require", "mood"], "--require knows tags, user, release, extra and scope, not “mood”."),
        (["--require", ""], "--require knows tags, user, release, extra and scope, not “”."),
        (["--limit=-1"], "--limit is a number of calls, 0 or more."),
        (["--templates", "--format", "json"], "--templates goes with --format text."),
    ])
    func `refuses in plain words`(options: [String], answer: String) throws {
        let error = #expect(throws: (any Error).self) { try AuditContext.parse(["."] + options) }
        #expect(error.map { AuditContext.message(for: $0) } == answer)
    }

    @Test func `refuses what is no folder, as wrong usage`() throws {
        let error = #expect(throws: (any Error).self) { try AuditContext.parse(["/nowhere"]).run() }
        #expect(error.map { AuditContext.message(for: $0) } == "“/nowhere” is not a folder.")
        #expect(error.map { AuditContext.exitCode(for: $0) } == .validationFailure)
    }
}
