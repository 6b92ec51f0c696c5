import CCurl

/// Sets a handle's options and remembers the first that libcurl did not take.
struct TransferOptions {
    /// 16 KB, libcurl's default, means a round of its loop for each 16 KB of an answer.
    private static let receiveBufferSize = 256 << 10

    let handle: UnsafeMutableRawPointer
    private(set) var error: CURLcode?

    mutating func set(_ request: Request, headerLines: UnsafeMutablePointer<curl_slist>?) {
        note(request.url.withCString { curl_set_string(handle, CURLOPT_URL, $0) })
        note(curl_set_http_only(handle))
        switch (request.method, request.body) {
        case (.get, nil): note(curl_set_long(handle, CURLOPT_HTTPGET, 1))
        case (.delete, nil): note(curl_set_string(handle, CURLOPT_CUSTOMREQUEST, Request.Method.delete.rawValue))
        case (let method, let body): set(body: body ?? [], method: method)
        }
        note(curl_set_list(handle, CURLOPT_HTTPHEADER, headerLines))
        set(CURLOPT_TIMEOUT_MS, request.timeout)
        set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout)
    }

    mutating func set(_ settings: CurlSettings) {
        note(curl_set_string(handle, CURLOPT_USERAGENT, settings.userAgent))
        if let file = settings.certificates { note(curl_set_string(handle, CURLOPT_CAINFO, file)) }
        note(curl_set_long(handle, CURLOPT_SSL_VERIFYPEER, 1))
        note(curl_set_long(handle, CURLOPT_SSL_VERIFYHOST, 2))
        note(curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0))
        // Whatever the library can decompress.
        note(curl_set_string(handle, CURLOPT_ACCEPT_ENCODING, ""))
        note(curl_set_long(handle, CURLOPT_NOSIGNAL, 1))
        note(curl_set_long(handle, CURLOPT_TCP_NODELAY, 1))
        note(curl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1))
        note(curl_set_long(handle, CURLOPT_BUFFERSIZE, Self.receiveBufferSize))
        // A proxy's own answer is not the server's.
        note(curl_set_long(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1))
        note(curl_set_quick_exit(handle))
    }

    mutating func set(errorMessage: UnsafeMutablePointer<CChar>, callbackContext: UnsafeMutableRawPointer) {
        note(curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorMessage))
        note(curl_set_pointer(handle, CURLOPT_HEADERDATA, callbackContext))
        note(curl_set_pointer(handle, CURLOPT_WRITEDATA, callbackContext))
    }

    mutating func set(onHeader: curl_write_callback, onBody: curl_write_callback) {
        note(curl_set_callback(handle, CURLOPT_HEADERFUNCTION, onHeader))
        note(curl_set_callback(handle, CURLOPT_WRITEFUNCTION, onBody))
    }

    private mutating func set(body: [UInt8], method: Request.Method) {
        note(curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        // A copy: libcurl reads it later, and again when a kept connection turns out dead. No body must not be a null
        // pointer, which would mean standard input.
        body.withUnsafeBytes { bytes in
            note(
                bytes.isEmpty
                    ? curl_set_string(handle, CURLOPT_COPYPOSTFIELDS, "")
                    : curl_set_pointer(
                        handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress)))
        }
        if method != .post { note(curl_set_string(handle, CURLOPT_CUSTOMREQUEST, method.rawValue)) }
    }

    /// At least a millisecond: 0 would mean no limit.
    private mutating func set(_ option: CURLoption, _ limit: Duration) {
        let milliseconds = Int(max(1, min(limit / .milliseconds(1), Double(Int32.max))))
        note(curl_set_long(handle, option, milliseconds))
    }

    private mutating func note(_ code: CURLcode) {
        if error == nil, code != CURLE_OK { error = code }
    }
}

extension Request {
    /// The headers as libcurl wants them. The caller frees the list.
    var headerLines: UnsafeMutablePointer<curl_slist>? {
        // Without this a body waits a second for a "100 Continue" that many servers never send.
        var lines = curl_slist_append(nil, "Expect:")
        if !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            // Else it calls every body a form.
            lines = curl_slist_append(lines, "Content-Type:")
        }
        for (name, value) in headers {
            // "Name:" would take the header away, "Name;" sends it empty.
            let isBlank = value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            lines = curl_slist_append(lines, isBlank ? "\(name);" : "\(name): \(value)")
        }
        return lines
    }
}
