import Domain
import GlitchTip
import Testing

private typealias Issue = Domain.Issue

/// What GlitchTip's webhooks say, in all the forms it has.
@Suite struct AlertPayloadTests {
    private static let forms = ["generic", "discord", "googlechat"]

    private func decode(_ text: String) throws -> AlertPayload { try AlertPayload.decode(Array(text.utf8)) }

    /// Three issues that a person may ask about; Discord's form has no short ids.
    private func named(
        _ number: Int, _ shortID: String, _ title: String, _ level: Issue.Level?, environment: String? = "production",
        release: String? = "shop-web@2.3.1", server: String? = "web-1", in form: String
    ) -> AlertPayload.NamedIssue {
        AlertPayload.NamedIssue(
            id: Issue.ID(number), shortID: form == "discord" ? nil : shortID, title: title, level: level,
            project: "Shop Web", environment: environment, release: release, server: server)
    }

    @Test func `every recorded webhook is understood`() throws {
        let recordings = Recording.all("10-webhook-").filter { $0.status == 0 }
        #expect(recordings.count == 24)
        for recording in recordings {
            #expect(try AlertPayload.decode(recording.body) != .unknown, "\(recording.name)")
        }
    }

    @Test(arguments: forms)
    func `one issue`(form: String) throws {
        let issue = named(152, "SHOP-WEB-E", "RangeError: Invalid status code: 42", .error, in: form)
        let payload = try AlertPayload.decode(Recording.named("10-webhook-single-issue-\(form)").body)
        #expect(payload == .issues(total: 1, named: [issue]))
    }

    /// Google Chat's form does not say how many there are.
    @Test(arguments: forms)
    func `of five issues three are named`(form: String) throws {
        let named = [
            named(153, "SHOP-WEB-F", "BatchError: batch problem 0", .error, release: "shop-web@2.3.2", in: form),
            named(154, "SHOP-WEB-G", "BatchError: batch problem 1", nil, release: nil, in: form),
            named(
                155, "SHOP-WEB-H", "BatchError: batch problem 2", .info, environment: nil, release: "shop-web@2.3.2",
                in: form),
        ]
        let payload = try AlertPayload.decode(Recording.named("10-webhook-five-issues-\(form)").body)
        #expect(payload == .issues(total: form == "googlechat" ? 3 : 5, named: named))
    }

    @Test(arguments: forms)
    func `a warning has no colour, and no tag that the event did not have`(form: String) throws {
        let issue = named(
            158, "SHOP-WEB-K", "Disk almost full: 91 %", nil, environment: nil, release: nil, server: nil, in: form)
        let payload = try AlertPayload.decode(Recording.named("10-webhook-message-warning-\(form)").body)
        #expect(payload == .issues(total: 1, named: [issue]))
        // An issue that came back looks the same.
        #expect(try AlertPayload.decode(Recording.named("10-webhook-regression-\(form)").body) == payload)
    }

    @Test(arguments: forms)
    func `a hostile title stays as it is`(form: String) throws {
        let title =
            "HostileError: <b>&lt;x&gt;</b> `code` *a* _b_ [l](http://e.example) \"q\" 😀 \u{202E} wwwwwwwwwwwwwwwwwwwwwww…"
        let payload = try AlertPayload.decode(Recording.named("10-webhook-hostile-text-\(form)").body)
        #expect(payload == .issues(total: 1, named: [named(159, "SHOP-WEB-L", title, .error, in: form)]))
    }

    @Test(arguments: forms)
    func `a monitor goes down and comes back`(form: String) throws {
        let down = try AlertPayload.decode(Recording.named("10-webhook-uptime-down-\(form)").body)
        #expect(down == .down(monitor: 1, name: "Shop front page"))
        let up = try AlertPayload.decode(Recording.named("10-webhook-uptime-up-\(form)").body)
        #expect(up == .up(monitor: 1, name: "Shop front page"))
    }

    @Test func `a heartbeat is a monitor`() throws {
        let down = try AlertPayload.decode(Recording.named("10-webhook-heartbeat-down-generic").body)
        #expect(down == .down(monitor: 3, name: "Nightly backup"))
        let up = try AlertPayload.decode(Recording.named("10-webhook-heartbeat-up-generic").body)
        #expect(up == .up(monitor: 3, name: "Nightly backup"))
    }

    @Test func `GlitchTip 6 sends neither alias nor sections`() throws {
        let payload = try decode(
            """
            {"text": "GlitchTip Alert (2 issues)", "attachments": [
              {"title": "A", "title_link": "https://g.example/acme/issues/7", "text": null, "color": "#e9b949",
               "fields": [{"title": "Project", "value": "Shop", "short": true}], "mrkdown_in": ["text"]},
              {"title": "B", "title_link": "https://g.example/acme/issues/8", "text": "GET /cart", "color": "#e52b50",
               "fields": [{"title": "Project", "value": "Shop", "short": true}], "event_id": "f00"}]}
            """)
        guard case .issues(2, let named) = payload else {
            Testing.Issue.record("\(payload)")
            return
        }
        #expect(named.map(\.id.number) == [7, 8])
        #expect(named.map(\.shortID) == [nil, nil])
        #expect(named.map(\.level) == [.warning, .error])
    }

