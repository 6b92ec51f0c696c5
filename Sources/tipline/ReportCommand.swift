import ArgumentParser
import ChatOps
import Domain

/// `tipline report`: a report in the terminal, or to the chats by a timer of the system.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Print the daily or weekly report, or send it to the chats that want it.",
        discussion: """
            tipline report daily
            tipline report weekly --date 2026-11-18
            tipline report daily --send

            The bot sends both by itself. --send is for a timer (deploy/ has files for systemd, PM2 and cron), with or \
            without a bot running: what was sent already is not sent again.
            """)

    enum Kind: String, ExpressibleByArgument, CaseIterable { case daily, weekly }

    @Argument(help: "Which one.")
    var kind: Kind
    @Option(
        help: ArgumentHelp("The day that it is about, or one of its week; the last when left out.", valueName: "date"))
    var date: String?
    @Flag(help: "Send it to the chats whose schedule has it, each once.")
    var send = false
    @Flag(help: "With --send: print what would be sent to whom, and send nothing.")
    var dryRun = false
    @OptionGroup var options: ConfigurationOptions

    func validate() throws {
        if dryRun, !send { throw ValidationError("--dry-run goes with --send; without both it is only printed.") }
        _ = try order()
    }

    func run() async throws {
        let app = App(try options.configuration(needsTelegram: send), log: options.log)
        let result = try await app.report(try order(), for: !send ? .show : dryRun ? .rehearse : .send)
        print(result.text)
        if !result.isDone { throw ExitCode(1) }
    }

    func order() throws -> ReportOrder {
        let day = try date.map { text in
            guard let day = Day(text: text) else {
                throw ValidationError("“\(text)” is no day: write it as 2026-11-25.")
            }
            return day
        }
        return ReportOrder(kind == .daily ? .daily : .weekly, about: day)
    }
}
