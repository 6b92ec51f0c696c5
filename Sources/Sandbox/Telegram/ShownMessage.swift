/// A message of the bot as a person sees it.
package struct ShownMessage: Sendable, Hashable {
    package let chat: Int64
    package let id: Int
    /// As the bot sent it.
    package let html: String
    /// As Telegram shows it.
    package let plain: String
    package let keyboard: [[Button]]
    package let replyTo: Int?
    package let thread: Int?
    package let edits: Int
    /// What it carries; its text is then the caption.
    package let file: File?

    package struct Button: Sendable, Hashable {
        package let text: String
        /// What pressing it sends to the bot.
        package let data: String?
        package let url: String?
    }

    package struct File: Sendable, Hashable {
        package let name: String
        package let bytes: [UInt8]
        package let isPhoto: Bool

        package var size: Int { bytes.count }
    }

    /// The data of the button with this label.
    package func data(of label: String) -> String? { keyboard.joined().first { $0.text == label }?.data }
}

extension StandInTelegram {
    func shown(_ message: StoredMessage, in chat: Int64) -> ShownMessage {
        let rows = message.keyboard?["inline_keyboard"]?.array ?? []
        return ShownMessage(
            chat: chat, id: message.id, html: message.source, plain: message.text.plain,
            keyboard: rows.map { row in
                (row.array ?? []).map { button in
                    .init(
                        text: button["text"]?.string ?? "", data: button["callback_data"]?.string,
                        url: button["url"]?.string)
                }
            }, replyTo: message.replyTo, thread: message.thread, edits: message.edits, file: message.file)
    }
}
