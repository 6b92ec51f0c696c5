/// Reads JSON from bytes. A decoder would try each kind of value in turn, and takes a hundred times as long.
struct JSONReader {
    struct Mistake: Error {}

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// The one value that the bytes hold.
    mutating func read() throws(Mistake) -> JSON {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw Mistake() }
        return value
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func value() throws(Mistake) -> JSON {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try nested { reader throws(Mistake) in .object(try reader.fields()) }
        case UInt8(ascii: "["): return try nested { reader throws(Mistake) in .array(try reader.items()) }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    /// Goes in one bracket; a text of nothing but brackets must not exhaust the stack.
    private mutating func nested(
        _ read: (inout JSONReader) throws(Mistake) -> JSON
    ) throws(Mistake) -> JSON {
        guard depth < 500 else { throw Mistake() }
        depth += 1
        position += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func fields() throws(Mistake) -> [String: JSON] {
        var fields: [String: JSON] = [:]
        if skip(UInt8(ascii: "}")) { return fields }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw Mistake() }
            let key = try string()
            guard skip(UInt8(ascii: ":")) else { throw Mistake() }
            fields[key] = try value()
        } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "}")) else { throw Mistake() }
        return fields
    }

    private mutating func items() throws(Mistake) -> [JSON] {
        var items: [JSON] = []
        if skip(UInt8(ascii: "]")) { return items }
        repeat { items.append(try value()) } while skip(UInt8(ascii: ","))
        guard skip(UInt8(ascii: "]")) else { throw Mistake() }
        return items
    }

    private mutating func string() throws(Mistake) -> String {
        position += 1
        let start = position
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        var text = bytes[start..<position]
        while let byte = current, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw Mistake() }
            position += 1
            if byte == UInt8(ascii: "\\") { text += try escape().utf8 } else { text.append(byte) }
        }
        guard skip(UInt8(ascii: "\"")) else { throw Mistake() }
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func escape() throws(Mistake) -> String {
        guard let byte = current else { throw Mistake() }
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(Unicode.Scalar(byte))
        case UInt8(ascii: "u"):
            var units = [try unit()]
            if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: "\\u".utf8) {
                position += 2
                units.append(try unit())
            }
            return String(decoding: units, as: UTF16.self)
        default: throw Mistake()
        }
    }

    private mutating func unit() throws(Mistake) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw Mistake()
        }
        position += 4
        return unit
    }

    private mutating func number() throws(Mistake) -> JSON {
        let start = position
        while let byte = current, "+-.eE0123456789".utf8.contains(byte) { position += 1 }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if let number = Int(text) { return .int(number) }
        guard let number = Double(text) else { throw Mistake() }
        return .double(number)
    }

    private mutating func word(_ word: String, _ value: JSON) throws(Mistake) -> JSON {
        guard bytes[position...].starts(with: word.utf8) else { throw Mistake() }
        position += word.utf8.count
        return value
    }

    /// Passes over a byte and the space before it, if it is there.
    private mutating func skip(_ byte: UInt8) -> Bool {
        skipSpace()
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }
}
