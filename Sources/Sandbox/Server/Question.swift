/// A request as a stand-in sees it.
package struct Question: Sendable {
    package let method: String
    /// Decoded, with its slash at the end if it had one.
    package let path: String
    package let query: [(name: String, value: String)]
    /// Path and query as they came.
    package let uri: String
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    package init(method: String, uri: String, headers: [(String, String)], body: [UInt8]) {
        let halves = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        self.uri = uri
        path = PercentCode.decoded(halves.first ?? "/")
        query = halves.count > 1 ? PercentCode.pairs(halves[1]) : []
        self.headers = headers.map { (name: $0.0, value: $0.1) }
        self.body = body
    }

    func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name.lowercased() == name }?.value
    }

    func values(_ name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }

    /// The last one counts, as in Django and in Telegram's server.
    func value(_ name: String) -> String? { values(name).last }
}

/// What addresses and forms are written in.
enum PercentCode {
    static func pairs(_ text: some StringProtocol) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { decoded($0, plusIsSpace: true) }
            return (name: halves[0], value: halves.count > 1 ? halves[1] : "")
        }
    }

    static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                if let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                    bytes.append(value)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(byte)
                }
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~": encoded.unicodeScalars.append(scalar)
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
