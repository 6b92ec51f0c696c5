import Domain
import FoundationEssentials

/// A small world to try and test the bot in: a Telegram, a GlitchTip, and the code of a shop with its history.
///
///     try await World.run(in: folder) { world in
///         let app = App(try Configuration(Settings(environment: world.environment)))
///         …
///         await world.telegram.say("/investigate 2", by: .ada)
///         #expect(try await world.telegram.nextMessage().plain.contains("cart"))
///     }
package struct World: Sendable {
    package let telegram: StandInTelegram
    package let glitchtip: StandInGlitchTip
    package let repository: ShopRepository
    package let now: Date
    package let telegramURL: String
    package let glitchtipURL: String
    private let folder: String

    /// What the events hold and nobody may ever be shown.
    package static var secrets: [String] { SampleIssues.secrets }

    /// The variables with which the real program runs in this world.
    package var environment: [String: String] {
        [
            "TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegramURL,
            "TELEGRAM_CHAT_ID": String(StandInTelegram.teamChat), "TIPLINE_ADMINS": String(Person.ada.id),
            "TIPLINE_RESPONDERS": String(Person.grace.id), "GLITCHTIP_URL": glitchtipURL,
            "GLITCHTIP_TOKEN": glitchtip.token, "GLITCHTIP_ORG": glitchtip.organization.slug,
            "TIPLINE_REPOS": repository.setting, "TIPLINE_DATA": folder + "/data",
        ]
    }

    /// Makes the world in a folder and ends it when the body ends; the folder stays.
    ///
    /// - Parameters:
    ///   - now: the moment that the issues and commits are dated from.
    ///   - clock: what the two servers take for the time.
    package static func run<Result: Sendable>(
        in folder: String, now: Date = Date(), clock: @escaping @Sendable () -> Date = { Date() },
        _ body: @escaping @Sendable (World) async throws -> Result
    ) async throws -> Result {
        let telegram = StandInTelegram(now: clock)
        let glitchtip = StandInGlitchTip(now: clock)
        try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
        let repository = try await ShopRepository.make(in: folder + "/repos", now: now)
        try await SampleIssues(now: now).fill(glitchtip)
        let (ports, announce) = AsyncStream<Port>.makeStream()
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await telegram.serve { announce.yield(.telegram($0)) }
                return nil
            }
            group.addTask {
                try await glitchtip.serve { announce.yield(.glitchtip($0)) }
                return nil
            }
            group.addTask {
                var known: (telegram: Int?, glitchtip: Int?)
                for await port in ports {
                    switch port {
                    case .telegram(let number): known.telegram = number
                    case .glitchtip(let number): known.glitchtip = number
                    }
                    if known.telegram != nil, known.glitchtip != nil { break }
                }
                guard let telegramPort = known.telegram, let glitchtipPort = known.glitchtip else {
                    throw CancellationError()
                }
                return try await body(
                    World(
                        telegram: telegram, glitchtip: glitchtip, repository: repository, now: now,
                        telegramURL: "http://127.0.0.1:\(telegramPort)",
                        glitchtipURL: "http://127.0.0.1:\(glitchtipPort)", folder: folder))
            }
            defer { group.cancelAll() }
            while let next = try await group.next() {
                if let result = next { return result }
            }
            throw CancellationError()
        }
    }

    private enum Port { case telegram(Int), glitchtip(Int) }
}
