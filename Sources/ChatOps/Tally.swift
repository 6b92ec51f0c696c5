import FoundationEssentials
import HTTP

/// What the bot has done since its start, for the metrics.
package actor Tally {
    /// What goes to a chat; an answer is what a button shows while it is pressed.
    package enum Kind: String, Sendable, CaseIterable { case message, edit, answer }

    /// How somebody got an investigation. `shared` is one that ran for another already.
    package enum Way: String, Sendable, CaseIterable { case done, cached, shared, failed }

    package private(set) var sent: [Kind: Int] = [:]
    package private(set) var refused: [Kind: Int] = [:]
    package private(set) var investigations: [Way: Int] = [:]
    /// What those that were done took, waiting for GlitchTip and for git included.
    package private(set) var seconds = 0.0

    package init() {}

    func count(_ kind: Kind, isSent: Bool) {
        if isSent { sent[kind, default: 0] += 1 } else { refused[kind, default: 0] += 1 }
    }

    func count(_ way: Way, taking duration: Duration) {
        investigations[way, default: 0] += 1
        if way == .done { seconds += duration.seconds }
    }
}

extension Tally.Kind {
    /// By the last part of an address of Telegram's API; nil for what shows nothing.
    fileprivate init?(url: String) {
        switch url.split(separator: "/").last {
        case "sendMessage", "sendPhoto", "sendDocument": self = .message
        case "editMessageText": self = .edit
        case "answerCallbackQuery": self = .answer
        default: return nil
        }
    }
}

extension Client {
    /// The same client of Telegram's API, which counts what is shown by it.
    package func counted(by tally: Tally) -> Client {
        Client { request in
            let kind = Tally.Kind(url: request.url)
            do {
                let response = try await self.send(request)
                if let kind { await tally.count(kind, isSent: response.status == 200) }
                return response
            } catch {
                if let kind { await tally.count(kind, isSent: false) }
                throw error
            }
        }
    }
}
