import Domain
import GlitchTip

/// Saying no on purpose, in words for the person who asked. Everything else that is thrown is a fault.
package struct Refusal: Error, Sendable {
    package let text: HTML

    package init(_ text: HTML) { self.text = text }

    static func lacks(_ role: Role) -> Refusal {
        switch role {
        case .observer: Refusal("I do not know you here.")
        case .responder: Refusal("That takes a responder. An admin can add you to \(HTML.code("TIPLINE_RESPONDERS")).")
        case .admin: Refusal("Only an admin can do that.")
        }
    }
}
