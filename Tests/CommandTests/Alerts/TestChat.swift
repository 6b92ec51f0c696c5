import ChatOps
import FoundationEssentials
import Storage
import Testing

@testable import ChatOps

/// What the chats show, delivered without Telegram.
actor TestChat {
    struct Shown: Sendable {
        let key: String
        let chat: Int64
        let thread: Int?
        let replyTo: Int?
        let isSilent: Bool
        /// What it showed, the newest last.
        fileprivate(set) var texts: [String]
        fileprivate(set) var keyboard: [[Button]]

        var text: String { texts.last ?? "" }
        var edits: Int { texts.count - 1 }

        /// The buttons, a row a line: `Resolve → /resolve 2 | Open in GlitchTip → https://…`.
        var buttons: String {
            keyboard.map { row in
                row.map { button in
                    switch button.action {
                    case .line(let line): "\(button.text) → \(line)"
                    case .link(let link): "\(button.text) → \(link)"
                    }
                }.joined(separator: " | ")
            }.joined(separator: "\n")
        }
    }

    private(set) var messages: [Int: Shown] = [:]
    private(set) var deleted: Set<Int> = []
    private var last = 100

    /// Sends and edits what is due, whatever the limits.
    func deliver(_ ledger: Ledger, at date: Date) async throws {
        while let due = try await ledger.nextMessage(at: date, notIn: []) {
            let posting = try Posting(json: due.message.content)
            if let id = due.messageID {
                if deleted.contains(id) {
                    try await Delivery.settleDeleted(due, ledger, at: date)
                    continue
                }
                messages[id]?.texts.append(posting.text.markup)
                messages[id]?.keyboard = posting.keyboard
                try await ledger.delivered(due, messageID: id, at: date)
            } else {
                last += 1
                messages[last] = Shown(
                    key: due.message.key, chat: due.message.chat, thread: due.message.thread,
                    replyTo: due.message.replyTo, isSilent: posting.isSilent, texts: [posting.text.markup],
                    keyboard: posting.keyboard)
                try await ledger.delivered(due, messageID: last, at: date)
            }
        }
    }

    /// Somebody deletes it in the chat.
    func delete(_ key: String) {
        for (id, shown) in messages where shown.key == key { deleted.insert(id) }
    }

    /// The one that was sent last under a key.
    func message(_ key: String) throws -> (id: Int, shown: Shown) {
        let found = messages.filter { $0.value.key == key }.max { $0.key < $1.key }
        let (id, shown) = try #require(found, "nothing was sent under \(key); there are \(keys)")
        return (id, shown)
    }

    /// In the order in which they were sent.
    var keys: [String] { messages.sorted { $0.key < $1.key }.map(\.value.key) }

    func texts(_ prefix: String) -> [String] {
        messages.sorted { $0.key < $1.key }.filter { $0.value.key.hasPrefix(prefix) }.map(\.value.text)
    }
}
