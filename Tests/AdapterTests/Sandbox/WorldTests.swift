import Domain
import FoundationEssentials
import GlitchTip
import HTTP
import Sandbox
import Telegram
import Testing

/// The world as its users see it: our own clients must work in it.
@Suite(.timeLimit(.minutes(1))) struct WorldTests {
    @Test func `a person writes, the bot answers and edits`() async throws {
        try await World.runForTest { world in
            let bot = world.bot
            #expect(try await bot.me().username == "tipline_demo_bot")
            await world.telegram.say("/investigate 2", by: .ada)
            let raw = try #require(try await bot.updates(from: nil, wait: .seconds(5)).first)
            guard case .message(let message) = try Update.decode(raw.payload).kind else {
                Issue.record("not a message")
                return
            }
            #expect(message.text == "/investigate 2")
            #expect(message.sender?.id == Person.ada.id)
            let team = Destination(chat: StandInTelegram.teamChat)
            let id = try await bot.send(Content(.html("<b>working</b>…")), to: team, replyingTo: message.id)
            #expect(try await world.telegram.nextMessage().plain == "working…")
            try await bot.edit(id, in: team.chat, to: Content(.html("done")))
            #expect(await world.telegram.shown().map(\.plain) == ["done"])
        }
    }

    @Test func `the issue, its event, a comment and a status`() async throws {
        try await World.runForTest { world in
            let api = world.api
            let id = Domain.Issue.ID(2)
            #expect(try await api.issue(id).shortID == "SHOP-WEB-2")
            let event = try await api.latestEvent(of: id)
            #expect(event.exceptions.first?.frames.last?.filename == "/srv/shop/lib/cart.js")
            _ = try await api.comment("seen", on: id)
            #expect(try await api.comments(on: id).map(\.text) == ["seen"])
            #expect(try await api.set(.resolved, on: id).status == .resolved)
            #expect(try await api.issues(IssueFilter(status: .resolved)).items.map(\.id).contains(id))
        }
    }
}

extension World {
    /// In a folder of its own, which is removed behind the test.
    static func runForTest(_ body: @escaping @Sendable (World) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path() + "/tipline-world-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await run(in: folder, body)
    }

    var bot: BotAPI {
        BotAPI(base: telegramURL, token: Secret(telegram.token), http: Client.curl(userAgent: "test"))
    }

    var api: GlitchTipAPI {
        GlitchTipAPI(
            base: glitchtipURL, token: Secret(glitchtip.token), organization: glitchtip.organization.slug,
            http: Client.curl(userAgent: "test"))
    }
}
