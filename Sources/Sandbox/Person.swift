/// Somebody in the stand-in world who can write to the bot.
package struct Person: Sendable, Hashable {
    package let id: Int64
    package let firstName: String
    package let username: String

    package init(id: Int64, firstName: String, username: String) {
        self.id = id
        self.firstName = firstName
        self.username = username
    }

    /// An admin of the bot.
    package static let ada = Person(id: 1001, firstName: "Ada", username: "ada")
    /// A responder.
    package static let grace = Person(id: 1002, firstName: "Grace", username: "grace")
    /// In the team chat, with no role of his own: an observer.
    package static let bob = Person(id: 1003, firstName: "Bob", username: "bob")
    /// Nobody in the team knows her.
    package static let mallory = Person(id: 6660, firstName: "Mallory", username: "mallory")
}
