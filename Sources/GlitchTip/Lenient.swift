/// A list whose elements are read one by one; those that cannot be read are left out.
struct Lenient<Element: Decodable>: Decodable {
    let items: [Element]

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        var items: [Element] = []
        while !container.isAtEnd {
            if let item = try? container.decode(Element.self) {
                items.append(item)
            } else {
                // A failed decode does not move on; anything decodes as this.
                _ = try container.decode(Anything.self)
            }
        }
        self.items = items
    }

    private struct Anything: Decodable { init(from decoder: any Decoder) {} }
}

/// Text, or whatever else stood where text should be, as text.
struct Loose: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            text = nil
        } else if let string = try? container.decode(String.self) {
            text = string
        } else if let number = try? container.decode(Int.self) {
            text = String(number)
        } else if let number = try? container.decode(Double.self) {
            text = String(number)
        } else if let flag = try? container.decode(Bool.self) {
            text = String(flag)
        } else {
            text = nil
        }
    }
}

/// Nil for what cannot be read: an odd field may not cost its neighbours.
struct Perhaps<Value: Decodable>: Decodable {
    let value: Value?

    // Not `Value(from:)`, which would pass over the decoder's own way of reading dates.
    init(from decoder: any Decoder) { value = try? decoder.singleValueContainer().decode(Value.self) }
}

/// A number that some versions send as text: `"8"` or `8`.
struct WireNumber: Decodable {
    let value: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            value = number
        } else if let number = Int(try container.decode(String.self)) {
            value = number
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number")
        }
    }
}

extension KeyedDecodingContainer {
    /// What stands under the first of the keys that is there and can be read; GlitchTip has several spellings.
    func first<Value: Decodable>(_ keys: Key..., as _: Value.Type = Value.self) -> Value? {
        keys.lazy.compactMap { try? decodeIfPresent(Value.self, forKey: $0) }.first
    }
}
