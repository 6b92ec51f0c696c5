import Testing

@testable import Runbooks

/// What reads well and still does not do what was meant.
@Suite struct LintTests {
    private static let body = """

        ## Check
        - Look.

        ## Fix
        - Mend.

        ## Over when
        - It is quiet.

        """

    private func lint(_ files: [String: String]) async throws -> (lines: [String], exitCode: Int32) {
        var result: (lines: [String], exitCode: Int32) = ([], -1)
        try await SampleFolder.run { folder in
            for (name, text) in files { try folder.write(name, text) }
            let lint = Lint(await folder.library().current())
            result = (lint.troubles.map(folder.shown), lint.exitCode)
        }
        return result
    }

    private func lint(_ frontMatter: String, body: String = body) async throws -> [String] {
        try await lint(["a.md": "---\ntitle: x\n\(frontMatter)---\n\(body)"]).lines
    }

    @Test func `has nothing to say when all is well`() async throws {
        let rule = "matches:\n  - type: CartError\nexamples:\n  - type: CartError\ncounterexamples:\n  - type: Error\n"
        #expect(try await lint(rule).isEmpty)
    }

    @Test(arguments: [
        (
            "matches:\n  - type: CartError\nexamples:\n  - type: Cart\n",
            "a.md:6: error: no rule fits this example. Change a rule under “matches”, or the example."
        ),
        (
            "matches:\n  - type: CartError\nexamples:\n  - type: CartError\ncounterexamples:\n  - type: CartError\n    message: x\n",
            "a.md:8: error: a rule fits this counterexample: type is CartError. Make that rule narrower."
        ),
        (
            "",
            "a.md:1: warning: it has no “matches”, so it is found only by its name. Write “matches:” with a rule, such as “- type: TypeError”."
        ),
        (
            "matches:\n  - type: CartError\n",
            "a.md:4: warning: no example shows that its rules fit. Write “examples:” with the type and message of an error that it is for."
        ),
    ])
    func `holds the rules to the examples`(frontMatter: String, line: String) async throws {
        #expect(try await lint(frontMatter) == [line])
    }

    @Test(arguments: [
        (
            "## Check\n- a\n## Fix\n- b\n",
            "a.md: warning: it does not say how to know that it is over. Write a heading “## Over when”, and what to do as a list below it."
        ),
        (
            "## Check\n- a\n## Over when\n- c\n",
            "a.md: warning: it does not say how to mend it. Write a heading “## Fix”, and what to do as a list below it."
        ),
        (
            "## Fix\n- b\n## Over when\n- c\n",
            "a.md: warning: it does not say how to make sure that it is this. Write a heading “## Check”, and what to do as a list below it."
        ),
        (
            "## Check\nLook.\n## Fix\n- b\n## Over when\nc\n",
            "a.md:7: warning: “Check” has no list. Begin each step with “- ” or “1. ”, so that it can be ticked off."
        ),
        (
            body + "- {{issue.shortid}}\n",
            "a.md:16: warning: there is no value “{{issue.shortid}}”; it stays as it is. Write “{{issue.shortId}}”."
        ),
        (
            body + "- `{{server}}`\n",
            "a.md:16: warning: there is no value “{{server}}”; it stays as it is. README.md lists the values; tags are “{{tags.name}}”."
        ),
        (
            body + "- [x](https://y/{{tags.}})\n",
            "a.md:16: warning: there is no value “{{tags.}}”; it stays as it is. README.md lists the values; tags are “{{tags.name}}”."
        ),
    ])
    func `looks at the text`(body: String, line: String) async throws {
        let lines = try await lint("matches: {type: CartError}\nexamples: {type: CartError}\n", body: "\n" + body)
        #expect(lines == [line])
    }

    @Test func `warns when two runbooks fit an example about as well`() async throws {
        let text =
            "---\ntitle: x\nmatches:\n  - message: cart is empty\nexamples:\n  - message: the cart is empty\n---\n\(Self.body)"
        let found = try await lint(["a.md": text, "b.md": text])
        #expect(
            found.lines == [
                "a.md:6: warning: “b” fits this example about as well. Make one of the two narrower, so that one can be linked.",
                "b.md:6: warning: “a” fits this example about as well. Make one of the two narrower, so that one can be linked.",
            ])
        #expect(found.exitCode == 0)
    }

    @Test func `an error is exit code 1, and comes with the line`() async throws {
        let found = try await lint(["a.md": "---\ntitle: x\nmatchs: 1\n---\n"])
        #expect(found.lines == ["a.md:3: error: “matchs” is no key of a front matter. Write “matches”."])
        #expect(found.exitCode == 1)
    }
}
