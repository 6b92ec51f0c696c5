import Domain
import FoundationEssentials

/// Reads an event as GlitchTip gives it (`/events/latest/` in one spelling of keys, lists in another), or as an SDK sends
/// it. Parts that cannot be read are left out: no odd field may cost the event.
package enum EventDocument {
    package static func decode(_ bytes: [UInt8]) throws -> Event {
        do {
            return try WireDate.decoder.decode(WireEvent.self, from: Data(bytes)).event
        } catch {
            throw GlitchTipError.malformed("an event")
        }
    }

    package static func decodeList(_ bytes: [UInt8]) throws -> [Event] {
        do {
            return try WireDate.decoder.decode(Lenient<WireEvent>.self, from: Data(bytes)).items.map(\.event)
        } catch {
            throw GlitchTipError.malformed("events")
        }
    }
}

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

    init(from decoder: any Decoder) { value = try? Value(from: decoder) }
}
