import Domain
import FoundationEssentials
import HTTP

/// Posts a method's parameters and reads Telegram's answer; the one place where the token is put into an address.
struct Door: Sendable {
    private let prefix: Secret
    private let http: Client

    init(base: String, token: Secret, http: Client) {
        prefix = Secret("\(base)/bot\(token.reveal())/")
        self.http = http
    }

    func call<Answer: Decodable>(_ method: String, _ parameters: some Encodable, _: Answer.Type) async throws -> Answer
    {
        try result(of: try await post(method, parameters))
    }

    /// Files take their time.
    func upload<Answer: Decodable>(_ method: String, _ form: MultipartForm, _: Answer.Type) async throws -> Answer {
        try result(of: try await post(method, form.bytes, type: form.contentType, timeout: .seconds(120)))
    }

    private func result<Answer: Decodable>(of body: [UInt8]) throws -> Answer {
        guard let answer = try? JSONDecoder().decode(Success<Answer>.self, from: Data(body)) else {
            throw BotAPIError.malformed
        }
        return answer.result
    }

    /// Returns the answer's body when Telegram said `ok`.
    func post(
        _ method: String, _ parameters: some Encodable, timeout: Duration = .seconds(30), responseLimit: Int = 8 << 20
    ) async throws -> [UInt8] {
        try await post(
            method, Array(try JSONEncoder().encode(parameters)), type: "application/json", timeout: timeout,
            responseLimit: responseLimit)
    }

    private func post(
        _ method: String, _ body: [UInt8], type: String, timeout: Duration, responseLimit: Int = 8 << 20
    ) async throws -> [UInt8] {
        let request = Request(
            .post, prefix.reveal() + method, headers: [("Content-Type", type)], body: body, timeout: timeout,
            responseLimit: responseLimit)
        let response: Response
        do {
            response = try await http.send(request)
        } catch let failure as Failure {
            let isUnsent = failure.kind == .unreachable || failure.kind == .refused
            throw BotAPIError.unreachable(failure.description, isUnsent: isUnsent)
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body)) else {
            // A proxy's page, or half an answer.
            switch response.status {
            case 429: throw BotAPIError.tooManyRequests(5)
            case 500...599: throw BotAPIError.server(response.status)
            default: throw BotAPIError.malformed
            }
        }
        guard answer.ok else { throw answer.error(status: response.status) }
        return response.body
    }

    private struct Success<Result: Decodable>: Decodable { let result: Result }

    private struct Answer: Decodable {
        let ok: Bool
        let error_code: Int?
        let description: String?
        let parameters: Parameters?

        struct Parameters: Decodable {
            let retry_after: Int?
            let migrate_to_chat_id: Int64?
        }

        func error(status: Int) -> BotAPIError {
            let words = description ?? ""
            if let seconds = parameters?.retry_after { return .tooManyRequests(seconds) }
            if let chat = parameters?.migrate_to_chat_id { return .migrated(chat) }
            switch error_code ?? status {
            case 401, 404: return .unauthorized
            case 403: return .forbidden(words)
            case 409: return .conflict
            case 429: return .tooManyRequests(5)
            case 500...599: return .server(error_code ?? status)
            default: return Self.refusal(words)
            }
        }

        /// Telegram has one code for everything else; these four texts are the ones that can be relied on.
        private static func refusal(_ words: String) -> BotAPIError {
            if words.contains("can't parse entities") { return .unparseable }
            if words.contains("message thread not found") || words.contains("TOPIC_CLOSED") { return .topicGone }
            if words.contains("message to edit not found") || words.contains("message to delete not found") {
                return .messageGone
            }
            return .refused(words)
        }
    }
}
