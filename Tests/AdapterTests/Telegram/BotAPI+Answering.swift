import Domain
import Foundation
import HTTP
import Telegram

extension BotAPI {
    static let token = "7210000001:AAH-not-a-real-token-0123456789abcdefg"

    /// The API before a Telegram that answers what a test says. `answer` gets the request and its number, from 1.
    init(
        log: RequestLog = RequestLog(),
        answer: @escaping @Sendable (_ request: Request, _ number: Int) throws -> Response
    ) {
        self.init(
            base: "https://api.telegram.org", token: Secret(Self.token),
            http: Client { request in try answer(request, await log.append(request)) })
    }

    /// The API before a Telegram that always refuses with these words.
    init(refusing description: String, code: Int = 400, parameters: String? = nil) {
        let more = parameters.map { #","parameters":\#($0)"# } ?? ""
        self.init { _, _ in
            .json(#"{"ok":false,"error_code":\#(code),"description":"\#(description)"\#(more)}"#, status: code)
        }
    }
}

extension Request {
    var telegramMethod: String { url.split(separator: "/").last.map(String.init) ?? "" }
}
