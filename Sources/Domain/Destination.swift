/// A chat, and the topic in it: `-1001234`, `-1001234:17`.
package struct Destination: Sendable, Hashable, Codable, CustomStringConvertible {
    package let chat: Int64
    package let thread: Int?

    /// Thread 1 is the general topic, which Telegram wants left out.
    package init(chat: Int64, thread: Int? = nil) {
        self.chat = chat
        self.thread = thread == 1 ? nil : thread
    }

    package init?(text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let first = parts.first, let chat = Int64(first), chat != 0 else { return nil }
        switch parts.count {
        case 1: self.init(chat: chat)
        case 2:
            guard let thread = Int(parts[1]), thread > 0 else { return nil }
            self.init(chat: chat, thread: thread)
        default: return nil
        }
    }

    package var description: String { thread.map { "\(chat):\($0)" } ?? String(chat) }
}
