import FoundationEssentials

@testable import Sandbox

/// One call that was recorded from a real GlitchTip.
struct ReplayedCall: Sendable, CustomStringConvertible {
    let name: String
    let question: Question
    let status: Int
    let contentType: String
    let link: String?
    let allowed: String?
    /// Nil when the answer was no JSON.
    let body: JSON?

    var description: String { name }

    private static let folder: String = {
        let here = #filePath
        return here.prefix(upTo: here.lastIndex(of: "/") ?? here.startIndex) + "/../Recordings"
    }()

    /// All of them but the webhooks, which are requests of GlitchTip's own.
    static let all: [ReplayedCall] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().filter { !$0.hasPrefix("10-webhook") }.compactMap { ReplayedCall("\(folder)/\($0)") }
    }()

    /// The body of a request that GlitchTip made.
    static func webhook(_ name: String) -> JSON? {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name).json") else { return nil }
        return try? JSON(parsing: Array(data))["body"]
    }

    static func named(_ name: String) -> ReplayedCall? { all.first { $0.name == name } }

    private init?(_ path: String) {
        guard let data = FileManager.default.contents(atPath: path), let file = try? JSON(parsing: Array(data)),
            let request = file["request"], let response = file["response"], let name = file["name"]?.string,
            let method = request["method"]?.string, let uri = request["path"]?.string,
            let status = response["status"]?.int
        else { return nil }
        var headers = (request["headers"]?.object ?? [:]).map { ($0.key, $0.value.string ?? "") }
        if !headers.contains(where: { $0.0 == "Host" }) { headers.append(("Host", "127.0.0.1:18000")) }
        let sent: [UInt8] =
            switch request["body"] {
            case nil, .null: []
            case .string(let text): Array(text.utf8)
            case .some(let body): body.bytes
            }
        self.name = name
        question = Question(method: method, uri: uri, headers: headers, body: sent)
        self.status = status
        contentType = response["headers"]?["Content-Type"]?.string ?? ""
        link = response["headers"]?["Link"]?.string
        allowed = response["headers"]?["Allow"]?.string
        body = response["body"].map(Self.withoutNotes)
    }

    /// A list that was cut has a note at its end, a string among objects.
    private static func withoutNotes(_ body: JSON) -> JSON {
        guard let rows = body.array, rows.contains(where: { $0.object != nil }) else { return body }
        return .array(rows.filter { $0.object != nil })
    }
}
