import NIOCore
import NIOPosix

/// A client that sends exactly the bytes a test says, right or wrong, and shows what comes back.
///
/// Used by one task only.
final class RawClient {
    struct Answer: Equatable {
        let status: Int
        let headers: [String: String]
        let text: String
    }

    private let channel: any Channel
    private var incoming: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outgoing: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received: [UInt8] = []

    private init(
        _ channel: any Channel, _ incoming: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outgoing: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.channel = channel
        self.incoming = incoming.makeAsyncIterator()
        self.outgoing = outgoing
    }

    /// Connects, and closes when the body is done.
    static func to<T>(_ port: Int, _ body: (RawClient) async throws -> sending T) async throws -> sending T {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { incoming, outgoing in
            try await body(RawClient(channel.channel, incoming, outgoing))
        }
    }

    /// One request in one piece; everything that comes back until the server closes.
    static func ask(_ port: Int, _ request: String) async throws -> String {
        try await to(port) { client in
            await client.send(request)
            return await client.rest()
        }
    }

    /// False when the server has closed.
    @discardableResult
    func send(_ text: String) async -> Bool { await send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) async -> Bool {
        do {
            try await outgoing.write(ByteBuffer(bytes: bytes))
            return channel.isActive
        } catch {
            return false
        }
    }

    /// Nothing more is sent; answers still come.
    func closeOutput() async throws { try await channel.close(mode: .output).get() }

    /// One byte after the other, for as long as the server lets it. True when it was cut off.
    func dribble(_ text: String, pause: Duration = .milliseconds(5)) async throws -> Bool {
        for byte in text.utf8 {
            guard await send([byte]) else { return true }
            try await Task.sleep(for: pause)
        }
        return false
    }

    /// The next answer, nil when the server closed before it was complete.
    func answer() async -> Answer? {
        while true {
            if let (answer, length) = Self.parse(received) {
                received.removeFirst(length)
                return answer
            }
            guard await receive() else { return nil }
        }
    }

    /// All that comes until the server closes.
    func rest() async -> String {
        while await receive() {}
        return String(decoding: received, as: UTF8.self)
    }

    private func receive() async -> Bool {
        do {
            guard let bytes = try await incoming.next() else { return false }
            received += bytes.readableBytesView
            return true
        } catch {
            return false  // A reset is a close too.
        }
    }

    /// The answers to HEAD cannot be read by this.
    private static func parse(_ bytes: [UInt8]) -> (Answer, length: Int)? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        let headers = lines.dropFirst().reduce(into: [String: String]()) { headers, line in
            let parts = line.split(separator: ": ", maxSplits: 1)
            headers[parts[0].lowercased()] = String(parts.last ?? "")
        }
        let head = text[..<end.upperBound].utf8.count
        let length = head + (headers["content-length"].flatMap { Int($0) } ?? 0)
        guard bytes.count >= length, let status = lines.first?.split(separator: " ").dropFirst().first else {
            return nil
        }
        let body = String(decoding: bytes[head..<length], as: UTF8.self)
        return (Answer(status: Int(status) ?? 0, headers: headers, text: body), length)
    }
}
