import ArgumentParser
import Domain
import FoundationEssentials
import Sandbox
import Telegram

/// `tipline chat`: the bot's chat in this terminal, on the configured GlitchTip, without Telegram.
struct Chat: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Talk to the bot in this terminal, about your own GlitchTip; Telegram is not needed.")

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let telegram = StandInTelegram()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            group.addTask { try await telegram.serve { port.yield($0) } }
            for await port in ports {
                try await talk(telegram, port)
                break
            }
            group.cancelAll()
        }
    }

    private func talk(_ telegram: StandInTelegram, _ port: Int) async throws {
        let account = Configuration.TelegramAccount(
            token: Secret(telegram.token), url: "http://127.0.0.1:\(port)",
            chat: Destination(chat: StandInTelegram.teamChat))
        let configuration = try options.configuration(needsTelegram: false)
            .chatting(on: account, as: Person.ada.id)
        let chat = TerminalChat(
            telegram: telegram, prompt: Prompt(history: configuration.dataFolder + "/history"), person: .ada,
            chat: configuration.telegram.chat.chat, pictures: configuration.dataFolder + "/pictures",
            welcome:
                "This is Tipline on \(configuration.glitchtip.url), as an admin would see it. /help lists the commands."
        )
        try await App(configuration, log: options.log).run { bot in try await chat.run { try await bot.rest() } }
    }
}
