import FoundationEssentials

/// An update as it came: its number and its own bytes, to be written down before anybody tries to understand it.
package struct RawUpdate: Sendable, Hashable {
    package let id: Int
    package let payload: [UInt8]

    /// The updates of an answer of `getUpdates`. One without a number is passed over, since it could not be confirmed.
    static func split(_ answer: [UInt8]) throws -> [RawUpdate] {
        guard let start = answer.firstRange(of: Array("\"result\"".utf8))?.upperBound,
            let open = answer[start...].firstIndex(of: UInt8(ascii: "["))
        else { throw BotAPIError.malformed }
        return elements(of: answer[answer.index(after: open)...]).compactMap { bytes in
            guard let number = try? JSONDecoder().decode(Number.self, from: Data(bytes)) else { return nil }
            return RawUpdate(id: number.update_id, payload: Array(bytes))
        }
    }

    private struct Number: Decodable { let update_id: Int }

    /// The objects of a JSON array, found by their braces; a brace in a string does not count.
    private static func elements(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var elements: [ArraySlice<UInt8>] = []
        var depth = 0
        var start = bytes.startIndex
        var isInString = false
        var isEscaped = false
        for (index, byte) in zip(bytes.indices, bytes) {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth == 0 { start = index }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth < 0 { return elements }
                if depth == 0 { elements.append(bytes[start...index]) }
            default: break
            }
        }
        return elements
    }
}
