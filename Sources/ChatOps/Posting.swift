import Domain
import FoundationEssentials
import Storage

/// What a message in a chat should show; the ledger keeps it as JSON.
package struct Posting: Sendable, Hashable, Codable {
    package let text: HTML
    package let keyboard: [[Button]]
    package let isSilent: Bool
    /// Sent as a photo, with the text as its caption.
    package let picture: Picture?
    /// Sent as a file, likewise.
    package let document: Document?
    /// The key of the message that must be in the chat before.
    package let after: String?

    /// Under the message that has this key.
    init(_ picture: Picture, after key: String) {
        text = picture.caption
        keyboard = []
        isSilent = true
        self.picture = picture
        document = nil
        after = key
    }

    /// Likewise.
    init(_ document: Document, after key: String) {
        text = document.caption
        keyboard = []
        isSilent = true
        picture = nil
        self.document = document
        after = key
    }

    package init(_ text: HTML, keyboard: [[Button]] = [], isSilent: Bool = false) {
        picture = nil
        document = nil
        after = nil
        self.text = text
        self.keyboard = keyboard
        self.isSilent = isSilent
    }

    package init(json: [UInt8]) throws { self = try JSONDecoder().decode(Posting.self, from: Data(json)) }

    /// The same bytes for the same content: the ledger compares them, and what is the same is not sent again.
    package func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Array(try encoder.encode(self))
    }
}

extension Posting {
    /// The messages that a reply needs: one, or several when its text is too long for one. The first has the reply's
    /// own key, so that it replaces a "working" line under that key; the buttons stand under the last.
    static func messages(
        for reply: Reply, key: String, in chat: Int64, thread: Int?, replyingTo: Int?, priority: Message.Priority
    ) throws -> [Message] {
        let texts = reply.text.split()
        var messages = try texts.enumerated().map { index, text in
            let isLast = index == texts.count - 1
            let posting = Posting(text, keyboard: isLast ? reply.keyboard : [])
            return Message(
                key: index == 0 ? key : "\(key)/\(index + 1)", chat: chat, thread: thread,
                replyTo: index == 0 ? replyingTo : nil, subject: reply.issue.map(Subject.issue), priority: priority,
                content: try posting.json())
        }
        guard let last = messages.last else { return messages }
        let files = [
            reply.picture.map { ("picture", Posting($0, after: last.key)) },
            reply.document.map { ("document", Posting($0, after: last.key)) },
        ]
        messages += try files.compactMap(\.self).map { name, posting in
            Message(
                key: "\(key)/\(name)", chat: chat, thread: thread, subject: last.subject, priority: priority,
                content: try posting.json())
        }
        return messages
    }
}

/// What a message is about, as the ledger keeps it beside the message.
enum Subject {
    static func issue(_ id: Issue.ID) -> String { "issue:\(id)" }

    static func issue(from subject: String) -> Issue.ID? {
        subject.hasPrefix("issue:") ? Issue.ID(text: subject.dropFirst("issue:".count)) : nil
    }
}
