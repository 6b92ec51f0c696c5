import Domain
import FoundationEssentials
import Testing

@testable import Sandbox

private typealias Issue = Domain.Issue
private typealias Tag = Domain.Tag
private typealias Item = WebhookPayload.Item

/// What the stand-in posts is what GlitchTip was recorded to post, value by value.
@Suite struct WebhookPayloadTests {
    private static let web = [
        Tag(key: "environment", value: "production"), Tag(key: "server_name", value: "web-1"),
        Tag(key: "release", value: "shop-web@2.3.1"),
    ]

    private static func item(
        _ id: Int, _ shortID: String, _ title: String, _ level: Issue.Level, _ tags: [Tag]
    ) -> Item {
        Item(
            title: title, url: "http://127.0.0.1:18000/admin-ai/issues/\(id)", shortID: "SHOP-WEB-\(shortID)",
            project: "Shop Web", level: level, tags: tags)
    }

    @Test(arguments: [WebhookPayload.Format.generic, .discord, .googleChat])
    func `one issue, with the tags that a rule adds`(format: WebhookPayload.Format) throws {
        // The recipients for Discord and Google Chat had no tags added.
        let added =
            format == .generic ? [Tag(key: "feature", value: "checkout"), Tag(key: "region", value: "eu-west-1")] : []
        let item = Self.item(152, "E", "RangeError: Invalid status code: 42", .error, Self.web + added)
        try expect(WebhookPayload(alert: [item], as: format), recorded: "single-issue", format)
    }

    @Test(arguments: [WebhookPayload.Format.generic, .discord, .googleChat])
    func `of five issues three are named`(format: WebhookPayload.Format) throws {
        let release = Tag(key: "release", value: "shop-web@2.3.2")
        let items = [
            Self.item(153, "F", "BatchError: batch problem 0", .error, [Self.web[0], Self.web[1], release]),
            Self.item(154, "G", "BatchError: batch problem 1", .warning, [Self.web[0], Self.web[1]]),
            Self.item(155, "H", "BatchError: batch problem 2", .info, [Self.web[1], release]),
            Self.item(156, "I", "BatchError: batch problem 3", .error, []),
            Self.item(157, "J", "BatchError: batch problem 4", .error, []),
        ]
        try expect(WebhookPayload(alert: items, as: format), recorded: "five-issues", format)
    }

    @Test(arguments: [WebhookPayload.Format.generic, .discord, .googleChat])
    func `a warning without tags, which looks the same when it comes back`(format: WebhookPayload.Format) throws {
        let payload = WebhookPayload(alert: [Self.item(158, "K", "Disk almost full: 91 %", .warning, [])], as: format)
        try expect(payload, recorded: "message-warning", format)
        try expect(payload, recorded: "regression", format)
    }

    @Test(arguments: [WebhookPayload.Format.generic, .discord, .googleChat], [true, false])
    func `a monitor`(format: WebhookPayload.Format, isUp: Bool) throws {
        let payload = WebhookPayload(
            monitor: "Shop front page", url: "http://127.0.0.1:18000/admin-ai/uptime-monitors/1", isUp: isUp, as: format
        )
        try expect(payload, recorded: "uptime-\(isUp ? "up" : "down")", format)
    }

    @Test func `GlitchTip 6 has neither alias nor sections`() throws {
        let payload = WebhookPayload(alert: [Self.item(1, "1", "Error: x", .error, Self.web)], as: .genericOfSix)
        #expect(try Set(JSON(parsing: payload.bytes).object?.keys.map(\.self) ?? []) == ["text", "attachments"])
        let trial = try JSON(parsing: WebhookPayload(testOf: "Shop Web").bytes)
        #expect(trial["attachments"]?.array?.first?["title_link"] == "")
    }

    @Test func `the stand-in's own issues and monitors`() async throws {
        let server = StandInGlitchTip()
        try await SampleIssues(now: Date(timeIntervalSince1970: 1_790_000_000)).fill(server)
        await server.add(.init(id: 1, name: "Shop front page", url: "https://shop.example", created: Date()))
        await server.setMonitor(1, isUp: false)
        let alert = try JSON(parsing: await server.webhook(for: [2, 3, 4, 6].map { Issue.ID($0) }).bytes)
        #expect(alert["text"] == "GlitchTip Alert (4 issues)")
        let first = try #require(alert["attachments"]?.array?.first)
        #expect(first["title"] == "TypeError: Cannot read properties of undefined (reading 'percent')")
        #expect(first["title_link"] == "http://127.0.0.1/demo-shop/issues/2")
        let uptime = try JSON(parsing: try #require(await server.webhook(monitor: 1)).bytes)
        #expect(uptime["attachments"]?.array?.first?["text"] == "The monitored site has gone down.")
        #expect(await server.webhook(monitor: 2) == nil)
    }

    private func expect(_ payload: WebhookPayload, recorded name: String, _ format: WebhookPayload.Format) throws {
        let file = "10-webhook-\(name)-\(format.rawValue.lowercased())"
        #expect(try JSON(parsing: payload.bytes) == #require(ReplayedCall.webhook(file)), "\(file)")
    }
}
