import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

// `webhooks-telegram all|half`: takes every message, or answers each second one "Too Many Requests". Prints its port, then
// serves until it is killed. `GET /` tells how many messages it took.
let takesHalf = CommandLine.arguments.dropFirst().first == "half"
let taken = Atomic(0)
let asked = Atomic(0)

final class Answer: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private var isMessage = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let request): isMessage = request.method == .POST
        case .body: break
        case .end: answer(context)
        }
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard isMessage else { return send(.ok, "\(taken.load(ordering: .relaxed))\n", context) }
        let number = asked.add(1, ordering: .relaxed).newValue
        guard !takesHalf || number.isMultiple(of: 2) else {
            return send(
                .tooManyRequests,
                #"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}"#,
                context)
        }
        taken.add(1, ordering: .relaxed)
        send(.ok, #"{"ok":true,"result":{"message_id":\#(number),"date":1700000000,"chat":{"id":-1001}}}"#, context)
    }

    private func send(_ status: HTTPResponseStatus, _ text: String, _ context: ChannelHandlerContext) {
        let headers: HTTPHeaders = ["content-type": "application/json", "content-length": "\(text.utf8.count)"]
        context.write(wrapOutboundOut(.head(.init(version: .http1_1, status: status, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}

let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
    .serverChannelOption(.backlog, value: 1024)
    .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            try channel.pipeline.syncOperations.addHandler(Answer())
        }
    }
    .bind(host: "127.0.0.1", port: 0).get()
print(server.localAddress?.port ?? 0)
// Who reads the port reads from a pipe, which is not written to line by line.
fflush(nil)
try await server.closeFuture.get()
