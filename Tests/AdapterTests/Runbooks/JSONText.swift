/// Any JSONText, for tests that look into it.
indirect enum JSONText: Sendable, Hashable, Codable {
    case null
    case flag(Bool)
    case number(Double)
    case string(String)
    case array([JSONText])
    case object([String: JSONText])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        self =
            if value.decodeNil() {
                .null
            } else if let flag = try? value.decode(Bool.self) {
                .flag(flag)
            } else if let number = try? value.decode(Double.self) {
                .number(number)
            } else if let text = try? value.decode(String.self) {
                .string(text)
            } else if let list = try? value.decode([JSONText].self) {
                .array(list)
            } else {
                .object(try value.decode([String: JSONText].self))
            }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .string(let text): try container.encode(text)
        case .array(let list): try container.encode(list)
        case .object(let fields): try container.encode(fields)
        }
    }

    subscript(key: String) -> JSONText? { object?[key] }

    var text: String? { if case .string(let text) = self { text } else { nil } }
    var list: [JSONText]? { if case .array(let list) = self { list } else { nil } }
    var object: [String: JSONText]? { if case .object(let fields) = self { fields } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
}
