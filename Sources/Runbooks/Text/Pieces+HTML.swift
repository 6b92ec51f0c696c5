import Domain

extension [Piece] {
    /// For the chat: Telegram's markup, with the values filled in as text.
    package func html(_ filling: Filling) -> HTML {
        reduce(into: HTML()) { html, piece in
            switch piece {
            case .text(let text): html += HTML(filling.fill(text, in: .text))
            case .bold(let text): html += .bold(filling.fill(text, in: .text))
            case .code(let text): html += .code(filling.fill(text, in: .code))
            case .link(let title, let address):
                html += "<a href=\"\(filling.fill(address, in: .address))\">\(filling.fill(title, in: .text))</a>"
            case .block(let text, let language): html += .pre(filling.fill(text, in: .code), language: language)
            }
        }
    }
}
