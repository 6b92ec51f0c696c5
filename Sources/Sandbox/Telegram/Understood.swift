/// What Telegram makes of a text in its HTML.
package enum Understood: Sendable, Hashable {
    /// What is shown, and the kinds of markup in it: `bold`, `text_link`.
    case shown(String, kinds: Set<String>)
    /// Telegram's words why it takes none of it.
    case refused(String)

    package init(_ markup: String) {
        var message = HTMLParser(markup)
        do {
            try message.parse()
            self = .shown(message.text, kinds: Set(message.entities.map(\.type)))
        } catch {
            self = .refused(error.description)
        }
    }
}