    @Test func `GlitchTip 6 sends a test from a project that has no issue yet`() throws {
        let title = "GlitchTip Test Notification"
        let words = "Test notification for project Shop. Your alert recipient is configured correctly."
        for body in [
            #"{"text": "\#(title)", "attachments": [{"title": "\#(title)", "title_link": "", "text": "\#(words)"}]}"#,
            #"{"content": "\#(title)", "embeds": [{"title": "\#(title)", "description": "\#(words)", "url": ""}]}"#,
            """
            {"cardsV2": [{"cardId": "createCardMessage", "card": {"header": {"title": "\(title)", "subtitle": "Shop"},
              "sections": [{"widgets": [{"decoratedText": {"text": "\(words)"}}]}]}}]}
            """,
        ] {
            #expect(try decode(body) == .test)
        }
    }

    @Test(arguments: [
        "{}", "[]", "null", "17", "\"GlitchTip Alert\"", #"{"text": null}"#, #"{"text": "GlitchTip Alert"}"#,
        #"{"text": "hello", "attachments": []}"#, #"{"attachments": {"title": "x"}}"#,
        #"{"attachments": [1, null, "x"]}"#,
        #"{"text": "GlitchTip Uptime Alert", "attachments": [{"title": "x", "title_link": "https://g.example/a/uptime-monitors/1", "text": "Something else."}]}"#,
        #"{"text": "GlitchTip Uptime Alert", "attachments": [{"title": "x", "text": "The monitored site has gone down."}]}"#,
        #"{"action": "created", "data": {"issue": {"id": "1"}}}"#, #"{"cardsV2": [{"card": {}}, {"card": null}, {}]}"#,
    ])
    func `other shapes are unknown, not an error`(body: String) throws {
        #expect(try decode(body) == .unknown)
    }

    @Test(arguments: [
        "", " ", "GlitchTip Alert", "{", "{\"text\": \"Glitch", "<html></html>", "a=1&b=2", "\u{0}", "{'text': 1}",
    ])
    func `what is not JSON throws`(body: String) {
        #expect(throws: GlitchTipError.malformed("a webhook")) { try decode(body) }
    }

    @Test func `bytes that are no text throw, and so does endless nesting`() {
        #expect(throws: GlitchTipError.self) { try AlertPayload.decode([0xFF, 0xFE, 0x00]) }
        #expect(throws: GlitchTipError.self) { try decode(String(repeating: "[", count: 100_000)) }
    }

    /// The desk then asks the API: that something happened is known, and how much.
    @Test func `an issue without a readable link is counted`() throws {
        for link in [
            "", "https://g.example/acme/issues/", "https://g.example/acme/issues/x", "https://g.example/acme/issues/0",
            "https://g.example/acme/issues/99999999999999999999", "https://g.example/acme/issues/1/events", "42",
            "https://g.example/42?next=/issues/42",
        ] {
            let payload = try decode(
                #"{"text": "GlitchTip Alert", "attachments": [{"title": "x", "title_link": "\#(link)"}]}"#)
            #expect(payload == .issues(total: 1, named: []), "\(link)")
        }
    }

    @Test(arguments: [
        ("GlitchTip Alert (2147483648 issues)", 2_147_483_648), ("GlitchTip Alert (99999999999999999999 issues)", 1),
        ("GlitchTip Alert (-5 issues)", 1), ("GlitchTip Alert ( issues)", 1), ("GlitchTip Alert (0 issues)", 1),
        ("GlitchTip Alert (5 issues) ", 1), ("Alerte GlitchTip", 1),
    ])
    func `the count is never less than what is named`(headline: String, total: Int) throws {
        let payload = try decode(
            #"{"text": "\#(headline)", "attachments": [{"title": 7, "title_link": "https://g.example/a/issues/1?x=1#y", "fields": "none", "color": []}]}"#
        )
        #expect(payload == .issues(total: total, named: [AlertPayload.NamedIssue(id: Issue.ID(1), title: "7")]))
    }

    @Test func `a card without a colour and a button of another kind are read as far as they go`() throws {
        let payload = try decode(
            """
            {"cardsV2": [{"card": {"header": {"title": "GlitchTip Alert", "subtitle": "Shop"}, "sections": [
              {"header": "<b>no colour</b>", "widgets": [
                {"buttonList": {"buttons": [{"text": "Open", "onClick": {"openLink": {"url": "https://g.example/a/issues/1"}}}]}}]}]}}]}
            """)
        let issue = AlertPayload.NamedIssue(id: Issue.ID(1), title: "<b>no colour</b>", project: "Shop")
        #expect(payload == .issues(total: 1, named: [issue]))
    }

    @Test func `the first field of a name counts`() throws {
        let payload = try decode(
            """
            {"text": "GlitchTip Alert", "attachments": [{"title": "x", "title_link": "https://g.example/a/issues/1", "fields": [
              {"title": "Project", "value": "Shop"}, {"title": "Release", "value": null}, {"title": "Release", "value": "2"},
              {"title": "Project", "value": "mine"}, null, 3, {"value": "x"}]}]}
            """)
        guard case .issues(1, let named) = payload else {
            Testing.Issue.record("\(payload)")
            return
        }
        #expect(named.map(\.project) == ["Shop"])
        #expect(named.map(\.release) == ["2"])
    }
}
