import FoundationEssentials

/// The buttons under a message, checked as Telegram checks them: one that is wrong costs the whole message.
enum Keyboard {
    private static let mostInRow = 8
    private static let most = 100

    static func read(_ parameters: Parameters) throws(Refused) -> JSON? {
        guard let markup = try parameters.structure("reply_markup") else { return nil }
        guard markup.object != nil else { throw .bad("object expected as reply markup") }
        guard let rows = markup["inline_keyboard"]?.array else { return markup }
        for row in rows {
            guard let buttons = row.array else {
                throw .bad("can't parse inline keyboard button: field \"inline_keyboard\" must be an Array of Arrays")
            }
            guard buttons.count <= mostInRow else { throw .bad("BUTTON_ROW_TOO_LONG") }
            for button in buttons { try check(button) }
        }
        let count = rows.reduce(0) { $0 + ($1.array?.count ?? 0) }
        guard count <= most else { throw .bad("reply markup is too long") }
        return count == 0 ? nil : markup
    }

    private static func check(_ button: JSON) throws(Refused) {
        guard let text = button["text"]?.string, !text.isEmpty else {
            throw .bad("can't parse inline keyboard button: text is empty")
        }
        if button.object?.values.contains(.null) == true {
            throw .bad("can't parse inline keyboard button: a field is null")
        }
        if let style = button["style"], !["danger", "success", "primary"].contains(style) {
            throw .bad("can't parse inline keyboard button: invalid button style specified")
        }
        if let data = button["callback_data"]?.string {
            guard (1...64).contains(data.utf8.count) else { throw .bad("BUTTON_DATA_INVALID") }
        } else if let url = button["url"]?.string {
            guard isAccepted(url) else {
                throw .bad("inline keyboard button URL '\(url)' is invalid: Wrong HTTP URL")
            }
        } else if let copied = button["copy_text"]?["text"]?.string {
            guard (1...256).contains(copied.count) else { throw .bad("BUTTON_COPY_TEXT_INVALID") }
        } else {
            throw .bad("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
        }
    }

    /// Not to a host without a dot, such as `localhost`; addresses of numbers pass.
    static func isAccepted(_ url: String) -> Bool {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else { return false }
        switch parts.scheme {
        case "tg": return true
        case "http", "https": return host.contains(":") || host.split(separator: ".").count > 1
        default: return false
        }
    }
}
