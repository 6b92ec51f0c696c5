import Hummingbird
import Logging

/// How a stand-in server runs: on loopback, for as long as its task lives.
package enum StandIn {
    /// Serves until the task is cancelled; tells the port as soon as it listens, one the kernel picks when it is 0.
    package static func serve(
        port: Int = 0, listening: @escaping @Sendable (Int) async -> Void,
        answering: @escaping @Sendable (Question) async -> Answer
    ) async throws {
        var quiet = Logger(label: "sandbox")
        quiet.logLevel = .critical
        let responder = CallbackResponder<Line> { request, line in
            var request = request
            let body = try await request.collectBody(upTo: mostBytes)
            let question = Question(
                method: request.method.rawValue, uri: request.head.path ?? "/",
                headers: request.headers.map { ($0.name.rawName, $0.value) }, body: Array(body.readableBytesView))
            return await answering(question).response(hangUp: line.hangUp)
        }
        let server = Application(
            responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in await listening(channel.localAddress?.port ?? port) }, logger: quiet)
        try await server.run()
    }

    /// What a real server of this kind takes: an upload to Telegram may have 50 MB.
    private static let mostBytes = 64 << 20
}

/// One connection, which a stand-in may drop to play a broken network.
private struct Line: RequestContext {
    var coreContext: CoreRequestContextStorage
    let hangUp: @Sendable () -> Void

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        let channel = source.channel
        hangUp = { channel.close(promise: nil) }
    }
}

extension Answer {
    fileprivate func response(hangUp: @escaping @Sendable () -> Void) async -> Response {
        if delay > .zero { try? await Task.sleep(for: delay) }
        var fields = HTTPFields()
        for (name, value) in headers {
            guard let name = HTTPFields.Element.Name(name) else { continue }
            fields.append(HTTPFields.Element(name: name, value: value))
        }
        let whole = ByteBuffer(bytes: body)
        let content: ResponseBody
        switch delivery {
        case .whole: content = ResponseBody(byteBuffer: whole)
        case .half:
            content = ResponseBody(contentLength: body.count) { writer in
                try await writer.write(ByteBuffer(bytes: body.prefix(body.count / 2)))
                hangUp()
            }
        case .none:
            hangUp()
            content = ResponseBody()
        }
        return Response(status: .init(code: status), headers: fields, body: content)
    }
}
