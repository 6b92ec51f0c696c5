import NIOCore
import NIOHTTP1

/// One client's connection: puts its requests together, one at a time, and holds it to the limits.
///
/// Stands behind NIO's pipeline handler, which gives it the next request only when the last one is answered.
final class Connection: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = WebRequest
    typealias OutboundIn = WebResponse
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        /// Nothing of the next request is there.
        case idle
        /// A head has begun, or should have.
        case head
        case body(Site.Page, limit: Int)
        /// The request is with the site.
        case answering
        /// Answered before its body was read, which is now read for nothing: a client that is still sending would see
        /// a broken connection instead of the answer.
        case refused
        /// Nothing more is taken.
        case closing
    }

    private let site: Site
    private let limits: Limits
    private let connections: Connections
    private var context: ChannelHandlerContext?
    private var state = State.head
    private var body = ByteBuffer()
    private var timer: Scheduled<Void>?
    /// Of the request that is being read or answered.
    private var closesAfterwards = false
    private var wantsNoBody = false
    /// Since when it keeps a place without giving us anything to do.
    private(set) var waitingSince: NIODeadline?

    init(site: Site, limits: Limits, connections: Connections) {
        self.site = site
        self.limits = limits
        self.connections = connections
    }

    /// Puts the parser and this before whoever answers.
    func install(in pipeline: ChannelPipeline.SynchronousOperations) throws {
        try pipeline.addHandler(FirstBytes { [weak self] in self?.bytesCame() })
        var head = NIOHTTPDecoderLimitConfiguration()
        head.maxHeaderFieldSize = 8 << 10
        head.maxHeaderListSize = 16 << 10
        head.maxHeaderFieldCount = 100
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: false, withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: head)
        try pipeline.addHandler(self)
    }

    /// Ends it whatever is under way.
    func close() {
        state = .closing
        context?.flush()  // An answer may just have been written.
        context?.close(promise: nil)
    }

    func closeWhenAnswered() {
        switch state {
        case .idle, .head: close()
        case .body, .answering, .refused, .closing: closesAfterwards = true
        }
    }

    // MARK: The connection

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        waitingSince = context.eventLoop.now
        limit(to: limits.headTime)
        connections.add(self)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        state = .closing
        timer?.cancel()
        connections.remove(self)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            // It has sent all it wants to; the answer is still owed.
            if case .answering = state { closesAfterwards = true } else { close() }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError {
            switch state {
            case .idle, .head, .body:
                wantsNoBody = false
                refuse(WebResponse(.badRequest, "not HTTP"), context)
            case .answering, .refused, .closing: break
            }
        }
        close()
    }

    // MARK: The request

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), state) {
        case (.head(let head), .idle), (.head(let head), .head):
            begin(head, context)
        case (.body(let bytes), .body(_, let limit)):
            guard body.readableBytes + bytes.readableBytes <= limit else { return refuse(.tooLarge, context) }
            body.writeImmutableBuffer(bytes)
        case (.end, .body(let page, _)):
            state = .answering
            timer?.cancel()
            let request = WebRequest(page: page, body: Array(buffer: body))
            body = ByteBuffer()
            context.fireChannelRead(wrapInboundOut(request))
        case (.end, .refused):
            if closesAfterwards { close() } else { wait(context) }
        default: break
        }
    }

    /// The first bytes of a head, of which the parser says nothing until it is complete.
    private func bytesCame() {
        guard case .idle = state else { return }
        state = .head
        limit(to: limits.headTime)
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        waitingSince = nil
        wantsNoBody = head.method == .HEAD
        // After an upgrade NIO's parser reads nothing more. HTTP/1.0 has no agreement on keeping connections.
        closesAfterwards = !head.isKeepAlive || head.version != .http1_1 || head.headers.contains(name: "Upgrade")
        limit(to: limits.bodyTime)
        switch site.admit(head.method, head.uri) {
        case .refused(let response):
            refuse(response, closing: head.hasBody, context)
        case .welcome(_, let limit) where limit == 0 ? head.hasBody : head.announcedLength > limit:
            refuse(.tooLarge, context)
        case .welcome(let page, let limit):
            state = .body(page, limit: limit)
            if head.expectsContinue {
                context.writeAndFlush(
                    wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
            }
        }
    }

    private func refuse(_ response: WebResponse, closing: Bool = true, _ context: ChannelHandlerContext) {
        closesAfterwards = closesAfterwards || closing
        state = .refused
        body = ByteBuffer()
        waitingSince = context.eventLoop.now
        send(response, promise: nil, context)
        context.flush()
    }

    // MARK: The answer

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .answering = state else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        let isLast = closesAfterwards
        // First, because the next request may come in the middle of `send`.
        if isLast { state = .closing } else { wait(context) }
        send(unwrapOutboundIn(data), promise: promise, context)
        if isLast { close() }
    }

    private func send(_ response: WebResponse, promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(response.head(closing: closesAfterwards))), promise: nil)
        if !wantsNoBody {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: response.text)))), promise: nil)
        }
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }

    // MARK: Time

    private func wait(_ context: ChannelHandlerContext) {
        state = .idle
        waitingSince = context.eventLoop.now
        limit(to: limits.idleTime)
    }

    private func limit(to time: Duration) {
        timer?.cancel()
        timer = context?.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) { [weak self] in
            self?.timeIsUp()
        }
    }

    private func timeIsUp() {
        // Before a head is complete there is nothing that an answer could belong to.
        if case .body = state, let context { refuse(.tooSlow, context) }
        close()
    }
}

extension HTTPRequestHead {
    fileprivate var announcedLength: Int { headers.first(name: "Content-Length").flatMap(Int.init) ?? 0 }
    fileprivate var hasBody: Bool { announcedLength > 0 || headers.contains(name: "Transfer-Encoding") }
    fileprivate var expectsContinue: Bool { headers.first(name: "Expect")?.lowercased() == "100-continue" }
}
