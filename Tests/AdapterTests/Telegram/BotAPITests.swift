import Domain
import Foundation
import HTTP
import Telegram
import Testing

/// What is sent to Telegram, parameter by parameter.
@Suite struct BotAPITests {
    private let log = RequestLog()

    private func api(_ result: String = "true") -> BotAPI {
        BotAPI(log: log) { _, _ in .json(#"{"ok":true,"result":\#(result)}"#) }
    }

    /// The method and the parameters of the only request.
    private func sent() async throws -> (method: String, parameters: NSDictionary) {
        let request = try #require(await log.requests.first)
        #expect(await log.requests.count == 1)
        #expect(request.method == .post)
        #expect(request.headers.contains { $0 == ("Content-Type", "application/json") })
        #expect(request.url == "https://api.telegram.org/bot\(BotAPI.token)/" + request.telegramMethod)
        // A JSON null is a 400.
        #expect(!request.bodyText.contains("null"))
        return (request.telegramMethod, try object(request.bodyText))
    }

    private func object(_ text: String) throws -> NSDictionary {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
    }

    @Test func `asks for a chat by its id`() async throws {
        let isKnown = try await api(#"{"id":-1001,"type":"supergroup","title":"Team"}"#).knows(-1001)
        #expect(isKnown)
        let (method, parameters) = try await sent()
        #expect(method == "getChat")
        #expect(parameters == (try object(#"{"chat_id":-1001}"#)))
    }

    @Test(arguments: [
        (400, "Bad Request: chat not found"), (403, "Forbidden: bot was kicked from the supergroup chat"),
        (403, "Forbidden: bot is not a member of the supergroup chat"),
    ])
    func `a chat that it is not in is none that it knows`(code: Int, words: String) async throws {
        let isKnown = try await BotAPI(refusing: words, code: code).knows(-1001)
        #expect(!isKnown)
        await #expect(throws: BotAPIError.unauthorized) {
            try await BotAPI(refusing: "Unauthorized", code: 401).knows(-1001)
        }
    }

    @Test func `a message is HTML without a preview, and nothing that is not there`() async throws {
        let id = try await api(#"{"message_id":77,"date":1,"chat":{"id":5}}"#)
            .send(Content(.html("<b>\("a<b")</b>")), to: Destination(chat: 5))
        #expect(id == 77)
        let (method, parameters) = try await sent()
        #expect(method == "sendMessage")
        #expect(
            parameters
                == (try object(
                    #"{"chat_id":5,"text":"<b>a&lt;b</b>","parse_mode":"HTML","link_preview_options":{"is_disabled":true}}"#
                )))
        #expect(await log.requests.first?.bodyText.contains(#""is_disabled":true"#) == true)
    }

    @Test func `a message in a topic answers another, silently, with buttons`() async throws {
        let buttons = [
            InlineKeyboardButton("Resolve", callbackData: "/resolve 2"),
            InlineKeyboardButton("Open", url: "https://glitchtip.example.com/acme/issues/2"),
        ].compactMap(\.self)
        _ = try await api(#"{"message_id":78}"#).send(
            Content(.plain("a<b"), keyboard: InlineKeyboardMarkup(rows: [buttons])),
            to: Destination(chat: -1001, thread: 17),
            replyingTo: 9, silent: true)
        let (_, parameters) = try await sent()
        #expect(
            parameters
                == (try object(
                    """
                    {"chat_id":-1001,"message_thread_id":17,"text":"a<b","link_preview_options":{"is_disabled":true},
                     "disable_notification":true,"reply_parameters":{"message_id":9,"allow_sending_without_reply":true},
                     "reply_markup":{"inline_keyboard":[[{"text":"Resolve","callback_data":"/resolve 2"},
                      {"text":"Open","url":"https://glitchtip.example.com/acme/issues/2"}]]}}
                    """)))
    }

    @Test func `the general topic is left out, as Telegram refuses its number`() async throws {
        _ = try await api(#"{"message_id":1}"#).send(Content(.plain("x")), to: Destination(chat: -1001, thread: 1))
        #expect(try await sent().parameters["message_thread_id"] == nil)
    }

    @Test func `an edit names the message, and without buttons takes them away`() async throws {
        try await api().edit(9, in: -1001, to: Content(.html("x")))
        let (method, parameters) = try await sent()
        #expect(method == "editMessageText")
        #expect(
            parameters
                == (try object(
                    #"{"chat_id":-1001,"message_id":9,"text":"x","parse_mode":"HTML","link_preview_options":{"is_disabled":true}}"#
                )))
    }

    @Test func `a message is deleted in its chat`() async throws {
        try await api().delete(9, in: -1001)
        #expect(try await sent() == ("deleteMessage", try object(#"{"chat_id":-1001,"message_id":9}"#)))
    }

    @Test func `shows that it types, in the topic`() async throws {
        try await api().typing(in: Destination(chat: -1001, thread: 17))
        let parameters = try object(#"{"chat_id":-1001,"message_thread_id":17,"action":"typing"}"#)
        #expect(try await sent() == ("sendChatAction", parameters))
    }

    @Test func `lets go of a webhook, which would keep updates from us`() async throws {
        try await api().deleteWebhook()
        #expect(try await sent() == ("deleteWebhook", [:]))
    }

    @Test func `a press is answered, in 200 units at most`() async throws {
        let text = String(repeating: "😀", count: 150)
        try await api().answer(callback: "77", text: text, alert: true)
        let (method, parameters) = try await sent()
        #expect(method == "answerCallbackQuery")
        #expect(parameters["callback_query_id"] as? String == "77")
        #expect(parameters["show_alert"] as? Bool == true)
        #expect(parameters["text"] as? String == String(repeating: "😀", count: 99) + "…")
    }

    @Test func `a press without words is answered without words`() async throws {
        try await api().answer(callback: "77")
        #expect(try await sent().parameters == (try object(#"{"callback_query_id":"77","show_alert":false}"#)))
    }

    @Test func `the menu has a hundred entries at most, each short`() async throws {
        let commands = (1...120).map { (name: "command\($0)", description: String(repeating: "d", count: 300)) }
        try await api().setCommands(commands)
        let (method, parameters) = try await sent()
        #expect(method == "setMyCommands")
        let entries = try #require(parameters["commands"] as? [[String: String]])
        #expect(entries.count == 100)
        #expect(entries.first?["command"] == "command1")
        #expect(entries.allSatisfy { $0["description"]?.utf16.count == 256 })
    }

    @Test func `says who it is`() async throws {
        let user = try await api(#"{"id":42,"is_bot":true,"first_name":"Tipline","username":"tipline_bot"}"#).me()
        #expect(user.id == 42 && user.firstName == "Tipline" && user.username == "tipline_bot" && user.isBot)
        #expect(try await sent() == ("getMe", [:]))
    }

    @Test func `waits for updates longer than Telegram does`() async throws {
        _ = try await api("[]").updates(from: 17, wait: .seconds(50))
        let (method, parameters) = try await sent()
        #expect(method == "getUpdates")
        #expect(
            parameters
                == (try object(
                    #"{"offset":17,"limit":100,"timeout":50,"allowed_updates":["message","callback_query","my_chat_member"]}"#
                )))
        let request = try #require(await log.requests.first)
        #expect(request.timeout > .seconds(60))
        #expect(request.responseLimit >= 32 << 20)
    }

    @Test func `the first time there is no offset`() async throws {
        _ = try await api("[]").updates(from: nil, wait: .zero, limit: 1)
        let (_, parameters) = try await sent()
        #expect(parameters["offset"] == nil && parameters["timeout"] as? Int == 0 && parameters["limit"] as? Int == 1)
    }

    @Test(arguments: [
        ("-1001234", Destination(chat: -1_001_234)), ("5", Destination(chat: 5)),
        ("-1001234:17", Destination(chat: -1_001_234, thread: 17)), ("-1001234:1", Destination(chat: -1_001_234)),
    ])
    func `a destination is a chat and a topic`(text: String, destination: Destination) {
        #expect(Destination(text: text) == destination)
        #expect(Destination(text: destination.description) == destination)
    }

    @Test(arguments: [
        "", "0", "x", "-", ":", "5:", ":5", "5:0", "5:-1", "5:x", "5:6:7", "@channel", "5 ", "99999999999999999999",
    ])
    func `a destination is nothing else`(text: String) {
        #expect(Destination(text: text) == nil)
    }
}
