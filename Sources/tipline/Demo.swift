import ArgumentParser
import FoundationEssentials
import Glibc
import Logging
import Sandbox

/// `tipline demo`: the bot on a stand-in world, with its chat in this terminal.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Try the bot on a made-up world, in this terminal; needs no account and no server.")

    @Flag(help: "Show the bot's log.")
    var verbose = false

    @Option(
        help: ArgumentHelp(
            "Only the world: its variables go into this file, for a bot of your own by `tipline run --env-file FILE`.",
            valueName: "file"))
    var worldOnly: String?

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false) + "tipline-demo-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await World.run(in: folder, now: Date()) { world in
            let configuration = try Configuration(Settings(environment: world.environment))
            let chat = TerminalChat(
                telegram: world.telegram, prompt: Prompt(history: folder + "/history"), person: .ada,
                chat: configuration.telegram.chat.chat,
                // Beside the folder that goes with the demo: whoever looks at a picture may do so later.
                pictures: FileManager.default.temporaryDirectory.path(percentEncoded: false)
                    + "tipline-pictures-\(getpid())",
                welcome: Self.welcome)
            if let file = worldOnly {
                let lines = world.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
                try Data(lines.joined().utf8).write(to: URL(filePath: file))
                try await chat.run {}
            } else {
                try await App(configuration, log: log).run { bot in try await chat.run { try await bot.rest() } }
            }
        }
    }

    private var log: Logger { .tipline(verbose ? .debug : .critical) }

    private static let welcome = """
        This is Tipline on a made-up world: a GlitchTip with a shop's errors, and the shop's code with its git history.
        Nothing leaves this machine. You are Ada, an admin of the team.

        Three things to try:
          /errors 24h       what is open, newest first
          /investigate 2    the code behind an error, the likely commit, similar issues
          /help             everything else

        A number presses a button, + unfolds what is folded, quit ends it.
        """
}
