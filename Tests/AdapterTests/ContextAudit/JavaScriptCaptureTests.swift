import ContextAudit
import Testing

@Suite struct JavaScriptCaptureTests {
    @Test(arguments: [
        ("Sentry.captureException(error);", "1 Sentry.captureException: \(everything)"),
        ("Sentry.captureMessage('paid twice', 'warning')", "1 Sentry.captureMessage: \(everything)"),
        ("Sentry.captureMessage(`paid ${n} times`, Sentry.Severity.Error)", "1 Sentry.captureMessage: \(everything)"),
        ("Sentry.captureMessage(text, urgent ? 'fatal' : 'error')", "1 Sentry.captureMessage: \(everything)"),
        ("Sentry.captureException(error, { tags: { a: 1 } });", "1 Sentry.captureException: user, release, extra"),
        ("Sentry.captureException(error, { 'extra': info })", "1 Sentry.captureException: tags, user, release"),
        (
            "Sentry.captureException(e, { tags, user: { id }, release, contexts: { cart }, level: 'info' })",
            "1 Sentry.captureException: nothing"
        ),
        (
            "Sentry.captureException(e, { captureContext: { tags: { a }, extra: { b } } })",
            "1 Sentry.captureException: user, release"
        ),
        ("Sentry.captureException(e, {})", "1 Sentry.captureException: \(everything)"),
        ("Sentry.captureException(e, undefined)", "1 Sentry.captureException: \(everything)"),
        ("Sentry.captureException(new Error('x', { cause: e }))", "1 Sentry.captureException: \(everything)"),
        ("Sentry.captureException(e, hint)", "1 Sentry.captureException: release (unclear)"),
        ("Sentry.captureException(e, { ...context, tags })", "1 Sentry.captureException: release (unclear)"),
        ("Sentry.captureException(e, contextOf(order))", "1 Sentry.captureException: release (unclear)"),
        (
            "const c = { extra: { id } };\nSentry.captureException(e, c)",
            "2 Sentry.captureException: tags, user, release"
        ),
        (
            "Sentry.captureException(e, scope => scope.setTag('a', b))",
            "1 Sentry.captureException: user, release, extra"
        ),
        (
            "Sentry.captureException(e, (scope) => {\n  scope.setUser({ id });\n  return scope;\n})",
            "1 Sentry.captureException: tags, release, extra"
        ),
        ("Sentry.captureException(e, s => fill(s))", "1 Sentry.captureException: release (unclear)"),
        ("Sentry\n  .captureException(e)", "2 Sentry.captureException: \(everything)"),
        ("window.Sentry?.captureException?.(e)", "1 Sentry?.captureException: \(everything)"),
        ("captureException(e)", "1 captureException: \(everything)"),
        ("promise.catch(Sentry.captureException)", "1 Sentry.captureException: \(everything)"),
        ("Sentry.captureEvent({ message, tags, extra })", "1 Sentry.captureEvent: user, release"),
        ("this.#sentry.captureException(e)", "1 #sentry.captureException: \(everything)"),
        ("Raven.captureException(e, { extra: info })", "1 Raven.captureException: tags, user, release"),
        ("if (x) captureException(e); else done()", "1 captureException: \(everything)"),
        ("const id = a ? captureException(e) : null", "1 captureException: \(everything)"),
    ])
    func `sees what a call is given`(code: String, expected: String) {
        #expect(calls(in: code, of: "a.js") == [expected])
        #expect(calls(in: code, of: "a.tsx") == [expected])
    }

