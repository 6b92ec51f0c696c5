import Domain
import FoundationEssentials
import Testing

@testable import Sandbox

/// Telegram's checks and words, on the wire.
@Suite struct StandInTelegramTests {
    private let telegram = StandInTelegram(now: { Date(timeIntervalSince1970: 1_790_000_000) })
    private static let team = StandInTelegram.teamChat

    @Test func `a message comes back whole`() async throws {
        let asked = await telegram.say("/status@tipline_demo_bot", by: .bob)
        let answer = try await call(
            "sendMessage",
            [
                "chat_id": .int(Int(Self.team)), "text": "<b>x</b>", "parse_mode": "HTML",
                "reply_parameters": ["message_id": .int(asked), "allow_sending_without_reply": true],
                "reply_markup": ["inline_keyboard": [[["text": "Resolve", "callback_data": "/resolve 2"]]]],
            ])
        #expect(answer.status == 200)
        let result = try #require(answer.json["result"])
        #expect(result["message_id"] == 2)
        #expect(result["chat"] == ["id": .int(Int(Self.team)), "type": "supergroup", "title": "Shop team"])
        #expect(result["from"]?["is_bot"] == true)
        #expect(result["date"] == 1_790_000_000)
        #expect(result["text"] == "x")
        #expect(result["entities"] == [["type": "bold", "offset": 0, "length": 1]])
        #expect(result["reply_to_message"]?["text"] == "/status@tipline_demo_bot")
        #expect(result["reply_to_message"]?["entities"] == [["type": "bot_command", "offset": 0, "length": 24]])
        let shown = try #require(await telegram.shown().first)
        #expect(shown.keyboard == [[.init(text: "Resolve", data: "/resolve 2", url: nil)]])
        #expect(shown.data(of: "Resolve") == "/resolve 2")
        #expect(shown.html == "<b>x</b>")
        #expect(shown.replyTo == asked)
    }

    @Test(
        arguments: [
            (
                ["text": "<x>", "parse_mode": "HTML"],
                "can't parse entities: Unsupported start tag \"x\" at byte offset 0"
            ),
            (["text": ""], "message text is empty"), ([:], "message text is empty"),
            (["text": "\u{200B}"], "message text is empty"),
            (["text": .string(String(repeating: "x", count: 4097))], "message is too long"),
            (["text": "x", "parse_mode": "BBCode"], "unsupported parse_mode"),
            (["text": "x", "reply_markup": nil], "object expected as reply markup"),
            (["text": "x", "message_thread_id": nil], "invalid message_thread_id specified"),
            (["text": "x", "message_thread_id": 1], "message thread not found"),
            (["text": "x", "message_thread_id": 99], "message thread not found"),
            (["text": "x", "message_thread_id": 8], "TOPIC_CLOSED"), (["text": "x", "chat_id": -5], "chat not found"),
            (["text": "x", "chat_id": "no"], "chat_id is empty"),
            (["text": "x", "reply_parameters": ["message_id": 99]], "message to be replied not found"),
            (
                ["text": "x", "reply_parameters": ["message_id": 99, "allow_sending_without_reply": "true"]],
                "can't parse reply parameters: field \"allow_sending_without_reply\" must be of type Boolean"
            ),
            (
                ["text": "x", "link_preview_options": ["is_disabled": 1]],
                "can't parse link preview options: field \"is_disabled\" must be of type Boolean"
            ),
            (
                ["text": "x", "reply_markup": keyboard(["text": "a", "callback_data": .string(long(65))])],
                "BUTTON_DATA_INVALID"
            ),
            (["text": "x", "reply_markup": keyboard(["text": "a", "callback_data": ""])], "BUTTON_DATA_INVALID"),
            (
                ["text": "x", "reply_markup": keyboard(["text": "a", "url": "http://localhost:8000/x"])],
                "inline keyboard button URL 'http://localhost:8000/x' is invalid: Wrong HTTP URL"
            ),
            (
                ["text": "x", "reply_markup": keyboard(["text": "a", "url": nil, "callback_data": "x"])],
                "can't parse inline keyboard button: a field is null"
            ),
            (
                ["text": "x", "reply_markup": keyboard(["text": "", "callback_data": "x"])],
                "can't parse inline keyboard button: text is empty"
            ),
            (
                ["text": "x", "reply_markup": keyboard(["text": "a"])],
                "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard"
            ),
            (
                ["text": "x", "reply_markup": keyboard(["text": "a", "callback_data": "x", "style": "red"])],
                "can't parse inline keyboard button: invalid button style specified"
            ),
            (
                ["text": "x", "reply_markup": ["inline_keyboard": [.array(Array(repeating: button, count: 9))]]],
                "BUTTON_ROW_TOO_LONG"
            ),
            (
                [
                    "text": "x",
                    "reply_markup": ["inline_keyboard": .array(Array(repeating: [button, button], count: 51))],
                ],
                "reply markup is too long"
            ),
        ] as [(JSON, String)])
    func `refuses a message`(fields: JSON, words: String) async throws {
        await telegram.setTopic(8, isOpen: false)
        await telegram.setTopic(7, isOpen: true)
        let all = JSON.object(["chat_id": .int(Int(Self.team))]).merging(fields.object ?? [:])
        let answer = try await call("sendMessage", all)
        #expect(answer.status == 400)
        #expect(answer.json == ["ok": false, "error_code": 400, "description": .string("Bad Request: \(words)")])
        #expect(await telegram.shown() == [])
    }

