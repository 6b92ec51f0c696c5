import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// `GET /N` answers with N bytes. Prints its port, then serves until it is killed.
final class Answer: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private var body = ByteBuffer()
    private var head = HTTPResponseHead(version: .http1_1, status: .ok)

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request):
            let size = Int(request.uri.dropFirst()) ?? 0
            guard body.readableBytes != size || head.headers.isEmpty else { return }
            body = ByteBuffer(repeating: UInt8(ascii: "x"), count: size)
            head.headers = ["content-type": "application/json", "content-length": "\(size)"]
        case .body: break
        case .end:
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}

let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
let server = try await ServerBootstrap(group: group)
    .serverChannelOption(.backlog, value: 256)
    .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            try channel.pipeline.syncOperations.addHandler(Answer())
        }
    }
    .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    // A whole answer in one write: the server must not be what is measured.
    .childChannelOption(.socketOption(.so_sndbuf), value: 1 << 20)
    .bind(host: "127.0.0.1", port: 0).get()
print(server.localAddress?.port ?? 0)
// Who reads the port reads from a pipe, which is not written to line by line.
fflush(nil)
try await server.closeFuture.get()
