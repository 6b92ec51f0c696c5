/// Reads Telegram's HTML as Telegram's own library does, with its complaints.
struct HTMLParser {
    private(set) var text = ""
    private(set) var entities: [MessageText.Entity] = []

    private let bytes: [UInt8]
    private var position = 0
    private var shown: [UInt8] = []
    private var units = 0
    /// Of the `code` that just ended in a `pre`.
    private var language: String?
    private var open: [OpenTag] = []

    private struct OpenTag {
        let tag: String
        let argument: String?
        let format: String?
        let offset: Int
    }

    private static let tags: Set = [
        "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "tg-time", "span",
        "pre", "code", "blockquote",
    ]
    private static let types = [
        "a": "text_link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "strikethrough",
        "strike": "strikethrough", "del": "strikethrough", "u": "underline", "ins": "underline",
        "tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "custom_emoji", "tg-time": "date_time", "pre": "pre",
        "code": "code",
    ]

    init(_ source: String) { bytes = Array(source.utf8) }

    mutating func parse() throws(Refused) {
        while let byte = current {
            if byte == UInt8(ascii: "&"), let scalar = entity() {
                append(scalar)
            } else if byte != UInt8(ascii: "<") {
                if byte & 0xC0 != 0x80 { units += byte >= 0xF0 ? 2 : 1 }
                shown.append(byte)
                position += 1
            } else {
                let start = position
                position += 1
                if current == UInt8(ascii: "/") { try endTag(start) } else { try startTag(start) }
            }
        }
        if let last = open.last {
            throw .unparseable("Can't find end tag corresponding to start tag \"\(last.tag)\"")
        }
        text = String(decoding: shown, as: UTF8.self)
        entities.sort { ($0.offset, -$0.length) < ($1.offset, -$1.length) }
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func append(_ scalar: Unicode.Scalar) {
        shown += String(scalar).utf8
        units += scalar.value > 0xFFFF ? 2 : 1
    }

    private mutating func startTag(_ start: Int) throws(Refused) {
        let tag = word { !Self.isSpace($0) && $0 != UInt8(ascii: ">") }.lowercased()
        guard current != nil else { throw .unparseable("Unclosed start tag at byte offset \(start)") }
        guard Self.tags.contains(tag) else {
            throw .unparseable("Unsupported start tag \"\(tag)\" at byte offset \(start)")
        }
        let attributes = try attributes(of: tag, start)
        if tag == "span", attributes["class"] != "tg-spoiler" {
            throw .unparseable("Tag \"span\" must have class \"tg-spoiler\" at byte offset \(start)")
        }
        if tag == "blockquote", open.contains(where: { $0.tag == "blockquote" }) {
            throw .unparseable("Tag \"blockquote\" can't be nested at byte offset \(start)")
        }
        if tag == "tg-time", attributes["unix"].flatMap({ Int($0) }) == nil {
            throw .unparseable("Tag \"tg-time\" must have attribute \"unix\" at byte offset \(start)")
        }
        let argument =
            switch tag {
            case "a": attributes["href"]
            case "tg-emoji": attributes["emoji-id"]
            case "tg-time": attributes["unix"]
            case "code": attributes["class"].flatMap { $0.hasPrefix("language-") ? String($0.dropFirst(9)) : nil }
            case "blockquote": attributes["expandable"]
            default: String?.none
            }
        open.append(OpenTag(tag: tag, argument: argument, format: attributes["format"], offset: units))
    }

    private mutating func attributes(of tag: String, _ start: Int) throws(Refused) -> [String: String] {
        var attributes: [String: String] = [:]
        while true {
            skipSpace()
            guard let byte = current else { throw .unclosed(tag, start) }
            if byte == UInt8(ascii: ">") { break }
            let name = word { !Self.isSpace($0) && !"=>/\"'".utf8.contains($0) }
            guard !name.isEmpty else {
                throw .unparseable("Empty attribute name in the tag \"\(tag)\" at byte offset \(start)")
            }
            skipSpace()
            guard let mark = current else { throw .unclosed(tag, start) }
            guard mark == UInt8(ascii: "=") else {
                attributes[name] = ""
                continue
            }
            position += 1
            skipSpace()
            guard let quote = current else { throw .unclosed(tag, start) }
            if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                position += 1
                attributes[name] = try quoted(until: quote, tag, start)
            } else {
                let begin = position
                attributes[name] = word { byte in
                    let scalar = Unicode.Scalar(byte)
                    return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "."
                        || scalar == "-"
                }.lowercased()
                guard let end = current, Self.isSpace(end) || end == UInt8(ascii: ">") else {
                    throw .unparseable("Unexpected end of name token at byte offset \(begin)")
                }
            }
        }
        position += 1
        return attributes
    }

