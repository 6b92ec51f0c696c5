import Domain
import Logging
import Synchronization
import Web

/// A server on a port of its own, for the length of one test, with what it wrote down and what it logged.
struct TestServer: Sendable {
    static let secret = "Zm9vYmFyLXNlY3JldA_9"

    /// What was written down, in order.
    actor Book {
        private(set) var alerts: [String] = []
        func write(_ alert: [UInt8]) { alerts.append(String(decoding: alert, as: UTF8.self)) }
    }

    let book = Book()
    let log = LogLines()
    var secret: Secret? = Secret(TestServer.secret)
    var limits = Limits()
    /// Instead of writing into the book.
    var accept: (@Sendable ([UInt8]) async throws -> Void)?
    var neighbours: [(name: String, trouble: String?)] = []
    var metrics: @Sendable () async throws -> [Metric] = { [] }

    /// Runs the body with the port, then ends the server as the bot does.
    func run(_ body: (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (ports, signal) = AsyncStream.makeStream(of: Int.self)
            let server = server(on: Address(host: "127.0.0.1", port: 0))
            group.addTask {
                defer { signal.finish() }
                try await server.run { signal.yield($0) }
            }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else {
                try await group.waitForAll()
                throw CancellationError()
            }
            try await body(port)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    func server(on address: Address) -> WebServer {
        let (book, accept, neighbours) = (book, accept, neighbours)
        return WebServer(
            listen: address, secret: secret, limits: limits,
            accept: { alert in if let accept { try await accept(alert) } else { await book.write(alert) } },
            readiness: { neighbours }, metrics: metrics, log: log.logger)
    }
}

/// Remembers what was logged.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(lines: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let line = "\(event.level): \(event.message) \(event.metadata ?? [:])"
            lines.lines.withLock { $0.append(line) }
        }
    }
}
