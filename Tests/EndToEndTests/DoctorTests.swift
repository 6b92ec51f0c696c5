import FoundationEssentials
import Logging
import Sandbox
import Testing

@testable import tipline

/// What `tipline doctor` says, and that it harms no bot at work.
@Suite(.timeLimit(.minutes(3))) struct DoctorTests {
    private static func lines(_ world: World, _ changes: [String: String] = [:]) async throws -> [String] {
        let environment = world.environment.merging(changes) { $1 }
        let checkup = Checkup(try Configuration(Settings(environment: environment)), app: try world.app(changes))
        return await checkup.run().map(\.line)
    }

    private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test func `beside a bot at work it leaves the clones alone, and says so`() async throws {
        try await World.visit { world in
            await world.telegram.limitSending(false)
            let data = try #require(world.environment["TIPLINE_DATA"])
            let origin = "file://\(world.repository.web)"
            let changes = [
                "TIPLINE_REPOS": "shop-web=\(origin),billing-api=\(world.repository.platform),billing-api=/nope",
                "TIPLINE_RUNBOOKS": origin, "TIPLINE_POLL_INTERVAL": "1h",
            ]
            // The address of the runbooks only beside the doctor: the bot's own clone of it is not what is looked for here.
            var bots = changes
            bots["TIPLINE_RUNBOOKS"] = nil
            let local = [
                "✓ Code of billing-api: can be read; not fetched, as the bot is at work",
                "✗ Code of billing-api: there is no commit to read at /nope",
            ]
            try await world.withBot(bots) {
                let lines = try await Self.lines(world, changes)
                #expect(lines.contains("✓ Ledger: \(data)/tipline.db; a bot works with it"))
                #expect(lines.filter { $0.contains("billing-api:") } == local)
                #expect(lines.contains("✓ Code of shop-web: not cloned yet, and not tried, as the bot is at work"))
                #expect(!Self.exists(data + "/clones"))
                #expect(lines.last?.hasPrefix("✓ Runbooks: ") == true)
                #expect(!Self.exists(data + "/runbooks"))
            }
            let alone = try await Self.lines(world, changes)
            #expect(alone.contains("✓ Ledger: \(data)/tipline.db"))
            #expect(alone.contains("✓ Code of shop-web: can be read"))
            #expect(Self.exists(data + "/clones") && Self.exists(data + "/runbooks"))
            try await world.app(bots).run { _ in
                let lines = try await Self.lines(world, changes)
                #expect(lines.contains("✓ Code of shop-web: can be read; not fetched, as the bot is at work"))
            }
        }
    }

    @Test func `says which chats the bot is not in`() async throws {
        try await World.visit { world in
            let home = String(StandInTelegram.teamChat)
            let known = ["TIPLINE_ROUTES": "level<warning to \(home):17; level=fatal to -4001"]
            await world.telegram.setMembership(true, in: -4001)
            let well = try await Self.lines(world, known)
            #expect(
                well.filter { $0.contains("Telegram: ") } == ["✓ Telegram: the token is that of @tipline_demo_bot"])

            let unknown = [
                "TELEGRAM_CHAT_ID": "-100999", "TIPLINE_ROUTES": "level=fatal to -5; level=error to \(home)",
            ]
            let ill = try await Self.lines(world, unknown)
            #expect(
                ill.filter { $0.contains("Telegram: ") } == [
                    "✓ Telegram: the token is that of @tipline_demo_bot",
                    "✗ Telegram: it does not know the chat -100999, or the bot is not in it (TELEGRAM_CHAT_ID)",
                    "✗ Telegram: it does not know the chat -5, or the bot is not in it (TIPLINE_ROUTES)",
                ])
        }
    }

    @Test func `an organization without projects is said, and warned of when the bot starts`() async throws {
        try await World.visit { world in
            let changes = ["GLITCHTIP_ORG": "nope"]
            let lines = try await Self.lines(world, changes)
            #expect(
                lines.contains(
                    "✗ GlitchTip: the token sees no project in the organization nope. Is GLITCHTIP_ORG right?"))

            let (entries, log) = Listener.stream { event in
                let details = (event.metadata ?? [:]).map { " \($0.key)=\($0.value)" }.sorted().joined()
                return "\(event.level): \(event.message)\(details)"
            }
            let environment = world.environment.merging(changes) { $1 }
            try await App(try Configuration(Settings(environment: environment)), log: log).run { _ in
                let warning = "warning: the GlitchTip token sees no project; is GLITCHTIP_ORG right? organization=nope"
                #expect(await entries.contains(warning))
            }
        }
    }
}
