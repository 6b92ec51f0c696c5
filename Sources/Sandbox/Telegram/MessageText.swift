/// A text as Telegram stores it: what is shown, and where it is bold or a link.
struct MessageText: Sendable, Hashable {
    static let limit = 4096
    static let captionLimit = 1024
    private static let mostBytes = 32_768
    private static let mostEntities = 100

    let plain: String
    let entities: [Entity]

    struct Entity: Sendable, Hashable {
        let type: String
        /// In UTF-16 units.
        let offset: Int
        let length: Int
        /// The link, language, time or emoji.
        let argument: String?
        /// How a time is to be shown.
        var format: String?

        var wire: JSON {
            var fields: [String: JSON] = [
                "type": .string(type), "offset": .int(offset), "length": .int(length),
            ]
            switch type {
            case "text_link": fields["url"] = .optional(argument)
            case "pre": fields["language"] = argument.map(JSON.string)
            case "custom_emoji": fields["custom_emoji_id"] = .optional(argument)
            case "date_time":
                fields["unix_time"] = argument.flatMap { Int($0) }.map(JSON.int)
                fields["date_time_format"] = format.map(JSON.string)
            default: break
            }
            return .object(fields)
        }
    }

    /// What a person typed: a command at its start is marked as one.
    init(typed text: String) {
        plain = text
        let command = text.prefix { !$0.isWhitespace }
        entities =
            command.hasPrefix("/") && command.count > 1
            ? [Entity(type: "bot_command", offset: 0, length: command.utf16.count, argument: nil)] : []
    }

    init(_ source: String, isHTML: Bool, limit: Int) throws(Refused) {
        guard source.utf8.count <= Self.mostBytes else { throw .tooLong(limit) }
        if isHTML {
            var parser = HTMLParser(source)
            try parser.parse()
            plain = Self.cleaned(parser.text)
            entities = Array(parser.entities.prefix(Self.mostEntities))
        } else {
            plain = Self.cleaned(source)
            entities = []
        }
        guard plain.utf16.count <= limit else { throw .tooLong(limit) }
    }

    /// Whether a reader would see nothing.
    var isBlank: Bool {
        plain.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
                || scalar.properties.generalCategory == .control || scalar.value == 0x2800
        }
    }

    /// Control characters become spaces, and the ends are trimmed.
    private static func cleaned(_ text: String) -> String {
        var cleaned = ""
        for scalar in text.unicodeScalars where scalar != "\r" {
            cleaned.unicodeScalars.append(scalar.value < 0x20 && scalar != "\n" ? " " : scalar)
        }
        while let last = cleaned.last, last.isWhitespace { cleaned.removeLast() }
        return cleaned
    }
}

extension Refused {
    fileprivate static func tooLong(_ limit: Int) -> Refused {
        .bad(limit == MessageText.captionLimit ? "message caption is too long" : "message is too long")
    }
}
