import Domain
import FoundationEssentials
import Storage

/// What a message in a chat should show; the ledger keeps it as JSON.
package struct Posting: Sendable, Hashable, Codable {
    package let text: HTML
    package let keyboard: [[Button]]
    package let isSilent: Bool

    package init(_ text: HTML, keyboard: [[Button]] = [], isSilent: Bool = false) {
        self.text = text
        self.keyboard = keyboard
        self.isSilent = isSilent
    }

    package init(json: [UInt8]) throws { self = try JSONDecoder().decode(Posting.self, from: Data(json)) }

    package func json() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) }
}

extension Posting {
    /// The messages that a reply needs: one, or several when its text is too long for one. The first has the reply's
    /// own key, so that it replaces a "working" line under that key; the buttons stand under the last.
    static func messages(
        for reply: Reply, key: String, in chat: Int64, thread: Int?, replyingTo: Int?, priority: Message.Priority
    ) throws -> [Message] {
        let texts = reply.text.split()
        return try texts.enumerated().map { index, text in
            let isLast = index == texts.count - 1
            let posting = Posting(text, keyboard: isLast ? reply.keyboard : [])
            return Message(
                key: index == 0 ? key : "\(key)/\(index + 1)", chat: chat, thread: thread,
                replyTo: index == 0 ? replyingTo : nil, subject: reply.issue.map(Subject.issue), priority: priority,
                content: try posting.json())
        }
    }
}

/// What a message is about, as the ledger keeps it beside the message.
enum Subject {
    static func issue(_ id: Issue.ID) -> String { "issue:\(id)" }

    static func issue(from subject: String) -> Issue.ID? {
        subject.hasPrefix("issue:") ? Issue.ID(text: subject.dropFirst("issue:".count)) : nil
    }
}
