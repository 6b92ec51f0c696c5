import FoundationEssentials

/// What a chat should show under a key: sent when it is new, edited when its content changes.
package struct Message: Sendable, Hashable {
    /// Written once, whichever way it came about: `update:17`, `alert:issue:42:episode:3`.
    package let key: String
    package let chat: Int64
    package let thread: Int?
    package let replyTo: Int?
    /// What it is about, such as `issue:42`, so that a reply to it can mean that.
    package let subject: String?
    package let priority: Priority
    /// The sender's own JSON; the ledger does not look inside.
    package let content: [UInt8]

    /// What goes first when not everything can.
    package enum Priority: Int, Sendable, Hashable, CaseIterable { case answer, alert, edit, report }

    package init(
        key: String, chat: Int64, thread: Int? = nil, replyTo: Int? = nil, subject: String? = nil,
        priority: Priority, content: [UInt8]
    ) {
        self.key = key
        self.chat = chat
        self.thread = thread
        self.replyTo = replyTo
        self.subject = subject
        self.priority = priority
        self.content = content
    }
}

/// A message that Telegram does not have yet in this form.
package struct DueMessage: Sendable, Hashable {
    package let message: Message
    /// Which content this is: it may change while it is being sent.
    package let revision: Int
    /// Telegram's id when it stands in the chat already and is to be edited.
    package let messageID: Int?
    /// How often it failed.
    package let attempts: Int
    /// How often Telegram refused this content.
    package let refusals: Int
    package let createdAt: Date
}

/// A message as the ledger has it.
package struct StoredMessage: Sendable, Hashable {
    /// Why a message is given up that somebody deleted in the chat: nobody wants to see it change.
    package static let deleted = "it was deleted in the chat"

    package let message: Message
    /// How often its content changed, the first time included.
    package let wanted: Int
    /// The newest of these that Telegram has; zero when it has none.
    package let sent: Int
    package let messageID: Int?
    package let createdAt: Date
    package let deliveredAt: Date?
    /// How often Telegram refused its newest content so far.
    package let refusals: Int
    package let givenUpAt: Date?
    /// Why it was put off or given up.
    package let trouble: String?
}

/// What is waiting, for `/status` and the metrics.
package struct Queues: Sendable, Hashable {
    package let inbox: Int
    package let alerts: Int
    package let outbox: Int
    /// Of these, what Telegram has refused so far and gets again: a chat may not let us speak for a while.
    package let refusedSoFar: Int
    package let givenUp: Int
    /// Chats that do not take our messages.
    package let pausedChats: Int
    package let oldest: Date?

    /// Whether anything is to be handled or sent.
    package var isBusy: Bool { inbox + alerts + outbox > 0 }
}
