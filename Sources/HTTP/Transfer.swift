import CCurl

/// One exchange: the request, the answer as it comes in, and who waits for it.
///
/// Lives on libcurl's thread; libcurl calls back into it with its address.
final class Transfer {
    /// Of all header lines of an answer, in bytes.
    private static let headerLimit = 256 << 10

    let request: Request
    let cancellation: Cancellation
    private let continuation: CheckedContinuation<Response, any Error>

    /// libcurl reads the list until the exchange is over.
    private var headerLines: UnsafeMutablePointer<curl_slist>?
    private let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var isFresh = false

    private var headers: [(name: String, value: String)] = []
    private var headerSize = 0
    private var areHeadersOver = false
    private var body: [UInt8] = []
    private var excess: Failure?

    init(_ request: Request, cancellation: Cancellation, continuation: CheckedContinuation<Response, any Error>) {
        self.request = request
        self.cancellation = cancellation
        self.continuation = continuation
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_slist_free_all(headerLines)
        message.deallocate()
    }

    /// Fits out a handle for this exchange. The caller keeps the transfer for as long as the handle is in use.
    func prepare(_ handle: UnsafeMutableRawPointer, settings: CurlSettings) throws(Failure) {
        var options = TransferOptions(handle: handle)
        headerLines = request.headerLines
        options.set(request, headerLines: headerLines)
        options.set(settings)
        options.set(errorMessage: message, callbackContext: Unmanaged.passUnretained(self).toOpaque())
        options.set(
            onHeader: { bytes, size, count, context in
                Transfer.of(context)?.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
            },
            onBody: { bytes, size, count, context in
                Transfer.of(context)?.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
            })
        self.handle = handle
        if let code = options.error { throw Failure(code, isSent: false, message: "", request: request) }
    }

    func fail(_ error: any Error) { continuation.resume(throwing: error) }

    func finish(_ handle: UnsafeMutableRawPointer, _ code: CURLcode) {
        if let excess { return fail(excess) }
        guard code == CURLE_OK else {
            var before: curl_off_t = 0
            curl_get_offset(handle, CURLINFO_PRETRANSFER_TIME_T, &before)
            return fail(Failure(code, isSent: before > 0, message: String(cString: message), request: request))
        }
        guard areHeadersOver else { return fail(Failure(.broken, "The answer ended within its headers")) }
        var status = 0
        curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        continuation.resume(returning: Response(status: status, headers: headers, body: body))
    }

    /// Whether the exchange failed only because a kept connection had died, and is now set to go over a new one.
    ///
    /// libcurl itself starts again when a kept connection ends without a byte of an answer. It does not when the
    /// connection dies under a body that takes several writes; the server then cannot have read the whole request.
    func mayStartAfresh(_ handle: UnsafeMutableRawPointer, after code: CURLcode) -> Bool {
        guard !isFresh, code == CURLE_SEND_ERROR, headerSize == 0 else { return false }
        var newConnections = 0
        curl_get_long(handle, CURLINFO_NUM_CONNECTS, &newConnections)
        guard newConnections == 0 else { return false }
        isFresh = true
        return curl_set_long(handle, CURLOPT_FRESH_CONNECT, 1) == CURLE_OK
    }

    // MARK: What libcurl calls

    private var handle: UnsafeMutableRawPointer?

    private static func of(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Takes one line. Returns its size, or 0 to end the exchange.
    private func receiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
        headerSize += line.count
        guard headerSize <= Self.headerLimit else { return refuse(limit: Self.headerLimit) }
        if line.starts(with: "HTTP/".utf8) {
            // An earlier block was provisional (100, 103).
            headers = []
            areHeadersOver = false
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")), !areHeadersOver {
            headers.append((Self.text(line[..<colon]), Self.text(line[(colon + 1)...])))
        } else {
            // After the empty line only trailers come, which nobody asked for.
            areHeadersOver = true
        }
        return line.count
    }

    /// Takes the next, decompressed bytes. Returns their number, or 0 to end the exchange.
    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        if body.isEmpty {
            var announced: curl_off_t = -1
            curl_get_offset(handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced)
            guard announced <= request.responseLimit else { return refuse(limit: request.responseLimit) }
            body.reserveCapacity(max(Int(announced), bytes.count))
        }
        guard body.count + bytes.count <= request.responseLimit else { return refuse(limit: request.responseLimit) }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    private func refuse(limit: Int) -> Int {
        excess = Failure(.tooLarge(limit: limit), "The answer is larger than \(limit) bytes")
        body = []
        return 0
    }

    private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
        guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(decoding: bytes[first...last], as: UTF8.self)
    }
}
