import Domain
import GlitchTip
import Testing

private typealias Issue = Domain.Issue
private typealias Event = Domain.Event

/// Events of every shape that has been seen, and some that may come.
@Suite struct EventTests {
    private func latest(_ name: String) throws -> Event {
        try EventDocument.decode(try Recording.named("04-event-latest-\(name)").body)
    }

    private func decode(_ json: String) throws -> Event { try EventDocument.decode(Array(json.utf8)) }

    @Test func `a cause comes before what it caused, and the crash is the last frame`() throws {
        let event = try latest("chained-cause-node")
        #expect(event.exceptions.map(\.type) == ["Error", "DatabaseError"])
        #expect(event.exceptions.map(\.value) == ["connect ECONNREFUSED 10.0.4.7:5432", "could not load order 8841"])
        #expect(
            event.exceptions.last?.frames.last
                == Frame(
                    filename: "/srv/shop/examples/mvc/lib/boot.js", absolutePath: "/srv/shop/examples/mvc/lib/boot.js",
                    function: "boot", line: 11, column: 1, isInApp: true))
        #expect(event.transaction == "POST /orders")
        #expect(event.release == "shop-web@2.3.1")
        #expect(event.environment == "production")
        #expect(event.issue == Issue.ID(4))
    }

    @Test func `Python names modules and quotes the line`() throws {
        let event = try latest("python-chained")
        #expect(
            event.exceptions.map(\.type) == [
                "ConnectionRefusedError", "NewConnectionError", "MaxRetryError", "ConnectionError", "BillingError",
            ])
        let crash = try #require(event.exceptions.last?.frames.last)
        #expect(crash.module == "__main__")
        #expect(crash.line == 16 && crash.column == nil)
        #expect(crash.contextLine?.contains("raise BillingError") == true)
        #expect(event.breadcrumbs.first?.message == "kim logged in")
        #expect(event.breadcrumbs.first?.date?.milliseconds == 1_795_468_469_495)
        // What is nested in `extra` is left out.
        #expect(event.extra == [:])
        #expect(try latest("python-logging").extra == ["tenant": "t-9"])
    }

    @Test func `an exception group is its parts, then itself`() throws {
        let event = try latest("python-exceptiongroup")
        #expect(event.exceptions.map(\.type) == ["BillingError", "ValueError", "ExceptionGroup"])
        #expect(event.exceptions.map(\.frames.count) == [0, 0, 1])
    }

    @Test func `a browser's frames have a path and an address`() throws {
        let frames = try #require(try latest("browser-js").exceptions.first?.frames)
        #expect(frames.first?.filename == "/static/js/main.8f3d21.js")
        #expect(frames.first?.absolutePath == "https://cdn.shop.example/static/js/main.8f3d21.js")
        #expect(frames.first?.column == 48213)
        #expect(frames.last?.function == "?")
        let request = try #require(try latest("browser-js").request)
        #expect(request.url == "https://shop.example/cart?step=2")
        #expect(request.method == nil)
        #expect(request.headers.map(\.key) == ["Referer", "User-Agent"])
    }

    @Test func `an event without entries is its title`() throws {
        let event = try latest("empty-event")
        #expect(event.title == "<untitled>" && event.exceptions.isEmpty && event.breadcrumbs.isEmpty)
        #expect(event.request == nil && event.transaction == nil)
    }

    @Test func `a message is shown with its values filled in`() throws {
        #expect(try latest("logentry-params").message == "Order 17 failed after 3 retries")
        #expect(try latest("message-only").message == "Payment provider slow: 4200 ms")
        #expect(try latest("message-only").exceptions.isEmpty)
    }

    @Test func `a report of a browser's policy is read`() throws {
        let event = try latest("csp")
        #expect(event.title == "Blocked 'script-elem' from 'evil.example'")
        #expect(event.transaction == "script-src-elem")
        #expect(event.platform == nil && event.tags.isEmpty && event.exceptions.isEmpty)
    }

    @Test func `hostile text is only text`() throws {
        let event = try latest("hostile-text")
        #expect(event.exceptions.first?.value.hasPrefix("<script>alert(\"x\")</script> & <b>bold</b>") == true)
        #expect(event.exceptions.first?.value.unicodeScalars.contains("\u{202E}") == true)
        #expect(event.exceptions.first?.frames.isEmpty == true)
    }

    @Test func `an exception may have a type and nothing else`() throws {
        let event = try latest("type-only-exception")
        #expect(event.exceptions == [Exception(type: "OutOfMemory", value: "")])
    }

    @Test func `the raw form says the same as the latest`() throws {
        let raw = try EventDocument.decode(try Recording.named("04-event-json").body)
        let event = try EventDocument.decode(try Recording.named("04-event-by-id").body)
        #expect(
            raw.id == event.id && raw.title == event.title && raw.exceptions.map(\.type) == event.exceptions.map(\.type)
        )
        #expect(raw.exceptions.map(\.frames) == event.exceptions.map(\.frames))
        #expect(raw.request == event.request)
        #expect(raw.release == event.release && raw.environment == event.environment)
        #expect(raw.transaction == event.transaction && raw.extra == event.extra)
        #expect(raw.breadcrumbs.map(\.message) == event.breadcrumbs.map(\.message))
        #expect(Set(raw.tags) == Set(event.tags))
    }

    @Test func `a list spells its keys otherwise and says the same`() throws {
        let list = try EventDocument.decodeList(try Recording.named("04-issue-events-full").body)
        let first = try #require(list.first)
        #expect(first.id.count == 32 && first.date != nil && first.issue == Issue.ID(1))
        #expect(first.exceptions.first?.frames.count == 6)
    }

    @Test(arguments: [
        (#"{"filename": "a.js", "lineNo": 3}"#, Frame(filename: "a.js", line: 3)),
        (
            #"{"abs_path": "/srv/a.py", "lineno": 3, "in_app": false}"#,
            Frame(filename: "/srv/a.py", absolutePath: "/srv/a.py", line: 3, isInApp: false)
        ),
        (#"{"function": "f", "inApp": null, "lineNo": null, "context": null}"#, Frame(filename: "", function: "f")),
        (
            #"{"filename": "a.js", "lineNo": 3, "context": [[2, "two"], [3, "three"], [4, null]]}"#,
            Frame(filename: "a.js", line: 3, contextLine: "three")
        ),
        (
            #"{"filename": "a.js", "lineNo": 3, "context_line": "quoted", "context": [[3, "three"]]}"#,
            Frame(filename: "a.js", line: 3, contextLine: "quoted")
        ),
        (
            #"{"filename": 7, "lineNo": "3", "colNo": "4", "module": true, "context": "none"}"#,
            Frame(filename: "7", module: "true", line: 3, column: 4)
        ),
        (
            #"{"filename": {"x": 1}, "lineNo": 3.5, "inApp": "yes", "context": [3, [3], [[3], "x"]]}"#,
            Frame(filename: "")
        ),
        (#"{"lineNo": 99999999999999999999, "colNo": -1}"#, Frame(filename: "", column: -1)),
        ("{}", Frame(filename: "")),
    ])
    func `a frame with odd or missing keys is what can be read of it`(json: String, frame: Frame) throws {
        for entries in [
            #""entries": [{"type": "exception", "data": {"values": [{"type": "E", "stacktrace": {"frames": [\#(json)]}}]}}]"#,
            #""exception": {"values": [{"type": "E", "stacktrace": {"frames": [\#(json)]}}]}"#,
            #""exception": [{"type": "E", "stacktrace": {"frames": [\#(json)]}}]"#,
        ] {
            #expect(try decode("{\(entries)}").exceptions == [Exception(type: "E", value: "", frames: [frame])])
        }
    }

    @Test func `what cannot be read is left out, and costs nothing else`() throws {
        let event = try decode(
            """
            {"eventID": "e1", "groupID": 7, "dateCreated": "yesterday", "title": "kept", "message": ["x"], "platform": 5,
             "tags": [{"key": "release", "value": "1"}, null, 3, {"value": "no key"}, {"key": "n", "value": 4}],
             "entries": [null, 5, {}, {"type": "exception"}, {"type": "exception", "data": {"values": [null, {}, "x",
                {"type": null, "value": 3, "stacktrace": null}, {"type": "E", "stacktrace": {"frames": null}},
                {"type": "F", "stacktrace": {"frames": [null, 3, {"filename": "a.js"}]}}]}},
                {"type": "breadcrumbs", "data": {"values": [{"message": {"a": 1}}, {"timestamp": "1e300", "message": "m"}]}},
                {"type": "request", "data": {"url": 3, "headers": [["a", "b"], ["c"], null, {"key": "d", "value": "e"}], "query": {"q": 1}}},
                {"type": "threads", "data": {"values": []}}, {"type": "template", "data": 3}],
             "context": {"a": {"b": 1}, "c": true, "d": "text"}, "user": 7, "sdk": []}
            """)
        #expect(event.id == "e1" && event.issue == Issue.ID(7) && event.date == nil && event.title == "kept")
        #expect(event.tags == [Tag(key: "release", value: "1"), Tag(key: "n", value: "4")])
        #expect(
            event.exceptions == [
                Exception(type: "", value: ""), Exception(type: "", value: "3"), Exception(type: "E", value: ""),
                Exception(type: "F", value: "", frames: [Frame(filename: "a.js")]),
            ])
        #expect(event.breadcrumbs == [.init(message: ""), .init(message: "m")])
        #expect(
            event.request
                == .init(
                    url: "3",
                    headers: [Tag(key: "a", value: "b"), Tag(key: "c", value: ""), Tag(key: "d", value: "e")],
                    query: [Tag(key: "q", value: "1")]))
        #expect(event.extra == ["c": "true", "d": "text"])
    }

    @Test(arguments: ["{}", #"{"title": null}"#])
    func `an event of nothing is an event`(json: String) throws {
        #expect(try decode(json) == Event(id: "", title: ""))
    }

    @Test(arguments: ["", "{", "[]", "null", "7", "<html>", "{\"title\": \"half"])
    func `what is no event throws`(json: String) {
        #expect(throws: GlitchTipError.malformed("an event")) { try decode(json) }
    }

    @Test(arguments: ["", "[", "{}", "null", "<html>", #"{"detail": "x"}"#])
    func `what is no list of events throws`(json: String) {
        #expect(throws: GlitchTipError.malformed("events")) { try EventDocument.decodeList(Array(json.utf8)) }
    }

    @Test(arguments: [
        ("\"2026-11-23T21:14:19.283Z\"", 1_795_468_459_283), ("\"2026-11-23T21:14:20Z\"", 1_795_468_460_000),
        ("\"2026-11-23T21:14:19.283687+00:00\"", 1_795_468_459_284),
        ("\"2026-11-23T21:14:19+00:00\"", 1_795_468_459_000),
        ("\"2026-11-23T22:14:19+01:00\"", 1_795_468_459_000), ("\"2026-11-23T21:14:19\"", 1_795_468_459_000),
        ("\"2026-11-23T21:14:19.5\"", 1_795_468_459_500), ("1795468460.5", 1_795_468_460_500),
        ("\"1795468460\"", 1_795_468_460_000),
        ("\"\"", nil), ("null", nil), ("1e300", nil), ("-1", nil), ("\"nan\"", nil), ("\"inf\"", nil), ("[]", nil),
        ("\"23.11.2026\"", nil),
    ])
    func `a moment has many spellings`(json: String, milliseconds: Int?) throws {
        #expect(try decode(#"{"timestamp": \#(json)}"#).date?.milliseconds == milliseconds)
    }

    @Test func `an event is asked for by its id, whatever that is`() async throws {
        let log = RequestLog()
        let api = GlitchTipAPI(json: "{}", log: log)
        _ = try await api.latestEvent(of: Issue.ID(3))
        _ = try await api.event("../../a b?", of: Issue.ID(3))
        #expect(
            await log.requests.map(\.path) == [
                "/api/0/issues/3/events/latest/", "/api/0/issues/3/events/..%2F..%2Fa%20b%3F/",
            ])
    }

    @Test(arguments: [(0, "1"), (3, "3"), (50, "5")])
    func `a list is short, since each event may have megabytes`(limit: Int, sent: String) async throws {
        let log = RequestLog()
        _ = try await GlitchTipAPI(json: "[]", log: log).events(of: Issue.ID(3), limit: limit)
        #expect(await log.requests.map { $0.parameters("limit") } == [[sent]])
    }

    @Test func `an issue that is not there has no events, and no latest one`() async throws {
        let api = try GlitchTipAPI(recording: "04-issue-events-missing-issue")
        #expect(try await api.events(of: Issue.ID(999999), limit: 1) == [])
        let missing = try GlitchTipAPI(recording: "04-event-latest-missing")
        await #expect(throws: GlitchTipError.notFound) { try await missing.latestEvent(of: Issue.ID(999999)) }
    }
}
