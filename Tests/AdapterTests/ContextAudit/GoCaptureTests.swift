import ContextAudit
import Testing

@Suite struct GoCaptureTests {
    @Test(arguments: [
        ("sentry.CaptureException(err)", "1 sentry.CaptureException: \(everything)"),
        ("sentry.CaptureMessage(fmt.Sprintf(\"%d\", n))", "1 sentry.CaptureMessage: \(everything)"),
        ("hub.CaptureException(err)", "1 hub.CaptureException: \(everything)"),
        (
            "if hub := sentry.GetHubFromContext(ctx); hub != nil { hub.CaptureException(err) }",
            "1 hub.CaptureException: \(everything)"
        ),
        (
            "sentry.CaptureException(err,\n\tsentry.WithTag(\"a\", b),\n\tsentry.WithContexts(map[string]any{}),\n)",
            "1 sentry.CaptureException: user, release"
        ),
        ("sentry.CaptureException(err, sentry.WithTraceID(ctx))", "1 sentry.CaptureException: \(everything)"),
        ("_ = sentry.CaptureEvent(event)", "1 sentry.CaptureEvent: release (unclear)"),
    ])
    func `sees what a call is given`(code: String, expected: String) {
        #expect(calls(in: code, of: "a.go") == [expected])
    }

    @Test func `sees the scope around a call, and only there`() {
        let code = """
            func pay(order Order) {
            	sentry.WithScope(func(scope *sentry.Scope) {
            		scope.SetTag("order", order.ID)
            		if order.User != nil {
            			scope.SetUser(sentry.User{ID: order.User.ID})
            		}
            		for key, value := range order.Extra {
            			scope.SetExtra(key, value)
            		}
            		sentry.CaptureException(err)
            	})
            	sentry.CaptureException(err)
            }

            func ship(hub *sentry.Hub) {
            	hub.Scope().SetTag("a", "b")
            	if err != nil {
            		hub.CaptureException(err)
            	}
            }
            """
        #expect(
            calls(in: code, of: "a.go") == [
                "10 sentry.CaptureException: release", "12 sentry.CaptureException: \(everything)",
                "18 hub.CaptureException: user, release, extra, scope",
            ])
    }

    @Test func `a user set on the hub is for all`() {
        let code = """
            func main() { sentry.ConfigureScope(func(scope *sentry.Scope) { scope.SetUser(sentry.User{ID: "1"}) }) }
            func pay() { sentry.CaptureException(err) }
            """
        #expect(calls(in: code, of: "a.go") == ["2 sentry.CaptureException: tags, release, extra, scope"])
    }

    @Test(arguments: [
        "// sentry.CaptureException(err)", "/* CaptureException(err) */", "\"CaptureException(err)\"",
        "`\nCaptureException(err) \\`", "'\"'; \"CaptureException(err)\"",
        "func CaptureException(err error, opts ...Option) {}", "func (h *Hub) CaptureException(err error) *EventID {}",
        "type Client interface {\n\tCaptureException(err error) *EventID\n}",
    ])
    func `what only looks like a call is none`(code: String) {
        #expect(calls(in: code, of: "a.go") == [])
        #expect(calls(in: code + "\nsentry.CaptureException(err)", of: "a.go").count == 1)
    }
}
