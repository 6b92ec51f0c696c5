import NIOHTTP1

/// What a client is told: a status and a line or a page of text.
struct WebResponse: Sendable, Equatable {
    let status: HTTPResponseStatus
    let text: String
    let contentType: String
    /// The methods that would have been right.
    let allowed: String?

    private init(_ status: HTTPResponseStatus, text: String, contentType: String, allowed: String? = nil) {
        self.status = status
        self.text = text
        self.contentType = contentType
        self.allowed = allowed
    }

    init(_ status: HTTPResponseStatus, _ line: String, allowed: String? = nil) {
        self.init(status, text: line + "\n", contentType: "text/plain; charset=utf-8", allowed: allowed)
    }

    static let notFound = WebResponse(.notFound, "not found")
    static let tooLarge = WebResponse(.payloadTooLarge, "too large")
    static let tooSlow = WebResponse(.requestTimeout, "too slow")

    static func wrongMethod(allowed: String) -> WebResponse {
        WebResponse(.methodNotAllowed, "only \(allowed)", allowed: allowed)
    }

    static func metrics(_ page: String) -> WebResponse {
        WebResponse(.ok, text: page, contentType: Metric.contentType)
    }

    func head(closing: Bool) -> HTTPResponseHead {
        var headers = HTTPHeaders([("Content-Type", contentType), ("Content-Length", "\(text.utf8.count)")])
        if let allowed { headers.add(name: "Allow", value: allowed) }
        if closing { headers.add(name: "Connection", value: "close") }
        return HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    }
}
