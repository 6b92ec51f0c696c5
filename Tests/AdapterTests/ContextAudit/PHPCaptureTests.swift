import ContextAudit
import Testing

@Suite struct PHPCaptureTests {
    @Test(arguments: [
        ("\\Sentry\\captureException($e);", "1 \\Sentry\\captureException: \(everything)"),
        ("return \\Sentry\\captureMessage('x', Severity::warning());", "1 \\Sentry\\captureMessage: \(everything)"),
        ("Sentry::captureException($e)", "1 Sentry::captureException: \(everything)"),
        ("app('sentry')->captureException($e);", "1 app('sentry')->captureException: \(everything)"),
        (
            "SentrySdk::getCurrentHub()->captureException($e)",
            "1 SentrySdk::getCurrentHub()->captureException: \(everything)"
        ),
        ("$this->hub?->captureException($e)", "1 hub?->captureException: \(everything)"),
        (
            "\\Sentry\\captureException($e, EventHint::fromArray(['extra' => ['id' => 1]]));",
            "1 \\Sentry\\captureException: tags, user, release"
        ),
        ("\\Sentry\\captureException($e, $hint);", "1 \\Sentry\\captureException: release (unclear)"),
        (
            "$client->captureException($e, array('tags' => $tags, 'extra' => []));",
            "1 $client->captureException: user, release"
        ),
        (
            "$context = ['user' => $user];\n$client->captureException($e, $context);",
            "2 $client->captureException: tags, release, extra"
        ),
    ])
    func `sees what a call is given`(code: String, expected: String) {
        #expect(calls(in: "<?php " + code, of: "a.php") == [expected])
    }

    @Test(arguments: [
        "\\Sentry\\withScope(function (Scope $scope) use ($e, $order): void {", "withScope(static function ($scope) {",
        "app('sentry')->withScope(function (\\Sentry\\State\\Scope $scope) {",
    ])
    func `sees the scope around a call, and only there`(opening: String) {
        let code = """
            <p>It's a page</p>
            <?php
            function pay($order) {
                \(opening)
                    $scope->setTag('order', $order->id)->setExtra('size', 3);
                    if ($order->user) { $scope->setUser(['id' => $order->user->id]); }
                    \\Sentry\\captureException($e);
                });
                \\Sentry\\captureException($e);
            }
            ?>
            <p>Don't Sentry.captureException(e)</p>
            """
        #expect(
            calls(in: code, of: "a.php") == [
                "7 \\Sentry\\captureException: release", "9 \\Sentry\\captureException: \(everything)",
            ])
    }

    @Test(arguments: ["Scope $scope", ""])
    func `an error that a scope's closure takes along is no scope`(parameter: String) {
        let body = """
            \\Sentry\\withScope(function (\(parameter)) use ($e): void { $scope->setTag('a', 'b'); \\Sentry\\captureException($e); });
            """
        let code = """
            <?php
            class Till {
                function pay($e) { \(body) }
                function ship($e) { \(body) }
            }
            """
        #expect(
            calls(in: code, of: "a.php") == [
                "3 \\Sentry\\captureException: user, release, extra",
                "4 \\Sentry\\captureException: user, release, extra",
            ])
    }

    @Test func `a user set for all is for all`() {
        let code = """
            <?php
            \\Sentry\\configureScope(function (Scope $scope): void { $scope->setUser(['id' => 1]); });
            function pay() { \\Sentry\\captureException($e); }
            """
        #expect(calls(in: code, of: "a.php") == ["3 \\Sentry\\captureException: tags, release, extra, scope"])
    }

    @Test(arguments: [
        "// captureException($e)", "# captureException($e)", "/** captureException($e) */",
        "'it\\'s captureException($e)'",
        "\"{$a[\"captureException(1)\"]} captureException($e)\"", "$x = <<<TEXT\n  it's captureException($e)\n  TEXT;",
        "$x = <<<'TEXT'\ncaptureException($e)\nTEXT;", "function captureException($e) {}",
        "function_exists('\\Sentry\\captureException')", "use function Sentry\\captureException;",
        "?>captureException($e)<?php", "// x ?> captureException($e) <?php",
    ])
    func `what only looks like a call is none`(code: String) {
        #expect(calls(in: "<?php " + code, of: "a.php") == [])
        #expect(calls(in: "<?php " + code + "\ncaptureException($e);", of: "a.php").count == 1)
    }

    @Test func `an attribute is no comment`() {
        #expect(calls(in: "<?php #[Pure] fn() => captureException($e);", of: "a.php").count == 1)
    }
}
