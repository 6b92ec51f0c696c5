import CCurl

extension Failure {
    /// - Parameters:
    ///   - isSent: whether any of the request may have left; decides if repeating is safe.
    ///   - message: what libcurl says beyond the code; used only where it cannot hold the URL.
    init(_ code: CURLcode, isSent: Bool, message: String, request: Request) {
        let general = String(cString: curl_easy_strerror(code))
        let isTold = Self.areWordsHarmless(code) && !message.isEmpty && !request.isMentioned(in: message)
        self.init(Self.kind(code, isSent: isSent), isTold ? message : general)
    }

    private static func kind(_ code: CURLcode, isSent: Bool) -> Kind {
        // After sending, a "bad protocol" is a status line that is none.
        guard !isSent else { return code == CURLE_OPERATION_TIMEDOUT ? .timedOut : .broken }
        return switch code {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_UNKNOWN_OPTION, CURLE_NOT_BUILT_IN, CURLE_BAD_FUNCTION_ARGUMENT:
            .refused
        default: .unreachable
        }
    }

    /// Codes whose message names the host, the port, a time or the system's error, and nothing a server chose.
    private static func areWordsHarmless(_ code: CURLcode) -> Bool {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT,
            CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            true
        default: false
        }
    }
}

extension Request {
    /// Whether a text repeats a part of the URL beyond the host: a path may be a token, a user part a password.
    fileprivate func isMentioned(in text: String) -> Bool {
        var secret = url[...]
        if let scheme = url.firstRange(of: "://") { secret = url[scheme.upperBound...] }
        let hostEnd = secret.firstIndex { "/?#".contains($0) } ?? secret.endIndex
        let userEnd = secret[..<hostEnd].lastIndex(of: "@") ?? secret.startIndex
        let parts = [secret[..<userEnd], secret[hostEnd...]].flatMap { $0.split { "/?#&=:@".contains($0) } }
        return parts.contains { $0.utf8.count >= 4 && text.contains($0) }
    }
}
