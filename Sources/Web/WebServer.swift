import Domain
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

/// The bot's own HTTP server: takes in webhooks, says how the bot is.
///
/// On NIO alone and not on Hummingbird, which tells neither HTTP/1.0 from 1.1 nor when a head began, and reads a body to its
/// end before it lets go of a client that was refused. It all runs on one event loop; waiting for the ledger is done
/// in tasks.
package struct WebServer: Sendable {
    /// The address cannot be had.
    package struct Failure: Error, CustomStringConvertible {
        package let address: Address
        /// Plain words that follow the address: "is taken by another program".
        package let description: String
    }

    private let address: Address
    private let limits: Limits
    private let site: Site
    private let log: Logger

    /// - Parameter secret: the last part of the webhook's path; without one there is no webhook.
    /// - Parameter accept: writes a webhook's body down; what it throws is answered 503.
    /// - Parameter readiness: our neighbours, each with what is wrong if anything is.
    package init(
        listen address: Address, secret: Secret?, limits: Limits = Limits(),
        accept: @escaping @Sendable ([UInt8]) async throws -> Void,
        readiness: @escaping @Sendable () async -> [(name: String, trouble: String?)],
        metrics: @escaping @Sendable () async throws -> [Metric], log: Logger
    ) {
        self.address = address
        self.limits = limits
        self.log = log
        site = Site(
            secret: secret, bodyLimit: limits.body, accept: accept, readiness: readiness, metrics: metrics, log: log)
    }

    /// Serves until cancelled; then the requests under way are finished. Throws a `Failure` when it cannot listen.
    ///
    /// - Parameter listening: told the port, once.
    package func run(listening: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        let (stop, stopping) = AsyncStream.makeStream(of: Never.self)
        try await withTaskCancellationHandler {
            // A task of its own, awaited at once: cancellation must not reach the requests under way.
            try await Task { try await serve(until: stop, listening) }.value
        } onCancel: {
            stopping.finish()
        }
    }

    private func serve(until stop: AsyncStream<Never>, _ listening: @Sendable (Int) async -> Void) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let connections = NIOLoopBoundBox.makeBoxSendingValue(Connections(limit: limits.connections), eventLoop: loop)
        let server = try await listen(on: loop, connections)
        let port = server.channel.localAddress?.port ?? address.port
        log.notice("listening for HTTP", metadata: ["address": "\(Address(host: address.host, port: port))"])
        await listening(port)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await answer(server) }
            group.addTask {
                for await _ in stop {}
                server.channel.close(promise: nil)
                loop.execute { connections.value.closeWhenAnswered() }
                try await Task.sleep(for: limits.drainTime)
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    // MARK: Listening

    private typealias Client = NIOAsyncChannel<WebRequest, WebResponse>

    private func listen(on loop: any EventLoop, _ connections: NIOLoopBoundBox<Connections>) async throws
        -> NIOAsyncChannel<Client, Never>
    {
        do {
            return try await ServerBootstrap(group: loop)
                .serverChannelOption(.backlog, value: 256)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .bind(host: address.host, port: address.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try Connection(site: site, limits: limits, connections: connections.value)
                            .install(in: channel.pipeline.syncOperations)
                        return try Client(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            throw Failure(address: address, description: Self.explain(error))
        }
    }

    private static func explain(_ error: any Error) -> String {
        if error is SocketAddressError.UnknownHost { return "names a host that this machine does not know" }
        return switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: "is taken by another program"
        case EADDRNOTAVAIL: "is not an address of this machine"
        case EACCES: "needs more rights: ports below 1024 are not for everybody"
        default: "cannot be listened on: \(error)"
        }
    }

    // MARK: Answering

    private func answer(_ server: NIOAsyncChannel<Client, Never>) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            try await server.executeThenClose { clients in
                for try await client in clients {
                    group.addTask { await answer(client) }
                }
            }
        }
    }

    private func answer(_ client: Client) async {
        do {
            try await client.executeThenClose { requests, answers in
                for try await request in requests { try await answers.write(await site.answer(request)) }
            }
        } catch {
            // The client went away, or broke a rule and was cut off: there is nobody to tell.
        }
    }
}
