import FoundationEssentials

/// A small Telegram on loopback: Bot API on one side, people with their chats on the other.
///
/// It has the limits and the complaints of the real one, so that what works here works there. People act by the
/// methods in `StandInTelegram+People`; what the bot did shows in `shown(in:)` and comes by `next(where:)`.
package actor StandInTelegram {
    /// The chat that the stand-in world is about.
    package static let teamChat: Int64 = -1_001_000_000_001

    package nonisolated let token: String
    /// The bot's own account.
    package nonisolated let bot: Person

    nonisolated let now: @Sendable () -> Date
    var chats: [Int64: Chat]
    /// Updates that nobody has confirmed yet, oldest first.
    var pending: [PendingUpdate] = []
    var lastUpdateID = 700_000_000
    /// Every update that had a number, to be delivered again when a test wants that.
    var delivered: [Int: [UInt8]] = [:]
    var allowedUpdates: Set<String>?
    /// The poller that waits now; a second one ends it.
    var poller: AsyncStream<Wake>.Continuation?
    var polls = 0
    var awaitingPoll: [AsyncStream<Never>.Continuation] = []
    var hasWebhook = false
    var callbacks: Set<String> = []
    var lastCallback = 0
    package internal(set) var menu: [MenuEntry] = []
    var faults: [OrderedFault] = []
    var pace: SendingPace?
    var feed = ChangeFeed()
    /// Every call of a method, for tests that count.
    package private(set) var calls: [Call] = []

    package struct Call: Sendable, Hashable {
        package let method: String
        package let chat: Int64?
    }

    package init(
        token: String = "700000001:stand-in-token-for-the-demo-only",
        bot: Person = Person(id: 700_000_001, firstName: "Tipline", username: "tipline_demo_bot"),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.token = token
        self.bot = bot
        self.now = now
        chats = [Self.teamChat: Chat(id: Self.teamChat, kind: .supergroup, title: "Shop team")]
    }

    package nonisolated func serve(
        port: Int = 0, listening: @escaping @Sendable (Int) async -> Void
    ) async throws {
        try await StandIn.serve(port: port, listening: listening) { await self.answer($0) }
    }

    /// What it answers; also for clients that need no network between.
    package func answer(_ question: Question) async -> Answer {
        guard question.path.hasPrefix("/bot"), let slash = question.path.dropFirst(4).firstIndex(of: "/") else {
            return Refused(404, "Not Found").answer
        }
        guard question.path.dropFirst(4)[..<slash] == token else { return Refused(401, "Unauthorized").answer }
        let name = String(question.path[question.path.index(after: slash)...])
        do throws(Refused) {
            let parameters = try Parameters(question)
            calls.append(Call(method: name, chat: try? parameters.chat()))
            guard let method = Method(rawValue: name.lowercased()) else {
                throw Refused(404, "Not Found: method not found")
            }
            guard let fault = takeFault(for: method, in: try? parameters.chat()) else {
                return .ok(try await result(of: method, parameters))
            }
            return try await spoil(fault, method, parameters)
        } catch {
            return error.answer
        }
    }

    func result(of method: Method, _ parameters: Parameters) async throws(Refused) -> [UInt8] {
        switch method {
        case .getUpdates: try await updates(parameters)
        case .getMe: me.bytes
        case .getChat: try describe(parameters).bytes
        case .sendMessage: try send(parameters).bytes
        case .editMessageText: try edit(parameters).bytes
        case .deleteMessage: try delete(parameters).bytes
        case .answerCallbackQuery: try answerCallback(parameters).bytes
        case .sendChatAction: try showAction(parameters).bytes
        case .setMyCommands: try setMenu(parameters).bytes
        case .deleteWebhook: forgetWebhook(parameters).bytes
        case .sendDocument, .sendPhoto: try upload(parameters, as: method).bytes
        }
    }

    private var me: JSON {
        wire(bot, isBot: true).merging([
            "can_join_groups": true, "can_read_all_group_messages": true, "supports_inline_queries": false,
        ])
    }
}

extension StandInTelegram {
    /// The methods it knows; Telegram takes their names in any case.
    package enum Method: String, Sendable, CaseIterable {
        case getMe = "getme"
        case getChat = "getchat"
        case getUpdates = "getupdates"
        case sendMessage = "sendmessage"
        case editMessageText = "editmessagetext"
        case deleteMessage = "deletemessage"
        case answerCallbackQuery = "answercallbackquery"
        case sendChatAction = "sendchataction"
        case setMyCommands = "setmycommands"
        case deleteWebhook = "deletewebhook"
        case sendDocument = "senddocument"
        case sendPhoto = "sendphoto"
    }
}

/// Telegram's "no", in its words.
struct Refused: Error {
    let code: Int
    let description: String
    var parameters: [String: JSON]

    init(_ code: Int, _ description: String, parameters: [String: JSON] = [:]) {
        self.code = code
        self.description = description
        self.parameters = parameters
    }

    static func bad(_ words: String) -> Refused { Refused(400, "Bad Request: \(words)") }

    static func tooMany(_ seconds: Int) -> Refused {
        Refused(429, "Too Many Requests: retry after \(seconds)", parameters: ["retry_after": .int(seconds)])
    }

    static func migrated(to chat: Int64) -> Refused {
        Refused(
            400, "Bad Request: group chat was upgraded to a supergroup chat",
            parameters: ["migrate_to_chat_id": .int(Int(chat))])
    }

    var answer: Answer {
        var fields: [String: JSON] = ["ok": false, "error_code": .int(code), "description": .string(description)]
        if !parameters.isEmpty { fields["parameters"] = .object(parameters) }
        return Answer(code, headers: [("Content-Type", "application/json")], body: JSON.object(fields).bytes)
    }
}

extension Answer {
    /// Telegram's envelope around a result.
    static func ok(_ result: [UInt8]) -> Answer {
        Answer(
            200, headers: [("Content-Type", "application/json")],
            body: Array("{\"ok\":true,\"result\":".utf8) + result + Array("}".utf8))
    }
}
