import FoundationEssentials
import Glibc
import Processes

@testable import Storage

/// A real redis-server on a socket of its own, stopped behind the test.
///
///     try await RedisServer.run { server in
///         let redis = Redis(try server.url())
///     }
actor RedisServer {
    struct Trouble: Error { let reason: String }

    nonisolated let socket: String
    private let arguments: [String]
    private var process: ChildProcess?

    static func run<T: Sendable>(
        _ arguments: String..., body: (RedisServer) async throws -> T
    ) async throws -> T {
        try await TemporaryFolder.run { folder in
            let server = RedisServer(socket: folder.file("redis.sock"), arguments: arguments)
            do {
                try await server.start()
                let result = try await body(server)
                await server.kill()
                return result
            } catch {
                await server.kill()
                throw error
            }
        }
    }

    private init(socket: String, arguments: [String]) {
        self.socket = socket
        self.arguments = arguments
    }

    nonisolated func url(_ query: String = "") throws -> RedisURL { try RedisURL(text: "unix://\(socket)\(query)") }

    /// Returns when it takes connections; it is empty then.
    func start() async throws {
        let options = ["--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no"]
        let process = try ChildProcess("redis-server", options + arguments)
        self.process = process
        var log: [String] = []
        while let line = await process.line() {
            if line.contains("eady to accept connections") { return }
            log.append(line)
        }
        throw Trouble(reason: "redis-server did not start: \(log.joined(separator: "\n"))")
    }

    /// Stops it in the middle of whatever it does.
    func kill() async {
        await process?.kill()
        process = nil
    }

    /// It keeps its connections and answers nothing.
    func freeze() async { await process?.signal(SIGSTOP) }

    func thaw() async { await process?.signal(SIGCONT) }
}

/// What `changed` was told, one after the other.
struct StateChanges {
    let tell: @Sendable (Redis.State) -> Void
    private var states: AsyncStream<Redis.State>.Iterator

    init() {
        let (stream, continuation) = AsyncStream.makeStream(of: Redis.State.self)
        tell = { continuation.yield($0) }
        states = stream.makeAsyncIterator()
    }

    mutating func next() async -> Redis.State? { await states.next() }
}

extension Redis.State {
    var isConnected: Bool { if case .connected = self { true } else { false } }

    var reason: String? { if case .away(_, let reason) = self { reason } else { nil } }
}

extension RedisReply {
    var text: String? { if case .string(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil } }
}
