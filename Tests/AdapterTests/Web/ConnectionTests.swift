import Domain
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import Web

/// One connection without a socket, under the limits in use, with a clock that the test turns.
@Suite struct ConnectionTests {
    private static let head = "POST /webhooks/glitchtip/\(TestServer.secret) HTTP/1.1\r\nHost: a\r\n"
    private static let alert = head + "Content-Length: 2\r\n\r\n{}"

    private let connections = Connections(limit: 3)
    private let loop = EmbeddedEventLoop()

    private func connect() throws -> EmbeddedChannel {
        let site = Site(
            secret: Secret(TestServer.secret), bodyLimit: 1 << 20, accept: { _ in }, readiness: { [] }, metrics: { [] },
            log: LogLines().logger)
        let channel = EmbeddedChannel(handler: nil, loop: loop)
        try Connection(site: site, limits: Limits(), connections: connections).install(
            in: channel.pipeline.syncOperations)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func send(_ text: String, to channel: EmbeddedChannel) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    /// An alert and its answer.
    private func exchange(_ channel: EmbeddedChannel) throws {
        try send(Self.alert, to: channel)
        _ = try #require(try channel.readInbound(as: WebRequest.self))
        try channel.writeOutbound(WebResponse(.ok, "ok"))
        #expect(try output(channel).hasPrefix("HTTP/1.1 200 OK\r\n"))
    }

    private func output(_ channel: EmbeddedChannel) throws -> String {
        var text = ""
        while let bytes = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: bytes) }
        return text
    }

    private func pass(_ time: TimeAmount) { loop.advanceTime(by: time) }

    // MARK: Time

    @Test(arguments: ["", "P", head])
    func `a head has ten seconds`(start: String) throws {
        let channel = try connect()
        try send(start, to: channel)
        pass(.milliseconds(9_999))
        #expect(channel.isActive)
        pass(.milliseconds(1))
        #expect(!channel.isActive)
        #expect(try output(channel).isEmpty)
    }

    @Test func `however it drips`() throws {
        let channel = try connect()
        for byte in Self.head.prefix(9) {
            try send(String(byte), to: channel)
            pass(.seconds(1))
            #expect(channel.isActive)
        }
        try send("x", to: channel)
        pass(.seconds(1))
        #expect(!channel.isActive)
    }

    @Test func `a body has fifteen seconds more`() throws {
        let channel = try connect()
        pass(.seconds(9))
        try send(Self.head + "Content-Length: 16\r\n\r\n{}", to: channel)
        for _ in 0..<14 {
            pass(.seconds(1))
            try send(" ", to: channel)
        }
        #expect(try channel.readInbound(as: WebRequest.self)?.body.count == 16)
    }

    /// The extension of a chunk may be as long as it likes, and who reads the body hears nothing of it.
    @Test func `a chunk does not get more by what it says about itself`() throws {
        let channel = try connect()
        try send(Self.head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n1;", to: channel)
        for _ in 0..<14 {
            pass(.seconds(1))
            try send("x", to: channel)
        }
        #expect(channel.isActive)
        pass(.seconds(1))
        #expect(!channel.isActive)
    }

    @Test func `silence in a body is told so and cut off`() throws {
        let channel = try connect()
        try send(Self.head + "Content-Length: 9\r\n\r\n{}", to: channel)
        pass(.milliseconds(14_999))
        #expect(channel.isActive)
        pass(.milliseconds(1))
        #expect(!channel.isActive)
        #expect(
            try output(channel) == """
                HTTP/1.1 408 Request Timeout\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Length: 9\r
                Connection: close\r
                \r
                too slow

                """)
        #expect(try channel.readInbound(as: WebRequest.self) == nil)
    }

    @Test func `an answer takes as long as it takes`() throws {
        let channel = try connect()
        try send(Self.alert, to: channel)
        pass(.hours(1))
        #expect(channel.isActive)
        _ = try channel.readInbound(as: WebRequest.self)
        try channel.writeOutbound(WebResponse(.ok, "ok"))
        #expect(try output(channel).hasSuffix("ok\n"))
    }

    @Test func `a kept connection may be silent for longer, but then a head has its ten seconds`() throws {
        let channel = try connect()
        for _ in 0..<3 {
            try exchange(channel)
            pass(.seconds(149))
        }
        try exchange(channel)
        pass(.seconds(140))
        try send("P", to: channel)
        pass(.milliseconds(9_999))
        #expect(channel.isActive)
        pass(.milliseconds(1))
        #expect(!channel.isActive)
    }

    @Test func `but not for ever`() throws {
        let channel = try connect()
        try exchange(channel)
        pass(.seconds(149))
        #expect(channel.isActive)
        pass(.seconds(1))
        #expect(!channel.isActive)
    }

    @Test func `who was refused may end what it sends, within the time for a body`() throws {
        for (rest, isInTime) in [("xx", true), ("x", false)] {
            let channel = try connect()
            try send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nxxx", to: channel)
            #expect(try output(channel).hasPrefix("HTTP/1.1 404 Not Found\r\n"))
            pass(.milliseconds(14_999))
            #expect(channel.isActive)
            try send(rest, to: channel)
            #expect(channel.isActive == !isInTime)
            pass(.milliseconds(1))
            #expect(!channel.isActive)
        }
    }

    @Test func `a refused request without a body leaves the connection as it was`() throws {
        let channel = try connect()
        try send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n", to: channel)
        #expect(try output(channel).hasPrefix("HTTP/1.1 404 Not Found\r\n"))
        pass(.seconds(149))
        try exchange(channel)
    }

    // MARK: Crowds

    @Test func `the one that waits longest makes room, whatever it waits with`() throws {
        let silent = try connect()
        pass(.seconds(1))
        let dripping = try connect()
        try send(Self.head, to: dripping)
        pass(.seconds(1))
        let refused = try connect()
        try send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", to: refused)
        for channel in [silent, dripping, refused] {
            #expect(channel.isActive)
            pass(.seconds(1))
            _ = try connect()
            #expect(!channel.isActive)
        }
    }

    @Test func `who sends a body with the secret, or is being answered, is not pushed out`() throws {
        let sending = try connect()
        try send(Self.head + "Content-Length: 5\r\n\r\n", to: sending)
        let answered = try connect()
        try send(Self.alert, to: answered)
        let kept = try connect()
        try exchange(kept)
        let newcomer = try connect()
        #expect(!kept.isActive)
        try send(Self.alert, to: newcomer)
        #expect(try !connect().isActive)
        for channel in [sending, answered, newcomer] { #expect(channel.isActive) }
    }

    @Test func `a place that was left is free`() throws {
        let kept = try connect()
        try exchange(kept)
        for _ in 0..<10 {
            let channel = try connect()
            try exchange(channel)
            try channel.close().wait()
        }
        #expect(kept.isActive)
    }

    @Test func `at the end each finishes the request it is at`() throws {
        let silent = try connect()
        let sending = try connect()
        try send(Self.head + "Content-Length: 2\r\n\r\n", to: sending)
        let answered = try connect()
        try send(Self.alert + Self.alert, to: answered)
        connections.closeWhenAnswered()

        #expect(!silent.isActive)
        try send("{}", to: sending)
        for channel in [sending, answered] {
            _ = try #require(try channel.readInbound(as: WebRequest.self))
            try channel.writeOutbound(WebResponse(.ok, "ok"))
            #expect(try output(channel).contains("Connection: close\r\n"))
            #expect(!channel.isActive)
            #expect(try channel.readInbound(as: WebRequest.self) == nil)
        }
        #expect(try !connect().isActive)
    }
}
