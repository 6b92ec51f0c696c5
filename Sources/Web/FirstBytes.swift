import NIOCore

/// Stands before the parser and tells that bytes came.
final class FirstBytes: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let tell: () -> Void

    init(tell: @escaping () -> Void) { self.tell = tell }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        tell()
        context.fireChannelRead(data)
    }
}
