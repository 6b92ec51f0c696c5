/// The one door out: all HTTP goes through `send`. Tests replace that one closure.
package struct Client: Sendable {
    /// Answers whatever status came; throws a `Failure` when there is no answer.
    package let send: @Sendable (Request) async throws -> Response

    package init(send: @escaping @Sendable (Request) async throws -> Response) { self.send = send }
}

package struct Request: Sendable {
    package enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", delete = "DELETE" }

    package var method: Method
    /// May hold a secret (Telegram's token is a part of its path): never log it.
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]?
    /// For the whole exchange, from the look-up of the name to the last byte.
    package var timeout: Duration
    /// For the look-up of the name, the connection and the TLS handshake; a part of `timeout`.
    package var connectTimeout: Duration
    /// An answer larger than this is an error, not memory.
    package var responseLimit: Int

    package init(
        _ method: Method, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        timeout: Duration = .seconds(30), responseLimit: Int = 8 << 20, connectTimeout: Duration = .seconds(10)
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.responseLimit = responseLimit
    }
}

package struct Response: Sendable {
    package let status: Int
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of that name; case does not matter.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// Why there is no answer. Holds no URL: it may carry a token.
package struct Failure: Error, Sendable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// The connection failed before anything was sent: repeating is safe for every method.
        case unreachable
        /// Broken after the request was sent, or perhaps sent: the server may have acted on it.
        case broken
        case timedOut
        case tooLarge(limit: Int)
        /// The URL, a header, or the certificate: repeating does not help.
        case refused
    }

    package let kind: Kind
    /// The library's words, such as "Could not resolve host".
    package let description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
