import ArgumentParser
import Glibc

@main
struct Tipline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tipline",
        abstract: "Triage GlitchTip errors from a Telegram chat.",
        version: version,
        subcommands: [
            Run.self, Demo.self, Chat.self, Investigate.self, ReportCommand.self, RunbooksCommand.self,
            AuditContext.self, Doctor.self,
        ])

    static let version = "0.1.0"

    static func main() async {
        // A peer that hangs up must be an error of that one write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let mistakes as Configuration.Mistakes {
            complain(mistakes.description)
            Glibc.exit(2)
        } catch let failure as Failed {
            complain(failure.description)
            Glibc.exit(1)
        } catch  where exitCode(for: error) == .validationFailure {
            complain(fullMessage(for: error))
            Glibc.exit(2)
        } catch {
            exit(withError: error)
        }
    }
}

/// An end that the operator should know the reason of; exit code 1.
struct Failed: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Standard error is for what goes wrong, so that the output can be piped.
func complain(_ text: String) {
    _ = "tipline: \(text)\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
}