    private mutating func quoted(until quote: UInt8, _ tag: String, _ start: Int) throws(Refused) -> String {
        var value: [UInt8] = []
        while let byte = current, byte != quote {
            if byte == UInt8(ascii: "&"), let scalar = entity() {
                value += String(scalar).utf8
            } else {
                value.append(byte)
                position += 1
            }
        }
        guard current != nil else { throw .unclosed(tag, start) }
        position += 1
        return String(decoding: value, as: UTF8.self)
    }

    private mutating func endTag(_ start: Int) throws(Refused) {
        guard let last = open.last else { throw .unparseable("Unexpected end tag at byte offset \(start)") }
        position += 1
        let name = word { !Self.isSpace($0) && $0 != UInt8(ascii: ">") }
        skipSpace()
        guard current == UInt8(ascii: ">") else { throw .unparseable("Unclosed end tag at byte offset \(start)") }
        position += 1
        guard name.isEmpty || name.lowercased() == last.tag else {
            throw .unparseable(
                "Unmatched end tag at byte offset \(start), expected \"</\(last.tag)>\", found \"</\(name)>\"")
        }
        open.removeLast()
        add(last)
    }

    private mutating func add(_ tag: OpenTag) {
        guard units > tag.offset else { return }
        var type = Self.types[tag.tag] ?? tag.tag
        if tag.tag == "blockquote", tag.argument != nil { type = "expandable_blockquote" }
        // A link to a host without a dot is dropped without a word, and the text stays.
        if tag.tag == "a", !Keyboard.isAccepted(tag.argument ?? "") { return }
        // A code block inside `pre` only names the language.
        if tag.tag == "code", let language = tag.argument, open.last?.tag == "pre" {
            self.language = language
            return
        }
        // `<pre><code class="language-…">`: the language stands at the inner tag.
        let language = tag.tag == "pre" ? self.language : nil
        self.language = nil
        entities.append(
            .init(
                type: type, offset: tag.offset, length: units - tag.offset,
                argument: language ?? (tag.tag == "blockquote" ? nil : tag.argument), format: tag.format))
    }

    /// One of the four named entities or a number; Telegram knows no others and leaves them as they are.
    private mutating func entity() -> Unicode.Scalar? {
        let rest = bytes[(position + 1)...].prefix(10)
        let scalar: Unicode.Scalar?
        var length: Int
        if rest.first == UInt8(ascii: "#") {
            let isHex = rest.dropFirst().first == UInt8(ascii: "x")
            let digits = rest.dropFirst(isHex ? 2 : 1).prefix {
                Unicode.Scalar($0).properties.isASCIIHexDigit && (isHex || ("0"..."9").contains(Unicode.Scalar($0)))
            }
            scalar = UInt32(String(decoding: digits, as: UTF8.self), radix: isHex ? 16 : 10).flatMap(
                Unicode.Scalar.init)
            length = 1 + (isHex ? 2 : 1) + digits.count
        } else {
            let name = String(decoding: rest.prefix { Unicode.Scalar($0).properties.isAlphabetic }, as: UTF8.self)
            scalar = ["lt": "<", "gt": ">", "amp": "&", "quot": "\""][name]
            length = 1 + name.utf8.count
        }
        guard let scalar, scalar.value != 0 else { return nil }
        position += length
        if current == UInt8(ascii: ";") { position += 1 }
        return scalar
    }

    private mutating func word(_ belongs: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = current, belongs(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipSpace() { while let byte = current, Self.isSpace(byte) { position += 1 } }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0 }
}

extension Refused {
    fileprivate static func unparseable(_ why: String) -> Refused { .bad("can't parse entities: \(why)") }

    fileprivate static func unclosed(_ tag: String, _ start: Int) -> Refused {
        .unparseable("Unclosed start tag \"\(tag)\" at byte offset \(start)")
    }
}
