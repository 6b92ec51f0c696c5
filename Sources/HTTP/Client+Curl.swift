extension Client {
    /// HTTP by libcurl, on a thread of its own that ends with the client's last copy.
    ///
    /// Connections are kept and used again, HTTP/2 where the server offers it over TLS. Certificates are always
    /// verified. The proxy is what `https_proxy`, `http_proxy` and `no_proxy` say. Redirects are not followed: a token
    /// must not travel to where a server points. Bodies come decompressed, their headers as they were sent.
    ///
    /// `send` throws a `Failure`, or `CancellationError` when its task was cancelled, which ends the exchange at once.
    ///
    /// - Parameters:
    ///   - userAgent: what servers read in their logs.
    ///   - certificates: a PEM file with the authorities to trust instead of the system's.
    package static func curl(userAgent: String = "tipline", certificates: String? = nil) -> Client {
        let thread = CurlThread(settings: CurlSettings(userAgent: userAgent, certificates: certificates))
        return Client { try await thread.send($0) }
    }
}

/// What is the same for every exchange of a client.
struct CurlSettings: Sendable {
    let userAgent: String
    let certificates: String?
}
