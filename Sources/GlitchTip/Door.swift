import Domain
import FoundationEssentials
import HTTP

/// Sends requests to GlitchTip and sorts its answers: the one place that knows its statuses and its token.
struct Door: Sendable {
    let base: String
    private let token: Secret
    private let http: Client

    init(base: String, token: Secret, http: Client) {
        self.base = base
        self.token = token
        self.http = http
    }

    func get<Answer: Decodable>(_ path: String, _ query: [(String, String)] = [], as _: Answer.Type) async throws
        -> Answer
    {
        try decode(try await send(.get, path, query), path)
    }

    func write<Answer: Decodable>(
        _ method: Request.Method, _ path: String, _ body: some Encodable, as _: Answer.Type
    ) async throws -> Answer {
        try decode(try await send(method, path, body: Array(try JSONEncoder().encode(body))), path)
    }

    func decode<Answer: Decodable>(_ response: Response, _ path: String) throws -> Answer {
        do {
            return try WireDate.decoder.decode(Answer.self, from: Data(response.body))
        } catch {
            throw GlitchTipError.malformed(path)
        }
    }

    /// Answers a response that is JSON and a success; throws a `GlitchTipError` for anything else.
    func send(
        _ method: Request.Method, _ path: String, _ query: [(String, String)] = [], body: [UInt8]? = nil
    ) async throws -> Response {
        var headers = [("Authorization", "Bearer \(token.reveal())"), ("Accept", "application/json")]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        let response: Response
        do {
            response = try await http.send(
                Request(method, base + path + Self.text(of: query), headers: headers, body: body))
        } catch let failure as Failure {
            if case .tooLarge = failure.kind { throw GlitchTipError.tooLarge }
            throw GlitchTipError.unreachable(failure.description)
        }
        return try checked(response, isWrite: method != .get)
    }

    private func checked(_ response: Response, isWrite: Bool) throws -> Response {
        if GlitchTipAPI.knowsNoToken(response) { throw GlitchTipError.unauthorized }
        let isJSON = Self.isJSON(response)
        switch response.status {
        case 200..<300:
            guard isJSON || response.status == 204 else { throw GlitchTipError.notGlitchTip }
            return response
        case 401: throw GlitchTipError.notGlitchTip
        // HTML is its word for a bad path.
        case 403: throw isJSON ? GlitchTipError.forbidden : GlitchTipError.notGlitchTip
        case 404: throw isJSON ? GlitchTipError.notFound : GlitchTipError.notGlitchTip
        case 300..<400, 405: throw GlitchTipError.notGlitchTip
        case 429: throw GlitchTipError.busy
        case 502...504: throw GlitchTipError.busy
        case 500...599: throw GlitchTipError.server(response.status)
        default: throw GlitchTipError.refused(response.status)
        }
    }

    static func isJSON(_ response: Response) -> Bool {
        response.header("Content-Type")?.lowercased().contains("json") ?? false
    }

    private static func text(of query: [(String, String)]) -> String {
        guard !query.isEmpty else { return "" }
        return "?" + query.map { "\(escape($0))=\(escape($1))" }.joined(separator: "&")
    }

    /// Everything but letters, digits and `-._~`: a `+` or `&` in a title is text.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return escaped
    }
}
