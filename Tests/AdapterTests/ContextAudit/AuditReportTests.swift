import ContextAudit
import Testing

/// What the report says, word for word.
@Suite struct AuditReportTests {
    private static let files = [
        "web/package.json": "{}",
        "web/src/cart.ts": "Sentry.captureException(e)\nSentry.captureException(e, { tags, user, extra })",
        "web/src/sentry.ts": "Sentry.init({ dsn, release: VERSION })",
        "web/src/cart.test.ts": "Sentry.captureException(e)",
        "api/orders/views.py": "capture_exception(e, **context)\ncapture_message('x', tags={'a': 1})",
        "main.go": "sentry.CaptureException(err)",
    ]

    @Test func `lists the calls by area, then what was taken for granted`() {
        #expect(
            audited(Self.files).text() == """
                5 capture calls in 5 files; 4 lack context.

                .: 1 call; without tags 1, user 1, release 1, extra 1, scope 1
                  main.go:1  sentry.CaptureException  lacks tags, user, release, extra, scope

                api: 2 calls; without user 1, release 2, extra 1
                  api/orders/views.py:1  capture_exception  lacks release (what it is given was not looked into)
                  api/orders/views.py:2  capture_message  lacks user, release, extra

                web: 2 calls; without tags 1, user 1, extra 1, scope 1
                  web/src/cart.ts:1  Sentry.captureException  lacks tags, user, extra, scope

                Every JavaScript and TypeScript event has a release: web/src/sentry.ts:1
                Calls in tests, left out: 1
                """)
    }

    @Test func `asks only for what is required`() {
        #expect(
            audited(Self.files).text(required: [.scope]) == """
                5 capture calls in 5 files; 2 lack context.

                .: 1 call; without scope 1
                  main.go:1  sentry.CaptureException  lacks scope

                api: 2 calls, nothing missing

                web: 2 calls; without scope 1
                  web/src/cart.ts:1  Sentry.captureException  lacks scope

                Every JavaScript and TypeScript event has a release: web/src/sentry.ts:1
                Calls in tests, left out: 1
                """)
        #expect(audited(Self.files).lacking([.user, .tags]).count == 3)
    }

    @Test func `says so when there is nothing to say`() {
        #expect(audited([:]).text() == "No capture calls in 0 files.")
        #expect(audited(["a.go": "package main"]).text() == "No capture calls in 1 file.")
        let complete = "Sentry.captureException(e, { tags, user, extra, release })"
        #expect(
            audited(["a.js": complete]).text() == """
                1 capture call in 1 file; none lacks context.

                .: 1 call, nothing missing
                """)
    }

    @Test func `says the same to programs`() throws {
        let report = audited([
            "web/package.json": "", "web/a.js": "Sentry.captureException(e, { extra })\n\nSentry.setUser({ id })",
        ])
        #expect(
            String(decoding: try report.json(required: [.tags, .release]), as: UTF8.self) == """
                {
                  "areas" : [
                    {
                      "area" : "web",
                      "calls" : 1,
                      "missing" : {
                        "release" : 1,
                        "tags" : 1
                      }
                    }
                  ],
                  "calls" : 1,
                  "calls_in_tests" : 0,
                  "files" : 1,
                  "findings" : [
                    {
                      "area" : "web",
                      "call" : "Sentry.captureException",
                      "language" : "javascript",
                      "line" : 1,
                      "missing" : [
                        "tags",
                        "release"
                      ],
                      "path" : "web/a.js",
                      "unclear" : false
                    }
                  ],
                  "lacking" : 1,
                  "missing" : {
                    "release" : 1,
                    "tags" : 1
                  },
                  "set_for_all" : [
                    {
                      "language" : "javascript",
                      "line" : 3,
                      "path" : "web/a.js",
                      "what" : "user"
                    }
                  ],
                  "unread_files" : 0
                }
                """)
    }

    @Test(arguments: [
        ("services/a/src/x.py", "services/a"), ("services/a/b/c/x.py", "services/a/b"), ("lib/deep/x.py", "lib"),
        ("x.py", "."),
    ])
    func `an area is a package, or else a top-level folder`(path: String, area: String) {
        let manifests = ["services/a/pyproject.toml": "", "services/a/b/package.json": "", "go.mod": ""]
        let report = audited(manifests.merging([path: "capture_exception(e)"]) { first, _ in first })
        #expect(report.calls.map(\.area) == [area])
    }

    @Test(arguments: [
        "tests/a.py", "src/test/java/a.py", "web/__tests__/a.js", "a.spec.ts", "a_test.go", "a_spec.rb", "test_a.py",
        "PaymentTest.java", "PaymentTests.kt", "conftest.py",
    ])
    func `tests are left out unless they are asked for`(path: String) {
        let text = "capture_exception(e)"
        #expect(audited([path: text]).calls.isEmpty)
        #expect(audited([path: text]).folder.callsInTests == 1)
        #expect(audited([path: text], includesTests: true).calls.count == 1)
    }

    @Test(arguments: ["a.min.js", "a.d.ts", "a.txt", "a", "README.md", "a.js.map"])
    func `what nobody wrote as code is not read`(path: String) {
        #expect(audited([path: "Sentry.captureException(e)"]).calls.isEmpty)
    }

    @Test(arguments: Language.allCases)
    func `each template is what the audit asks for`(language: Language) {
        let names: [Language: String] = [
            .javascript: "a.js", .typescript: "a.ts", .python: "a.py", .php: "a.php", .ruby: "a.rb", .java: "A.java",
            .kotlin: "A.kt", .go: "a.go",
        ]
        let code = (language == .php ? "<?php\n" : "") + Template.code(language)
        let report = audited([names[language] ?? "": code])
        #expect(report.calls.map(\.missing) == [[]])
        #expect(
            report.templates == "\(language.name)\n\n"
                + Template.code(language).split(
                    separator: "\n", omittingEmptySubsequences: false
                ).map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n"))
    }
}
