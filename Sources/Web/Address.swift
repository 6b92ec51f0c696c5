/// Where the server listens: `127.0.0.1:8086`, `[::1]:8086`, `localhost:8086`, or `:8086` for all of the machine's
/// IPv4 addresses.
package struct Address: Sendable, Hashable, CustomStringConvertible {
    package let host: String
    /// Zero when the kernel may pick one.
    package let port: Int

    /// For this machine only: a reverse proxy stands before it.
    package static let standard = Address(host: "127.0.0.1", port: 8086)

    /// Words that follow the name of a variable: "has no port".
    package struct Mistake: Error, CustomStringConvertible {
        package let description: String
    }

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    package init(text: String) throws(Mistake) {
        guard !text.contains("/") else { throw Mistake(description: "is not of the form host:port") }
        guard let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") else {
            throw Mistake(description: "has no port")
        }
        let digits = text[text.index(after: colon)...]
        guard digits.allSatisfy(\.isASCII), let port = UInt16(digits), !digits.hasPrefix("+") else {
            throw Mistake(description: "has no port between 0 and 65535")
        }
        self.init(host: try Self.host(text[..<colon]), port: Int(port))
    }

    private static func host(_ text: Substring) throws(Mistake) -> String {
        if text.isEmpty { return "0.0.0.0" }
        if text.hasPrefix("[") {
            let inner = text.dropFirst().dropLast()
            guard text.hasSuffix("]"), inner.contains(":"),
                inner.allSatisfy({ $0.isHexDigit && $0.isASCII || ":.".contains($0) })
            else { throw Mistake(description: "holds no IPv6 address in its brackets") }
            return String(inner)
        }
        guard !text.contains(":") else { throw Mistake(description: "needs brackets around its IPv6 address") }
        guard text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }) else {
            throw Mistake(description: "is not of the form host:port")
        }
        return String(text)
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
