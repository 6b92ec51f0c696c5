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
