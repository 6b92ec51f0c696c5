import ArgumentParser
import Domain
import FoundationEssentials
import Logging

/// `tipline run`: the bot.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the bot.")

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let app = App(try options.configuration(), log: options.log)
        try await app.run { _ in await stopSignal() }
    }
}
