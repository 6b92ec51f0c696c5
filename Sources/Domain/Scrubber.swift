/// Takes secrets and personal data out of text before it leaves the process: for the chat, a comment, the cache, the log.
///
///     Scrubber.scrub("password=hunter2 for ada@example.com")  // "password=[secret] for [e-mail]"
///
/// One pass over the bytes and no regular expressions: event text is written by strangers and may be megabytes of traps.
/// What triage needs stays: commit hashes, event ids, versions, paths, line numbers. Scrubbing twice changes nothing.
package enum Scrubber {
    package static func scrub(_ text: String) -> String {
        var scan = Scan(Array(text.utf8))
        return String(decoding: scan.run(), as: UTF8.self)
    }

    /// A value whose key may tell that it is secret, whatever it looks like: a tag, a header, a query parameter.
    package static func scrub(_ value: String, for key: String) -> String {
        SecretKey(Array(key.utf8)[...]) != nil && !value.isEmpty ? "[secret]" : scrub(value)
    }
}

/// Text being scrubbed, from left to right, a word at a time.
private struct Scan {
    /// A value that has not ended by then is cut off here; keeps the pass linear.
    private static let longestValue = 8192

    private let bytes: [UInt8]
    private var output: [UInt8] = []
    private var position = 0
    private var previousWord: ArraySlice<UInt8> = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        output.reserveCapacity(bytes.count)
    }

    mutating func run() -> [UInt8] {
        while position < bytes.count {
            if takeKeyBlock() || takeMark() || takeNumber() { continue }
            if bytes[position].endsWord {
                output.append(bytes[position])
                position += 1
            } else {
                takeWord()
            }
        }
        return output
    }

    /// `-----BEGIN … PRIVATE KEY-----` to its end, or to the end of the text.
    private mutating func takeKeyBlock() -> Bool {
        guard bytes[position] == UInt8(ascii: "-"), bytes[position...].starts(with: "-----BEGIN ".utf8) else { return false }
        let title = bytes[position...].prefix(60)
        guard title.firstRange(of: Array("PRIVATE KEY".utf8)) != nil else { return false }
        let end = bytes[position...].firstRange(of: Array("-----END ".utf8))?.upperBound ?? bytes.endIndex
        let close = bytes[end...].firstRange(of: Array("-----".utf8))?.upperBound ?? bytes.endIndex
        output += "[private key]".utf8
        position = close
        return true
    }

    /// What an earlier pass has written stays as it is.
    private mutating func takeMark() -> Bool {
        guard bytes[position] == UInt8(ascii: "[") else { return false }
        for mark in ["[secret]", "[token]", "[e-mail]", "[ip]", "[card]", "[iban]", "[private key]"]
        where bytes[position...].starts(with: mark.utf8) {
            output += mark.utf8
            position += mark.utf8.count
            return true
        }
        return false
    }

    /// Cards and IBANs may be written in groups, across words.
    private mutating func takeNumber() -> Bool {
        guard position == 0 || !bytes[position - 1].isWordCharacter else { return false }
        if let length = PersonalNumber.cardLength(at: bytes[position...]) {
            output += "[card]".utf8
            position += length
            return true
        }
        if let length = PersonalNumber.ibanLength(at: bytes[position...]) {
            output += "[iban]".utf8
            position += length
            return true
        }
        return false
    }

    private mutating func takeWord() {
        let start = position
        var end = start
        while end < bytes.count, !bytes[end].endsWord { end += 1 }
        if let key = keyEnd(from: start, to: end), takeValue(key: start..<key) { return }
        if bytes[start] == UInt8(ascii: ":") || bytes[start] == UInt8(ascii: "=") || bytes[start] == UInt8(ascii: "&")
            || bytes[start] == UInt8(ascii: "?")
        {
            output.append(bytes[start])
            position += 1
            return
        }
        // `a=b&c=d` and `key:value` are looked at piece by piece, unless the whole is one thing.
        let word = bytes[start..<end]
        position = end
        defer { previousWord = word }
        if previousWord.announcesToken, word.count >= 12, word.allSatisfy(\.isTokenCharacter) {
            output += "[token]".utf8
        } else if let scrubbed = WordShape.scrub(word) {
            output += scrubbed
        } else if let piece = word.dropFirst().firstIndex(where: { $0.splitsWord }) {
            output += WordShape.scrub(bytes[start..<piece]) ?? Array(bytes[start..<piece])
            position = piece
        } else {
            output += word
        }
    }

    /// Where the key ends with which this word begins: `password` of `password=x`, `"token"` of `"token": "x"`.
    private func keyEnd(from start: Int, to end: Int) -> Int? {
        var index = start
        while index < end, bytes[index].isKeyCharacter { index += 1 }
        return index > start ? index : nil
    }

    /// Key, separator and value as one, when the key tells that the value is secret.
    private mutating func takeValue(key: Range<Int>) -> Bool {
        guard let secret = SecretKey(bytes[key]) else { return false }
        var index = key.upperBound
        if index < bytes.count, bytes[index].isQuote { index += 1 }
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ":") else { return false }
        index += 1
        if index < bytes.count, bytes[index] == UInt8(ascii: ">") { index += 1 }
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
        guard index < bytes.count else { return false }
        let quote = bytes[index].isQuote ? bytes[index] : nil
        if quote != nil { index += 1 }
        let end = valueEnd(from: index, quote: quote, secret)
        guard end - index >= secret.shortestValue, !bytes[index...].starts(with: "[secret]".utf8) else { return false }
        output += bytes[key.lowerBound..<index]
        output += "[secret]".utf8
        position = end
        previousWord = []
        return true
    }

    private func valueEnd(from start: Int, quote: UInt8?, _ secret: SecretKey) -> Int {
        let limit = min(bytes.count, start + Self.longestValue)
        var index = start
        while index < limit {
            let byte = bytes[index]
            if let quote {
                if byte == UInt8(ascii: "\\") { index += 1 } else if byte == quote { break }
            } else if secret.isHeader ? byte.endsLine : byte.endsValue {
                break
            }
            index += 1
        }
        return min(index, limit)
    }
}

extension UInt8 {
    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isHexDigit: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
    var isWordCharacter: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
    var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
    var endsLine: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }

    /// What stands in tokens: base64, its URL form, and the dots of a JWT.
    var isTokenCharacter: Bool { isWordCharacter || "-+/=.~".utf8.contains(self) }
    fileprivate var isKeyCharacter: Bool { isWordCharacter || self == UInt8(ascii: "-") || self == UInt8(ascii: ".") }
    fileprivate var endsWord: Bool { self <= 0x20 || "\"'`<>()[]{},;|\\".utf8.contains(self) }
    fileprivate var endsValue: Bool { endsWord || self == UInt8(ascii: "&") }
    fileprivate var splitsWord: Bool { "=:&?".utf8.contains(self) }
}

extension ArraySlice<UInt8> {
    /// `Bearer` and `Basic`: what follows is a token.
    fileprivate var announcesToken: Bool {
        let word = lowercased
        return word == Array("bearer".utf8) || word == Array("basic".utf8)
    }

    var lowercased: [UInt8] { map { $0.isLetter ? $0 | 0x20 : $0 } }
}