    @Test func `describes a chat to a bot that is in it`() async throws {
        let chat = try await call("getChat", ["chat_id": .int(Int(Self.team))])
        #expect(chat.json["result"]?["type"] == "supergroup")
        #expect(chat.json["result"]?["title"] == "Shop team")
        for unknown in [-5, 77] {
            let answer = try await call("getChat", ["chat_id": .int(unknown)])
            #expect(
                answer.json == ["ok": false, "error_code": 400, "description": "Bad Request: chat not found"])
        }
        await telegram.setMembership(false, in: Self.team)
        let answer = try await call("getChat", ["chat_id": .int(Int(Self.team))])
        #expect(
            answer.json == [
                "ok": false, "error_code": 403, "description": "Forbidden: bot was kicked from the supergroup chat",
            ])
    }

    @Test func `takes IP addresses, 64 bytes and eight buttons in a row`() async throws {
        let row: JSON = .array(Array(repeating: ["text": "a", "callback_data": .string(Self.long(64))], count: 7))
        let answer = try await call(
            "sendMessage",
            [
                "chat_id": .int(Int(Self.team)), "text": "x",
                "reply_markup": ["inline_keyboard": [row, [["text": "b", "url": "http://10.0.0.1:8000/x"]]]],
            ])
        #expect(answer.status == 200)
    }

    @Test func `writes only to people who wrote before`() async throws {
        let stranger = try await send("x", to: Person.mallory.id)
        #expect(stranger.json["description"] == "Forbidden: bot can't initiate conversation with a user")
        await telegram.say("hello", by: .mallory, in: Person.mallory.id)
        #expect(try await send("x", to: Person.mallory.id).status == 200)
        await telegram.setMembership(false, in: Person.mallory.id, by: .mallory)
        let blocked = try await send("x", to: Person.mallory.id)
        #expect(blocked.json["description"] == "Forbidden: bot was blocked by the user")
        #expect(blocked.status == 403)
        let before = await telegram.unconfirmed
        await telegram.say("can you hear me?", by: .mallory, in: Person.mallory.id)
        #expect(await telegram.unconfirmed == before)
    }

    @Test func `an edit needs a message of its own, and something new`() async throws {
        let asked = await telegram.say("hello", by: .ada)
        _ = try await send("<b>one</b>", to: Self.team)
        let edit = { (id: Int, text: JSON) async throws -> JSON? in
            try await call(
                "editMessageText",
                ["chat_id": .int(Int(Self.team)), "message_id": .int(id), "text": text, "parse_mode": "HTML"]
            ).json["description"]
        }
        #expect(try await edit(99, "x") == "Bad Request: message to edit not found")
        #expect(try await edit(asked, "x") == "Bad Request: message can't be edited")
        #expect(try await edit(2, "<b>one</b>")?.string?.hasPrefix("Bad Request: message is not modified") == true)
        #expect(try await edit(2, "one") == nil)
        #expect(await telegram.shown().map(\.edits) == [1])
    }

    @Test func `an edit without a keyboard takes it away`() async throws {
        _ = try await call(
            "sendMessage", ["chat_id": .int(Int(Self.team)), "text": "x", "reply_markup": Self.keyboard(Self.button)])
        #expect(await telegram.shown().first?.keyboard.count == 1)
        _ = try await call("editMessageText", ["chat_id": .int(Int(Self.team)), "message_id": 1, "text": "x"])
        #expect(await telegram.shown().first?.keyboard == [])
    }

    @Test func `deletes, types, answers presses and shows a menu`() async throws {
        _ = try await send("x", to: Self.team)
        let press = await telegram.press("/resolve 2", under: 1, by: .grace)
        let chat: JSON = .int(Int(Self.team))
        #expect(try await call("sendChatAction", ["chat_id": chat, "action": "typing"]).status == 200)
        #expect(try await call("sendChatAction", ["chat_id": chat, "action": "dancing"]).status == 400)
        #expect(
            try await call("answerCallbackQuery", ["callback_query_id": .string(press), "text": "ok"]).status == 200)
        #expect(try await call("answerCallbackQuery", ["callback_query_id": "1"]).status == 400)
        #expect(
            try await call(
                "answerCallbackQuery", ["callback_query_id": .string(press), "text": .string(Self.long(201))]
            ).status == 400)
        await telegram.expire(callback: press)
        #expect(
            try await call("answerCallbackQuery", ["callback_query_id": .string(press)]).json["description"]
                == "Bad Request: query is too old and response timeout expired or query ID is invalid")
        #expect(try await call("deleteMessage", ["chat_id": chat, "message_id": 1]).status == 200)
        #expect(
            try await call("deleteMessage", ["chat_id": chat, "message_id": 1]).json["description"]
                == "Bad Request: message to delete not found")
        let menu: JSON = [["command": "help", "description": "What I can do"]]
        #expect(try await call("setMyCommands", ["commands": menu]).status == 200)
        #expect(await telegram.menu == [.init(command: "help", description: "What I can do")])
        #expect(
            await telegram.feed.changes.dropFirst() == [
                .typing(chat: Self.team, thread: nil), .callbackAnswered(id: press, text: "ok", isAlert: false),
                .deleted(chat: Self.team, message: 1), .menu([.init(command: "help", description: "What I can do")]),
            ])
    }

    @Test(
        arguments: [
            ([["command": "Help", "description": "x"]], "BOT_COMMAND_INVALID"),
            ([["command": "a-b", "description": "x"]], "BOT_COMMAND_INVALID"),
            ([["command": .string(long(33)), "description": "x"]], "BOT_COMMAND_INVALID"),
            ([["command": "a", "description": ""]], "BOT_COMMAND_DESCRIPTION_INVALID"),
            (.array(Array(repeating: ["command": "a", "description": "x"], count: 101)), "BOT_COMMANDS_TOO_MUCH"),
        ] as [(JSON, String)])
    func `refuses a menu`(commands: JSON, words: String) async throws {
        let answer = try await call("setMyCommands", ["commands": commands])
        #expect(answer.json["description"] == .string("Bad Request: \(words)"))
    }

    @Test func `knows its token and its methods`() async throws {
        #expect(await ask("/bot1:wrong/getMe").json["error_code"] == 401)
        #expect(await ask("/nothing").json["description"] == "Not Found")
        #expect(await ask("/bot\(telegram.token)/flyToTheMoon").status == 404)
        #expect(await ask("/bot\(telegram.token)/GETME").json["result"]?["username"] == "tipline_demo_bot")
    }

    @Test func `takes parameters in the address, as a form and as text in a form`() async throws {
        let query = await ask("/bot\(telegram.token)/sendMessage?chat_id=\(Self.team)&text=a+b%21")
        #expect(query.json["result"]?["text"] == "a b!")
        let form = await ask(
            "/bot\(telegram.token)/sendMessage", type: "application/x-www-form-urlencoded",
            body: "chat_id=\(Self.team)&text=x&reply_markup=%7B%22inline_keyboard%22%3A%5B%5D%7D")
        #expect(form.status == 200)
        let broken = await ask("/bot\(telegram.token)/sendMessage", type: "application/json", body: "{\"chat_id\":")
        #expect(broken.json["description"] == "Bad Request: can't parse JSON object")
    }

    @Test func `keeps what is uploaded`() async throws {
        let body = """
            --x\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n\(Self.team)\r\n\
            --x\r\nContent-Disposition: form-data; name="caption"\r\n\r\n<b>Report</b>\r\n\
            --x\r\nContent-Disposition: form-data; name="parse_mode"\r\n\r\nHTML\r\n\
            --x\r\nContent-Disposition: form-data; name="document"; filename="report.md"\r\n\
            Content-Type: text/markdown\r\n\r\n# Report\r\n\r\nAll is well.\r\n--x--\r\n
            """
        let answer = await ask(
            "/bot\(telegram.token)/sendDocument", type: "multipart/form-data; boundary=x", body: body)
        #expect(answer.json["result"]?["document"]?["file_size"] == 24)
        #expect(answer.json["result"]?["caption"] == "Report")
        let text = Array("# Report\r\n\r\nAll is well.".utf8)
        #expect(await telegram.shown().first?.file == .init(name: "report.md", bytes: text, isPhoto: false))
        let none = try await call("sendPhoto", ["chat_id": .int(Int(Self.team))])
        #expect(none.json["description"] == "Bad Request: there is no photo in the request")
    }

    static let button: JSON = ["text": "a", "callback_data": "x"]

    static func keyboard(_ button: JSON) -> JSON { ["inline_keyboard": [[button]]] }

    static func long(_ count: Int) -> String { String(repeating: "x", count: count) }

    private func send(_ text: String, to chat: Int64) async throws -> Answer {
        try await call("sendMessage", ["chat_id": .int(Int(chat)), "text": .string(text), "parse_mode": "HTML"])
    }

    private func call(_ method: String, _ parameters: JSON) async throws -> Answer {
        await ask(
            "/bot\(telegram.token)/\(method)", type: "application/json",
            body: String(decoding: parameters.bytes, as: UTF8.self))
    }

    private func ask(_ uri: String, type: String = "", body: String = "") async -> Answer {
        await telegram.answer(
            Question(method: "POST", uri: uri, headers: [("Content-Type", type)], body: Array(body.utf8)))
    }
}

extension Answer {
    var json: JSON { (try? JSON(parsing: body)) ?? .null }
}
