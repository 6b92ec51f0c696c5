import Domain
import FoundationEssentials
import Glibc
import Logging
import Storage
import Web

// `webhooks-intake FOLDER SECRET`: the bot's intake with its real ledger. Prints its port, then serves until it is killed.
// `webhooks-intake FOLDER`: how many alerts the ledger there has.
let ledger = Ledger(database: try SQLite(path: CommandLine.arguments[1] + "/tipline.db"))
guard CommandLine.arguments.count > 2 else {
    print(try await ledger.queues().alerts)
    exit(0)
}
let server = WebServer(
    listen: Address(host: "127.0.0.1", port: 0), secret: Secret(CommandLine.arguments[2]),
    accept: { _ = try await ledger.receive(alert: $0, at: Date()) }, readiness: { [] }, metrics: { [] },
    log: Logger(label: "intake") { StreamLogHandler.standardError(label: $0) })
try await server.run { port in
    print(port)
    // Who reads the port reads from a pipe, which is not written to line by line.
    fflush(nil)
}
