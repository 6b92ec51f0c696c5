/// Why Telegram did not do what was asked; only the cases that callers treat differently.
///
/// None of them holds the address of the request: the token is a part of it.
package enum BotAPIError: Error, Sendable, Hashable {
    /// Seconds to be quiet, in this chat.
    case tooManyRequests(Int)
    /// The group became a supergroup with this id.
    case migrated(Int64)
    /// Blocked, thrown out, or the account is gone.
    case forbidden(String)
    /// The token is wrong.
    case unauthorized
    /// Another process reads this bot's updates, or a webhook is set.
    case conflict
    /// The topic is closed or gone.
    case topicGone
    /// Our HTML was not understood.
    case unparseable
    /// The message to be edited or answered is not there any more.
    case messageGone
    /// Any other refusal, in Telegram's words.
    case refused(String)
    /// No answer. Unless `isUnsent`, Telegram may have done what was asked.
    case unreachable(String, isUnsent: Bool)
    /// Telegram itself is in trouble.
    case server(Int)
    /// The answer is not what Telegram's answers are like.
    case malformed

    /// In plain words, for the log and for `/status`.
    package var explanation: String {
        switch self {
        case .tooManyRequests(let seconds): "Telegram wants quiet for \(seconds) s"
        case .migrated: "the group became a supergroup"
        case .forbidden(let words): "the chat does not take our messages (\(words))"
        case .unauthorized: "Telegram does not know this bot token"
        case .conflict: "another instance reads this bot's updates, or a webhook is set"
        case .topicGone: "the topic is closed or gone"
        case .unparseable: "Telegram could not read the message's HTML"
        case .messageGone: "the message is not there any more"
        case .refused(let words): "Telegram refused: \(words)"
        case .unreachable(let why, _): "Telegram cannot be reached (\(why))"
        case .server(let status): "Telegram answers with error \(status)"
        case .malformed: "Telegram's answer cannot be read"
        }
    }
}
