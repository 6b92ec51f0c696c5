import Hummingbird
import Logging

/// How a stand-in server runs: on loopback, for as long as its task lives.
package enum StandIn {
    /// Serves until the task is cancelled; tells the port as soon as it listens, one the kernel picks when it is 0.
    package static func serve(
        _ router: Router<BasicRequestContext>, port: Int = 0, listening: @escaping @Sendable (Int) async -> Void
    ) async throws {
        var quiet = Logger(label: "sandbox")
        quiet.logLevel = .error
        let server = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in await listening(channel.localAddress?.port ?? port) }, logger: quiet)
        try await server.run()
    }
}
