import Domain
import FoundationEssentials

extension BotAPI {
    /// Telegram's limit for the text under a file, in UTF-16 units after parsing.
    private static let captionLimit = 1024

    /// Sends a file; a caption that is too long is cut. Returns the new message's id.
    package func sendDocument(
        name: String, bytes: [UInt8], caption: HTML = HTML(), to destination: Destination,
        replyingTo message: Int? = nil, silent: Bool = false
    ) async throws -> Int {
        let file = MultipartForm.File(field: "document", name: name, type: "application/octet-stream", bytes: bytes)
        return try await send("sendDocument", file, caption, destination, message, silent)
    }

    /// Sends a picture, shown as such; a caption that is too long is cut. Returns the new message's id.
    package func sendPhoto(
        _ png: [UInt8], caption: HTML = HTML(), to destination: Destination, replyingTo message: Int? = nil,
        silent: Bool = false
    ) async throws -> Int {
        let file = MultipartForm.File(field: "photo", name: "picture.png", type: "image/png", bytes: png)
        return try await send("sendPhoto", file, caption, destination, message, silent)
    }

    private func send(
        _ method: String, _ file: MultipartForm.File, _ caption: HTML, _ destination: Destination, _ message: Int?,
        _ silent: Bool
    ) async throws -> Int {
        var fields = [(name: "chat_id", value: String(destination.chat))]
        if let thread = destination.thread { fields.append(("message_thread_id", String(thread))) }
        if !caption.isEmpty {
            fields += [("caption", caption.cut(to: Self.captionLimit).markup), ("parse_mode", "HTML")]
        }
        if silent { fields.append(("disable_notification", "true")) }
        if let message {
            fields.append(("reply_parameters", #"{"message_id":\#(message),"allow_sending_without_reply":true}"#))
        }
        return try await door.upload(method, MultipartForm(fields, file), Sent.self).message_id
    }
}
