import ContextAudit
import Testing

@Suite struct JavaCaptureTests {
    @Test(arguments: [
        ("Sentry.captureException(e);", "1 Sentry.captureException: \(everything)"),
        ("Sentry.captureMessage(\"x\", SentryLevel.WARNING);", "1 Sentry.captureMessage: \(everything)"),
        (
            "return Sentry.captureException(e, scope -> { scope.setTag(\"a\", \"b\"); scope.setExtra(\"c\", d); });",
            "1 Sentry.captureException: user, release"
        ),
        ("Sentry.captureException(e, sc -> fillScope(ee, sc));", "1 Sentry.captureException: release (unclear)"),
        ("optional.ifPresent(Sentry::captureException);", "1 Sentry::captureException: \(everything)"),
        ("Sentry.capture(e);", "1 Sentry.capture: \(everything)"),
    ])
    func `sees what a Java call is given`(code: String, expected: String) {
        #expect(calls(in: code, of: "A.java") == [expected])
    }

    @Test(arguments: [
        ("Sentry.captureException(e)", "1 Sentry.captureException: \(everything)"),
        (
            "Sentry.captureException(e) { scope -> scope.setTag(\"a\", b) }",
            "1 Sentry.captureException: user, release, extra"
        ),
        (
            "Sentry.captureMessage(\"a ${b(\"c\")}\", SentryLevel.ERROR) { scope ->\n    scope.user = User().apply { id = it }\n}",
            "1 Sentry.captureMessage: tags, release, extra"
        ),
        ("Sentry.captureException(e) { it.setExtra(\"a\", \"b\") }", "1 Sentry.captureException: tags, user, release"),
        ("x.onFailure(Sentry::captureException)", "1 Sentry::captureException: \(everything)"),
        (
            "run { scope -> Sentry.captureException(e) { s -> fill(s) } }",
            "1 Sentry.captureException: release (unclear)"
        ),
    ])
    func `sees what a Kotlin call is given`(code: String, expected: String) {
        #expect(calls(in: code, of: "A.kt") == [expected])
    }

    @Test func `sees the scope around a call, and only there`() {
        let java = """
            class Payment {
                void pay(Order order) {
                    Sentry.withScope(scope -> {
                        scope.setTag("order", order.id());
                        try { charge(); } catch (Exception e) {
                            Sentry.captureException(e);
                        }
                    });
                    Sentry.captureException(e);
                }
            }
            """
        let kotlin = """
            fun pay(order: Order) {
                Sentry.withScope { scope ->
                    scope.user = userOf(order)
                    if (order.isLarge) { scope.setTag("large", "yes") }
                    order.items.forEach { scope.setExtra(it.name, it.value) }
                    Sentry.captureException(e)
                }
                Sentry.captureException(e)
            }
            """
        #expect(
            calls(in: java, of: "A.java") == [
                "6 Sentry.captureException: user, release, extra", "9 Sentry.captureException: \(everything)",
            ])
        #expect(
            calls(in: kotlin, of: "A.kt") == [
                "6 Sentry.captureException: release, extra", "8 Sentry.captureException: \(everything)",
            ])
    }

    @Test(arguments: [
        "// captureException(e)", "/* captureException(e) */", "\"captureException(e)\"",
        "\"\"\"\n captureException(e) \"x\" \n\"\"\"", "void captureException(Throwable e) { send(e); }",
        "Optional<Id> captureException(Throwable e);", "char quote = '\"'; String s = \"captureException(e)\";",
        "import static io.sentry.Sentry.captureException;", "throw new CaptureException(e);",
    ])
    func `what only looks like a call in Java is none`(code: String) {
        #expect(calls(in: code, of: "A.java") == [])
        #expect(calls(in: code + "\nSentry.captureException(e);", of: "A.java").count == 1)
    }

    @Test(arguments: [
        "/* a /* b */ captureException(e) */", "fun captureException(e: Throwable) { send(e) }",
        "fun Sentry.captureException(e: Throwable) = send(e)",
        "\"a ${f(\"captureException(e)\")} captureException(e)\"",
        "\"\"\"captureException(e) \\\"\"\"", "`captureException(e)`",
    ])
    func `what only looks like a call in Kotlin is none`(code: String) {
        #expect(calls(in: code, of: "A.kt") == [])
        #expect(calls(in: code + "\nSentry.captureException(e)", of: "A.kt").count == 1)
    }
}
