import Domain
import GlitchTip

extension Refusal {
    /// The one place where a room's error becomes words for the chat; nil for a fault.
    init?(explaining error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case GlitchTipError.notFound: self.init("There is no such issue in GlitchTip.")
        case let error as GlitchTipError: self.init("GlitchTip: \(error.explanation)")
        default: return nil
        }
    }
}
