import Domain
import Logging
import Sandbox
import Testing

@testable import tipline

/// `tipline chat`: the bot on a GlitchTip, in a chat of its own, whatever is said of Telegram or nothing.
@Suite(.timeLimit(.minutes(2))) struct TerminalChatJourney {
    @Test(arguments: [
        ["TELEGRAM_BOT_TOKEN": "", "TELEGRAM_CHAT_ID": ""],
        ["TELEGRAM_CHAT_ID": "-1007:3", "TIPLINE_ROUTES": "level<fatal to -1008"],
    ])
    func `answers and tells alerts there, as an admin sees them`(changes: [String: String]) async throws {
        try await World.visit { world in
            await world.telegram.limitSending(false)
            let settings = Settings(environment: world.environment.merging(changes) { $1 }.filter { $0.value != "" })
            let account = Configuration.TelegramAccount(
                token: Secret(world.telegram.token), url: world.environment["TELEGRAM_API_URL"] ?? "",
                chat: Destination(chat: StandInTelegram.teamChat))
            let configuration = try Configuration(settings, needsTelegram: false)
                .chatting(on: account, as: Person.ada.id)
            var log = Logger(label: "test")
            log.logLevel = .critical
            try await App(configuration, log: log).run { _ in
                _ = try await world.message(beginning: "👀 I am watching GlitchTip")
                await world.telegram.say("/resolve 2", by: .ada)
                _ = try await world.message(beginning: "✅ Resolved")
            }
        }
    }
}
