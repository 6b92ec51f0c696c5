import Domain

/// Who may do what. The bot talks in one chat; outside it nobody gets an answer.
package struct Team: Sendable {
    package let chat: Int64
    package let admins: Set<Int64>
    package let responders: Set<Int64>

    package init(chat: Int64, admins: Set<Int64>, responders: Set<Int64>) {
        self.chat = chat
        self.admins = admins
        self.responders = responders
    }

    /// Nil for a stranger: whoever writes from another chat.
    package func role(of user: Int64, in chat: Int64) -> Role? {
        guard chat == self.chat else { return nil }
        if admins.contains(user) { return .admin }
        return responders.contains(user) ? .responder : .observer
    }
}
