/// What a stand-in answers, and how well it arrives.
package struct Answer: Sendable {
    package var status: Int
    package var headers: [(String, String)]
    package var body: [UInt8]
    package var delivery = Delivery.whole
    package var delay = Duration.zero

    package enum Delivery: Sendable, Hashable {
        case whole
        /// Half of the body, then the connection is dropped.
        case half
        /// The connection is dropped without a word.
        case none
    }

    init(_ status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    static func json(_ status: Int, _ value: JSON, headers: [(String, String)] = []) -> Answer {
        Answer(
            status, headers: [("Content-Type", "application/json; charset=utf-8")] + headers, body: value.bytes)
    }

    static func html(_ status: Int, _ text: String, headers: [(String, String)] = []) -> Answer {
        Answer(status, headers: [("Content-Type", "text/html; charset=utf-8")] + headers, body: Array(text.utf8))
    }
}
