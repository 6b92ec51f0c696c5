import Domain
import HTTP
import Telegram
import Testing

/// What Telegram's refusals become.
@Suite struct BotAPIErrorTests {
    private let message = Content(.html("x"))
    private let chat = Destination(chat: -1001)

    private func error(_ api: BotAPI) async -> BotAPIError? {
        do {
            _ = try await api.send(message, to: chat)
            return nil
        } catch {
            return error as? BotAPIError
        }
    }

    @Test(arguments: [
        (
            400, "Bad Request: can't parse entities: Unsupported start tag \\\"string\\\" at byte offset 4",
            BotAPIError.unparseable
        ),
        (400, "Bad Request: message thread not found", .topicGone), (400, "Bad Request: TOPIC_CLOSED", .topicGone),
        (400, "Bad Request: message to edit not found", .messageGone),
        (400, "Bad Request: message to delete not found", .messageGone),
        (400, "Bad Request: chat not found", .refused("Bad Request: chat not found")),
        (400, "Bad Request: message is too long", .refused("Bad Request: message is too long")),
        (401, "Unauthorized", .unauthorized), (404, "Not Found", .unauthorized),
        (403, "Forbidden: bot was blocked by the user", .forbidden("Forbidden: bot was blocked by the user")),
        (
            403, "Forbidden: bot was kicked from the supergroup chat",
            .forbidden("Forbidden: bot was kicked from the supergroup chat")
        ),
        (403, "Forbidden: user is deactivated", .forbidden("Forbidden: user is deactivated")),
        (
            403, "Forbidden: bot can't initiate conversation with a user",
            .forbidden("Forbidden: bot can't initiate conversation with a user")
        ),
        (
            409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            .conflict
        ),
        (
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            .conflict
        ),
        (413, "Request Entity Too Large", .refused("Request Entity Too Large")),
        (500, "Internal Server Error", .server(500)),
        (502, "Bad Gateway", .server(502)),
    ])
    func `a refusal is`(code: Int, description: String, expected: BotAPIError) async {
        #expect(await error(BotAPI(refusing: description, code: code)) == expected)
    }

    @Test func `quiet is asked for in seconds, and a moved group is named`() async {
        let quiet = BotAPI(refusing: "Too Many Requests: retry after 35", code: 429, parameters: #"{"retry_after":35}"#)
        #expect(await error(quiet) == .tooManyRequests(35))
        #expect(await error(BotAPI(refusing: "Too Many Requests", code: 429)) == .tooManyRequests(5))
        let moved = BotAPI(
            refusing: "Bad Request: group chat was upgraded to a supergroup chat",
            parameters: #"{"migrate_to_chat_id":-1001234567890}"#)
        #expect(await error(moved) == .migrated(-1_001_234_567_890))
    }

    @Test(arguments: [
        (Response.json("{\"ok\":true,\"result\":{\"message_id\":"), BotAPIError.malformed), (.json(""), .malformed),
        (.json("[]"), .malformed), (.json("null"), .malformed), (.json("{}"), .malformed),
        (.json(#"{"ok":"yes"}"#), .malformed),
        (.json(#"{"ok":true}"#), .malformed), (.json(#"{"ok":true,"result":true}"#), .malformed),
        (.json(#"{"ok":true,"result":{"message_id":"x"}}"#), .malformed),
        (Response(status: 200, body: Array("<html>log in</html>".utf8)), .malformed),
        (Response(status: 404), .malformed),
        (Response(status: 502, body: Array("<html>Bad Gateway".utf8)), .server(502)),
        (Response(status: 504), .server(504)),
        (Response(status: 429), .tooManyRequests(5)), (.json(#"{"ok":false}"#, status: 400), .refused("")),
        (.json(#"{"ok":false}"#, status: 500), .server(500)), (.json(#"{"ok":false}"#), .refused("")),
    ])
    func `an answer that is none`(response: Response, expected: BotAPIError) async {
        #expect(await error(BotAPI { _, _ in response }) == expected)
    }

    /// Whether Telegram may have done it decides about sending again.
    @Test(arguments: [
        (Failure.Kind.unreachable, true), (.refused, true), (.broken, false), (.timedOut, false),
        (.tooLarge(limit: 1), false),
    ])
    func `without an answer it says whether anything was sent`(kind: Failure.Kind, isUnsent: Bool) async {
        let api = BotAPI { _, _ in throw Failure(kind, "no route") }
        #expect(await error(api) == .unreachable("no route", isUnsent: isUnsent))
    }

    @Test func `a cancelled call stays cancelled`() async {
        let api = BotAPI { _, _ in throw CancellationError() }
        await #expect(throws: CancellationError.self) { try await api.send(message, to: chat) }
    }

    @Test func `an edit that changes nothing is done`() async throws {
        let words =
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
        try await BotAPI(refusing: words).edit(9, in: -1001, to: message)
        await #expect(throws: BotAPIError.messageGone) {
            try await BotAPI(refusing: "Bad Request: message to edit not found").edit(9, in: -1001, to: message)
        }
        await #expect(throws: BotAPIError.refused("Bad Request: message can't be edited")) {
            try await BotAPI(refusing: "Bad Request: message can't be edited").edit(9, in: -1001, to: message)
        }
    }

    @Test func `a press that is too old is left alone`() async throws {
        let words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        try await BotAPI(refusing: words).answer(callback: "1")
        await #expect(throws: BotAPIError.refused("Bad Request: x")) {
            try await BotAPI(refusing: "Bad Request: x").answer(callback: "1")
        }
    }

    @Test func `is told in plain words`() {
        let errors: [(BotAPIError, String)] = [
            (.tooManyRequests(35), "Telegram wants quiet for 35 s"),
            (.migrated(-1001), "the group became a supergroup"),
            (.forbidden("Forbidden: kicked"), "the chat does not take our messages (Forbidden: kicked)"),
            (.unauthorized, "Telegram does not know this bot token"),
            (.conflict, "another instance reads this bot's updates, or a webhook is set"),
            (.topicGone, "the topic is closed or gone"), (.unparseable, "Telegram could not read the message's HTML"),
            (.messageGone, "the message is not there any more"),
            (.refused("Bad Request: x"), "Telegram refused: Bad Request: x"),
            (.unreachable("no route", isUnsent: true), "Telegram cannot be reached (no route)"),
            (.server(502), "Telegram answers with error 502"), (.malformed, "Telegram's answer cannot be read"),
        ]
        for (error, words) in errors { #expect(error.explanation == words) }
    }

    @Test func `the token stays in the address`() async {
        let echo = BotAPI { request, _ in
            .json(#"{"ok":false,"error_code":404,"description":"Not Found"}"#, status: 404)
        }
        var texts = ["\(echo)", String(reflecting: echo), ""]
        dump(echo, to: &texts[2])
        for api in [echo, BotAPI { _, _ in .json("{") }, BotAPI { _, _ in throw Failure(.broken, "half an answer") }] {
            do { _ = try await api.me() } catch {
                texts += ["\(error)", String(reflecting: error), (error as? BotAPIError)?.explanation ?? ""]
            }
        }
        #expect(texts.count == 12)
        for text in texts { #expect(!text.contains(BotAPI.token) && !text.contains("AAH")) }
    }
}
