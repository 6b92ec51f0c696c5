import Telegram

extension InlineKeyboardMarkup {
    /// The buttons as Telegram takes them.
    init(_ keyboard: [[Button]]) {
        self.init(
            rows: keyboard.map { row in
                row.compactMap { button in
                    switch button.action {
                    case .line(let line): InlineKeyboardButton(button.text, callbackData: line)
                    case .link(let link): InlineKeyboardButton(button.text, url: link)
                    }
                }
            })
    }
}