    @Test(arguments: [
        """
        Sentry.withScope((scope) => {
          scope.setTag("payment", "stripe");
          if (user) { scope.setUser({ id: user.id }); }
          for (const key in extra) scope.setExtra(key, extra[key]);
          Sentry.captureException(error);
        });
        Sentry.captureException(other);
        """,
        """
        Sentry.withScope(function (scope) {
          scope.setTag("payment", "stripe").setUser({ id });
          scope.setExtra("a", 1);

          Sentry.captureException(error);
        })

        Sentry.captureException(other);
        """,
        """
        hub.withScope(s => {
          s.setTags({ payment });
          s.setUser(user)
          s.setContext("cart", { size })
          Sentry.captureException(error)
        })
        Sentry.captureException(other);
        """,
    ])
    func `sees the scope around a call, and only there`(code: String) {
        let found = calls(in: code, of: "a.ts")
        #expect(
            found.map { $0.dropFirst(2) } == [
                "Sentry.captureException: release", "Sentry.captureException: \(everything)",
            ])
    }

    @Test func `an error that is logged is no scope passed on`() {
        let line =
            "Sentry.withScope((scope) => { scope.setTag('a','b'); console.error(e); Sentry.captureException(e); });"
        #expect(
            calls(in: "\(line)\n\(line)", of: "a.js") == [
                "1 Sentry.captureException: user, release, extra", "2 Sentry.captureException: user, release, extra",
            ])
        let passedOn = "Sentry.withScope((scope) => { fill(scope); Sentry.captureException(e); });"
        #expect(calls(in: "\(line)\n\(passedOn)", of: "a.js").last == "2 Sentry.captureException: release (unclear)")
    }

    @Test func `what is set on the shared scope counts for its function, and stays afterwards`() {
        let code = """
            function pay(order) {
              try {
                Sentry.setTag("order", order.id);
                charge(order);
              } catch (error) {
                Sentry.captureException(error);
              }
            }
            function ship() { Sentry.captureException(error) }
            """
        #expect(
            calls(in: code, of: "a.js") == [
                "6 Sentry.captureException: user, release, extra, scope", "9 Sentry.captureException: \(everything)",
            ])
    }

    @Test func `a user is for all events, unless it is set in a scope of its own`() {
        let login = "Sentry.setUser({ id: user.id });"
        let report = audited(["login.js": login, "pay.ts": "Sentry.captureException(e)"])
        #expect(report.calls.map(\.missing) == [[.tags, .release, .extra, .scope]])
        #expect(report.setups.map { "\($0.need) \($0.path):\($0.line)" } == ["user login.js:1"])

        let scoped = "Sentry.withScope(scope => { scope.setUser({ id }); Sentry.captureException(e) })"
        #expect(
            audited(["a.js": scoped, "b.js": "Sentry.captureException(e)"]).calls.map(\.missing) == [
                [.tags, .release, .extra], Need.allCases,
            ])
    }

    @Test(arguments: [
        "const [user, setUser] = useState();\nsetUser(data);",
        "account.setUser(user)", "store.user = user", "setContext(theme)",
    ])
    func `a setter of somebody else sets nothing`(code: String) {
        let found = calls(in: "\(code)\nSentry.captureException(e)", of: "a.jsx")
        #expect(found.map { $0.drop { $0 != " " } } == [" Sentry.captureException: \(everything)"])
    }

    @Test func `names taken over from the SDK are its own`() {
        let code = """
            import {
              captureException,
              setTag,
            } from "@sentry/browser";
            setTag("a", 1);
            captureException(e);
            """
        #expect(calls(in: code, of: "a.js") == ["6 captureException: user, release, extra, scope"])
    }

    @Test(arguments: [
        "// Sentry.captureException(e)", "/* Sentry.captureException(e)\n */", "'Sentry.captureException(e)'",
        "\"Sentry.captureException(e)\"", "`Sentry.captureException(e) ${f(`captureException(e)`)}`",
        "/Sentry.captureException(e)/.test(line)", "function captureException(error) { send(error) }",
        "class A { captureException(error) { send(error) }\n  async captureMessage(m) {} }",
        "interface A {\n  captureException(error: Error): void\n  captureMessage(m: string): string;\n}",
        "const client = { captureException(e) { send(e) }, captureException: send }",
        "import { captureException } from '@sentry/node'", "export { captureException }",
        "posthog.captureException(e)", "camera.capture(e)", "Sentry.captureCheckIn({ monitorSlug })",
        "expect(Sentry.captureException).toHaveBeenCalled()", "new CaptureException(e)", "Sentry.feedback().capture(e)",
    ])
    func `what only looks like a call is none`(code: String) {
        #expect(calls(in: code, of: "a.ts") == [])
        // And it swallows nothing that follows.
        #expect(calls(in: code + "\nSentry.captureException(e)", of: "a.ts").count == 1)
    }

    @Test func `text in a page hides no code`() {
        let code = """
            export const Page = () => (
              <div>
                <p>Don't worry, it's (nearly) done :) <b>{`a`}</b></p>
                <a href="https://example.com">it's `here</a>
                <button onClick={() => Sentry.captureException(e, { tags: { a: 1 } })}>x</button>
              </div>
            );
            """
        #expect(calls(in: code, of: "a.jsx") == ["5 Sentry.captureException: user, release, extra"])
    }

    @Test func `of a component, only its script is code`() {
        let code = """
            <template>
              <p>It's {{ `half` }} Sentry.captureException(e)</p>
            </template>

            <script setup lang="ts">
            import * as Sentry from '@sentry/vue'
            Sentry.captureException(e)
            </script>
            <style> .captureException { } </style>
            """
        #expect(calls(in: code, of: "a.vue") == ["7 Sentry.captureException: \(everything)"])
    }
}
