import Domain
import Foundation
import GlitchTip
import HTTP

/// The requests that were made, in order.
actor RequestLog {
    private(set) var requests: [Request] = []

    func append(_ request: Request) -> Int {
        requests.append(request)
        return requests.count
    }
}

extension GlitchTipAPI {
    static let token = "5ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7e75ec7"

    /// The API before a server that answers what a test says. `answer` gets the request and its number, from 1.
    init(
        log: RequestLog = RequestLog(),
        answer: @escaping @Sendable (_ request: Request, _ number: Int) throws -> Response
    ) {
        self.init(
            base: "http://127.0.0.1:18000", token: Secret(Self.token), organization: "admin-ai",
            http: Client { request in try answer(request, await log.append(request)) })
    }

    /// The API before a server that always answers as recorded.
    init(recording: String, log: RequestLog = RequestLog()) throws {
        let response = try Recording.named(recording).response
        self.init(log: log) { _, _ in response }
    }

    /// The API before a server that always answers with this JSON.
    init(json: String, log: RequestLog = RequestLog()) {
        self.init(log: log) { _, _ in .json(json) }
    }
}

extension Response {
    static func json(_ text: String, status: Int = 200, headers: [(name: String, value: String)] = []) -> Response {
        let type = (name: "Content-Type", value: "application/json; charset=utf-8")
        return Response(status: status, headers: [type] + headers, body: Array(text.utf8))
    }
}

extension Request {
    var path: String { URLComponents(string: url)?.percentEncodedPath ?? "" }

    /// Decoded, as the server reads it.
    func parameters(_ name: String) -> [String] {
        (URLComponents(string: url)?.queryItems ?? []).filter { $0.name == name }.map { $0.value ?? "" }
    }

    var bodyText: String { String(decoding: body ?? [], as: UTF8.self) }
}

extension Date {
    static func utc(_ seconds: Int) -> Date { Date(timeIntervalSince1970: Double(seconds)) }

    var milliseconds: Int { Int((timeIntervalSince1970 * 1000).rounded()) }
}
