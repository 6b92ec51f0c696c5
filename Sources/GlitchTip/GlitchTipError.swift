/// Why GlitchTip did not do what was asked; only the cases that callers treat differently.
package enum GlitchTipError: Error, Sendable, Hashable {
    case unreachable(String)
    /// The token is wrong. On a write GlitchTip says so with 403 and "CSRF check Failed".
    case unauthorized
    /// The token lacks a scope.
    case forbidden
    case notFound
    /// HTML where JSON should be: a wrong address, a log-in page of a proxy, or a path that this server does not know.
    case notGlitchTip
    /// The server is overloaded, or a proxy before it is.
    case busy
    /// GlitchTip itself failed.
    case server(Int)
    case refused(Int)
    /// The answer is larger than we take: an event of megabytes.
    case tooLarge
    /// The answer is not what it should be; the text names the call.
    case malformed(String)

    /// In plain words, for the chat and for the log.
    package var explanation: String {
        switch self {
        case .unreachable(let why): "it cannot be reached (\(why))."
        case .unauthorized: "it does not know my token. Somebody must set GLITCHTIP_TOKEN anew."
        case .forbidden: "my token may not do that. It needs another scope."
        case .notFound: "it does not have that."
        case .notGlitchTip: "it answered with a web page instead of data. Is GLITCHTIP_URL right?"
        case .busy: "it is too busy. Try again in a minute."
        case .server(let status): "it failed (error \(status)). Try again in a minute."
        case .refused(let status): "it refused (\(status))."
        case .tooLarge: "its answer is too large."
        case .malformed(let what): "its answer about \(what) cannot be read."
        }
    }
}
