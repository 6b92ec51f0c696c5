import ArgumentParser
import FoundationEssentials
import Logging

/// Where the configuration comes from; the same for all subcommands.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A file with NAME=value lines; the environment goes before it.", valueName: "file"))
    var envFile: String?

    @Flag(help: "Log more.")
    var verbose = false

    func configuration(needsTelegram: Bool = true) throws -> Configuration {
        try Configuration(settings(), needsTelegram: needsTelegram)
    }

    var log: Logger { .tipline(verbose ? .debug : .info) }

    private func settings() throws -> Settings {
        let environment = ProcessInfo.processInfo.environment
        let name = envFile ?? ".env"
        guard envFile != nil || FileManager.default.fileExists(atPath: name) else {
            return Settings(environment: environment)
        }
        do {
            return Settings(environment: environment, file: (name, try String(contentsOfFile: name, encoding: .utf8)))
        } catch {
            throw Configuration.Mistakes(lines: ["the file \(name) cannot be read"])
        }
    }
}
