import Domain
import FoundationEssentials
import GlitchTip
import HTTP
import Sandbox
import Telegram
import Testing

/// The whole world: it begins, it holds what a program needs, it ends.
@Suite(.timeLimit(.minutes(5))) struct WorldTests {
    @Test func `a person writes, the bot answers and edits`() async throws {
        try await World.runForTest { world in
            await world.telegram.say("/investigate 2", by: .ada)
            let raw = try #require(try await world.bot.updates(from: nil, wait: .seconds(5)).first)
            guard case .message(let message) = try Update.decode(raw.payload).kind else {
                Issue.record("not a message")
                return
            }
            let team = Destination(chat: StandInTelegram.teamChat)
            let id = try await world.bot.send(Content(.html("<b>working</b>…")), to: team, replyingTo: message.id)
            #expect(try await world.telegram.nextMessage().plain == "working…")
            let issue = try await world.api.issue(Domain.Issue.ID(2))
            try await world.bot.edit(id, in: team.chat, to: Content(.html(HTML(issue.shortID))))
            #expect(await world.telegram.shown().map(\.plain) == ["SHOP-WEB-2"])
        }
    }

    @Test func `its variables are what a program needs`() async throws {
        try await World.runForTest { world in
            let variables = world.environment
            #expect(variables["TELEGRAM_API_URL"] == world.telegramURL)
            #expect(variables["GLITCHTIP_URL"] == world.glitchtipURL)
            #expect(Destination(text: variables["TELEGRAM_CHAT_ID"] ?? "")?.chat == StandInTelegram.teamChat)
            #expect(variables["TIPLINE_ADMINS"] == "1001")
            #expect(variables["TIPLINE_RESPONDERS"] == "1002")
            for folder in [variables["TIPLINE_DATA"] ?? "", world.repository.web, world.repository.platform] {
                #expect(FileManager.default.fileExists(atPath: folder))
            }
        }
    }

    @Test func `it ends when its body does, also under a waiting poll`() async throws {
        let url = try await World.runForTest { world in
            _ = try await world.bot.me()
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await world.bot.updates(from: nil, wait: .seconds(50)) }
                await world.telegram.untilPolled()
                group.cancelAll()
            }
            return world.telegramURL
        }
        await #expect(throws: Failure.self) {
            _ = try await Client.curl(userAgent: "test").send(Request(.get, url + "/"))
        }
    }

    @Test func `it ends when its body throws, and throws the same`() async throws {
        struct Enough: Error {}
        await #expect(throws: Enough.self) { try await World.runForTest { _ in throw Enough() } }
    }

    @Test func `two worlds are two worlds`() async throws {
        try await World.runForTest { one in
            try await World.runForTest { other in
                #expect(one.telegramURL != other.telegramURL)
                _ = try await one.api.set(.resolved, on: Domain.Issue.ID(2))
                #expect(await other.glitchtip.status(of: Domain.Issue.ID(2)) == .unresolved)
            }
        }
    }
}

extension World {
    /// In a folder of its own, which is removed behind the test.
    @discardableResult
    static func runForTest<Result: Sendable>(
        _ body: @escaping @Sendable (World) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.path() + "/tipline-world-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await run(in: folder, body)
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
