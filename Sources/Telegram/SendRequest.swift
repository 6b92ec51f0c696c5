import Domain

/// The parameters of `sendMessage` and `editMessageText`. What is nil is left out: Telegram refuses a JSON `null`.
struct SendRequest: Encodable {
    private let chat_id: Int64
    private let message_id: Int?
    private let message_thread_id: Int?
    private let text: String
    private let parse_mode: String?
    private let link_preview_options = Preview(is_disabled: true)
    private let disable_notification: Bool?
    private let reply_parameters: ReplyParameters?
    private let reply_markup: Markup?

    init(
        _ content: Content, chat: Int64, thread: Int? = nil, replyingTo reply: Int? = nil, silent: Bool = false,
        editing message: Int? = nil
    ) {
        chat_id = chat
        message_id = message
        message_thread_id = thread
        switch content.text {
        case .html(let html):
            text = html.markup
            parse_mode = "HTML"
        case .plain(let plain):
            text = plain
            parse_mode = nil
        }
        disable_notification = silent ? true : nil
        // A line that was deleted meanwhile must not cost us the answer.
        reply_parameters = reply.map { ReplyParameters(message_id: $0, allow_sending_without_reply: true) }
        // Without a keyboard an edit takes the old one away, as it should.
        reply_markup = content.keyboard.rows.isEmpty ? nil : Markup(content.keyboard)
    }

    private struct Preview: Encodable { let is_disabled: Bool }

    private struct ReplyParameters: Encodable {
        let message_id: Int
        let allow_sending_without_reply: Bool
    }

    private struct Markup: Encodable {
        let inline_keyboard: [[Button]]

        init(_ keyboard: InlineKeyboardMarkup) {
            inline_keyboard = keyboard.rows.map { $0.map(Button.init) }
        }
    }

    private struct Button: Encodable {
        let text: String
        let callback_data: String?
        let url: String?

        init(_ button: InlineKeyboardButton) {
            text = button.text
            switch button.action {
            case .callback(let data): (callback_data, url) = (data, nil)
            case .url(let address): (callback_data, url) = (nil, address)
            }
        }
    }
}
