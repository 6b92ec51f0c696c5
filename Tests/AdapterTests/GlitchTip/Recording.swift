// For `Bundle` and `JSONSerialization`.
import Foundation
import HTTP
import Testing

/// One call to a real GlitchTip 5.2, or a webhook that it sent; see `Recordings/`.
struct Recording: Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    /// With the query.
    let path: String
    let status: Int
    let headers: [(name: String, value: String)]
    /// What GlitchTip sent: the answer's body, or the webhook's.
    let body: [UInt8]

    var testDescription: String { name }
    var response: Response { Response(status: status, headers: headers, body: body) }
    var text: String { String(decoding: body, as: UTF8.self) }

    /// Those whose names begin so, by name. Tests say how many they want, so that none is missed.
    static func all(_ prefix: String) -> [Recording] { everything.filter { $0.name.hasPrefix(prefix) } }

    private static let everything: [Recording] = {
        guard let folder = Bundle.module.url(forResource: "Recordings", withExtension: nil),
            let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        else { return [] }
        return files.sorted().compactMap { Recording(folder.appending(path: $0)) }
    }()

    static func named(_ name: String) throws -> Recording {
        guard let recording = everything.first(where: { $0.name == name }) else { throw Missing(name: name) }
        return recording
    }

    struct Missing: Error { let name: String }

    private init?(_ file: URL) {
        guard let data = try? Data(contentsOf: file),
            let call = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { return nil }
        let request = call["request"] as? [String: Any] ?? call
        guard let method = request["method"] as? String, let path = request["path"] as? String else { return nil }
        let response = call["response"] as? [String: Any] ?? ["body": call["body"] as Any]
        name = String(file.lastPathComponent.dropLast(".json".count))
        self.method = method
        self.path = path
        status = response["status"] as? Int ?? 0
        headers = (response["headers"] as? [String: String] ?? [:]).map { ($0.key, $0.value) }
        if let text = response["text"] as? String {
            body = Array(text.utf8)
        } else if let value = response["body"], !(value is NSNull),
            let json = try? JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)
        {
            body = Array(json)
        } else {
            body = []
        }
    }
}
