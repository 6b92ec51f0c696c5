import Domain

/// Who may do what. The bot talks in the team's chats; outside them nobody gets an answer.
package struct Team: Sendable {
    package let chats: [Int64]
    package let admins: Set<Int64>
    package let responders: Set<Int64>

    package init(chats: [Int64], admins: Set<Int64>, responders: Set<Int64>) {
        self.chats = chats
        self.admins = admins
        self.responders = responders
    }

    /// Nil for a stranger: whoever writes from another chat.
    package func role(of user: Int64, in chat: Int64) -> Role? {
        guard chats.contains(chat) else { return nil }
        if admins.contains(user) { return .admin }
        return responders.contains(user) ? .responder : .observer
    }
}
