import ContextAudit
import Testing

@Suite struct PythonCaptureTests {
    @Test(arguments: [
        ("sentry_sdk.capture_exception(e)", "1 sentry_sdk.capture_exception: \(everything)"),
        ("sentry_sdk.capture_exception()", "1 sentry_sdk.capture_exception: \(everything)"),
        ("capture_message(f'paid {n} times', level='error')", "1 capture_message: \(everything)"),
        ("capture_message('paid twice', 'error')", "1 capture_message: \(everything)"),
        (
            "sentry_sdk.capture_exception(e, tags={'a': 1}, extras=dict(b=2))",
            "1 sentry_sdk.capture_exception: user, release"
        ),
        ("sentry_sdk.capture_exception(e, scope=scope)", "1 sentry_sdk.capture_exception: release (unclear)"),
        ("sentry_sdk.capture_exception(e, **context)", "1 sentry_sdk.capture_exception: release (unclear)"),
        (
            "context = {'tags': tags}\nsentry_sdk.capture_exception(e, **context)",
            "2 sentry_sdk.capture_exception: user, release, extra"
        ),
        (
            "client.captureException(extra={'a': 1}, data={'user': u})",
            "1 client.captureException: tags, release"
        ),
        (
            "sentry_sdk.capture_exception(\n    e,\n    user={'id': 1},\n)",
            "1 sentry_sdk.capture_exception: tags, release, extra"
        ),
    ])
    func `sees what a call is given`(code: String, expected: String) {
        #expect(calls(in: code, of: "a.py") == [expected])
    }

    @Test(arguments: ["push_scope", "new_scope", "isolation_scope", "sentry_sdk.push_scope", "sentry_sdk.new_scope"])
    func `sees the scope around a call, and only there`(name: String) {
        let code = """
            def pay(order):
                try:
                    charge(order)
                except Exception as error:
                    with \(name)() as scope:
                        scope.set_tag("payment", "stripe")
                        for key, value in order.items():
                            scope.set_extra(key, value)

                        if order.user:
                            scope.user = {"id": order.user.id}
                        # done
                        sentry_sdk.capture_exception(error)
                    sentry_sdk.capture_exception(error)

            def ship():
                sentry_sdk.capture_exception(error)
            """
        #expect(
            calls(in: code, of: "a.py") == [
                "13 sentry_sdk.capture_exception: release", "14 sentry_sdk.capture_exception: \(everything)",
                "17 sentry_sdk.capture_exception: \(everything)",
            ])
    }

    @Test func `what is set on the shared scope counts for its function`() {
        let code = """
            async def pay(order):
                sentry_sdk.set_context("order", {"id": order.id})
                async with session() as s:
                    sentry_sdk.get_current_scope().set_tag("a", 1)
                    sentry_sdk.capture_exception(error)

            async def ship():
                sentry_sdk.capture_exception(error)
            """
        #expect(
            calls(in: code, of: "a.py") == [
                "5 sentry_sdk.capture_exception: user, release, scope",
                "8 sentry_sdk.capture_exception: \(everything)",
            ])
    }

    @Test func `a scope that is passed on may be filled there`() {
        let code = """
            with sentry_sdk.push_scope() as scope:
                fill(scope, order)
                capture_exception(error)
            """
        #expect(calls(in: code, of: "a.py") == ["3 capture_exception: release (unclear)"])
    }

    @Test(arguments: [
        "# sentry_sdk.capture_exception(e)", "'sentry_sdk.capture_exception(e)'",
        "\"\"\"\nsentry_sdk.capture_exception(e)\n\"\"\"", "r'\\' capture_exception(e)'", "rb\"capture_exception(e)\"",
        "'''it's capture_exception(e) \\''' '''", "def capture_exception(e):\n    pass",
        "from sentry_sdk import capture_exception", "x = 'a\\\ncapture_exception(e)'",
        "patch('sentry_sdk.capture_exception')", "hasattr(sentry_sdk.capture_exception, 'x')",
    ])
    func `what only looks like a call is none`(code: String) {
        #expect(calls(in: code, of: "a.py") == [])
        #expect(calls(in: code + "\ncapture_exception(e)", of: "a.py").count == 1)
    }

    @Test func `a bracket that is never closed costs one function`() {
        let code = """
            def broken():
                print((1

            def pay():
                with push_scope() as scope:
                    scope.set_tag("a", 1)
                    capture_exception(e)
                capture_exception(e)
            """
        #expect(
            calls(in: code, of: "a.py") == [
                "7 capture_exception: user, release, extra", "8 capture_exception: \(everything)",
            ])
    }
}
