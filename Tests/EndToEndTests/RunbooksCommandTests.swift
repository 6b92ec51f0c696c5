import ArgumentParser
import FoundationEssentials
import Testing

@testable import Runbooks
@testable import tipline

/// `tipline runbooks lint` and `match`, as typed.
@Suite struct RunbooksCommandTests {
    private static let runbook = """
        ---
        title: The cart is empty
        matches:
          - type: CartError
            message: cart is empty
        examples:
          - type: CartError
            message: the cart is empty
        ---
        ## Check
        - Look.

        ## Fix
        - Mend.

        ## Over when
        - It is quiet.

        """

    private static let event = #"""
        {"event_id": "1", "exception": {"values": [{"type": "CartError", "value": "cart is empty"}]}}
        """#

    /// A folder with a runbook, an event beside it, and whatever else the test wants in it.
    private func inFolder(_ files: [String: String] = [:], _ body: (String) async throws -> Void) async throws {
        let parent = FileManager.default.temporaryDirectory.path() + "/tipline-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: parent + "/books", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: parent) }
        let all = ["books/cart.md": Self.runbook, "event.json": Self.event].merging(files) { $1 }
        for (name, text) in all { try Data(text.utf8).write(to: URL(filePath: "\(parent)/\(name)")) }
        try await body(parent)
    }

    private func lint(_ arguments: String...) async throws -> RunbooksCommand.Check.Report {
        let command = try Tipline.parseAsRoot(["runbooks", "lint"] + arguments)
        return await (try #require(command as? RunbooksCommand.Check)).report()
    }

    private func match(_ arguments: String...) async throws -> String {
        let command = try Tipline.parseAsRoot(["runbooks", "match"] + arguments)
        return try await (try #require(command as? RunbooksCommand.Match)).output().text
    }

    @Test func `lint says how many are fine`() async throws {
        try await inFolder { folder in
            let report = try await lint(folder + "/books")
            #expect(report.text == "1 runbook, no errors, no warnings")
            #expect(report.exitCode == 0)
        }
    }

    @Test func `lint says what is wrong, where, and fails`() async throws {
        try await inFolder(["books/a.md": "---\ntitel: x\n---\n", "books/b.md": "---\ntitle: x\n---\n## Check\n- a\n"])
        { folder in
            let report = try await lint(folder + "/books", folder + "/none")
            #expect(
                report.text.replacing(folder + "/", with: "") == """
                    books/a.md:2: error: there is no title. Write “title: What it is about”.
                    books/a.md:2: error: “titel” is no key of a front matter. Write “title”.
                    books/b.md: warning: it does not say how to know that it is over. Write a heading “## Over when”, and what to do as a list below it.
                    books/b.md: warning: it does not say how to mend it. Write a heading “## Fix”, and what to do as a list below it.
                    books/b.md:1: warning: it has no “matches”, so it is found only by its name. Write “matches:” with a rule, such as “- type: TypeError”.
                    none: error: the folder cannot be read: No such file or directory.
                    2 runbooks, 3 errors, 3 warnings
                    """)
            #expect(report.exitCode == 1)
        }
    }

    @Test func `lint reads an address of a git repository, and shows no secret of it`() async throws {
        try await inFolder(["books/bad.md": "no front matter\n"]) { folder in
            try git("init", in: folder + "/books")
            try git("add", "-A", in: folder + "/books")
            try git("commit", "-m", "Begin", in: folder + "/books")
            let report = try await lint(
                "file://\(folder)/books", "file://\(folder)/books#web", "http://u:s3cret@127.0.0.1:1/x.git")
            #expect(
                report.text.replacing(folder + "/", with: "") == """
                    file://books#web: error: it has no folder “web”.
                    file://books/bad.md:1: error: there is no front matter. Begin the file with a line “---”, then “title: …”, then another “---”.
                    http://127.0.0.1:1/x.git: error: it cannot be cloned: the host refuses connections.
                    1 runbook, 3 errors, no warnings
                    """)
            #expect(report.exitCode == 1)
        }
    }

    @Test func `match says which fit, and why`() async throws {
        try await inFolder { folder in
            let text = try await match("--event", folder + "/event.json", "--runbooks", folder + "/books")
            #expect(
                text == """
                    cart  0.775  The cart is empty
                      message says “cart is empty”
                      type is CartError
                      It would be linked without asking.
                    """)
        }
    }

    @Test func `match knows project and level when they are given`() async throws {
        let rule =
            "---\ntitle: Weak\nmatches:\n  - {type: [CartError], project: shop, level: fatal, message: nothing else}\n---\n"
        let fits = rule.replacing("nothing else", with: "is empty")
        try await inFolder(["books/cart.md": fits, "books/other.md": rule]) { folder in
            let (event, books) = (folder + "/event.json", folder + "/books")
            let without = try await match("--event", event, "--runbooks", books)
            #expect(without == "No runbook fits.")
            let with = try await match(
                "--event", event, "--runbooks", books, "--project", "shop", "--level", "fatal")
            #expect(with.hasPrefix("cart  0.778  Weak\n"))
        }
    }

    @Test func `match writes JSON for programs`() async throws {
        try await inFolder { folder in
            let text = try await match(
                "--event", folder + "/event.json", "--runbooks", folder + "/books", "--format", "json")
            #expect(
                text.replacing(folder + "/", with: "") == """
                    {
                      "linked" : "cart",
                      "matches" : [
                        {
                          "file" : "books/cart.md",
                          "name" : "cart",
                          "reasons" : [
                            "message says “cart is empty”",
                            "type is CartError"
                          ],
                          "score" : 0.775,
                          "title" : "The cart is empty"
                        }
                      ],
                      "too_slow" : [

                      ]
                    }
                    """)
        }
    }

    @Test(arguments: [
        ["lint", "--fix"], ["match"], ["match", "--event", "x", "--level", "loud"],
        ["match", "--event", "x", "--format", "xml"],
    ])
    func `refuses what it does not understand`(arguments: [String]) {
        #expect(throws: (any Error).self) { try Tipline.parseAsRoot(["runbooks"] + arguments) }
    }

    @Test func `an event that cannot be read is said`() async throws {
        try await inFolder(["broken.json": "{"]) { folder in
            let missing = await #expect(throws: Failed.self) { try await match("--event", folder + "/none.json") }
            #expect(missing?.description == "The file \(folder)/none.json cannot be read.")
            let broken = await #expect(throws: Failed.self) { try await match("--event", folder + "/broken.json") }
            #expect(broken?.description == "The file \(folder)/broken.json is not an event.")
        }
    }
}
