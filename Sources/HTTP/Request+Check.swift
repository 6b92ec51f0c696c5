extension Request {
    /// Refuses what would end a line early and so smuggle in a header or a second request.
    ///
    /// The words name the header, never its value nor the URL: both may be secret.
    func check() throws(Failure) {
        guard !url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
            throw Failure(.refused, "The URL holds a space or a control character")
        }
        for (name, value) in headers {
            guard !name.isEmpty, name.utf8.allSatisfy(Self.isTokenByte) else {
                throw Failure(.refused, "A header's name holds a character that is not allowed there")
            }
            guard !value.utf8.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }) else {
                throw Failure(.refused, "The header \(name) holds a control character")
            }
        }
    }

    /// What RFC 9110 allows in a header's name.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
