import ChatOps
import Domain
import FoundationEssentials
import GlitchTip
import HTTP
import Investigation
import Logging
import Sandbox
import Runbooks
import Storage
import Telegram
import Testing

@testable import ChatOps
@testable import Commands

typealias Issue = Domain.Issue

/// The bot's ear and mouth without Telegram: what somebody writes goes in as an update, what stands in the outbox comes out.
struct TestBot: Sendable {
    static let noon = Date(timeIntervalSince1970: 1_795_608_000)  // 2026-11-25 12:00 UTC

    let glitchtip: StandInGlitchTip
    let ledger: Ledger
    let shared: SharedState
    let health: Health
    let desk: InvestigationDesk
    let tally = Tally()
    private let router: Router
    private let handling: Handling
    private let folders: [TemporaryFolder]
    private let counter = Counter()

    /// - Parameter repositories: by project slug, as in `TIPLINE_REPOS`.
    /// - Parameter telegram: what is asked of it by itself; messages are not sent.
    /// - Parameter code: the folder that these are in, kept as long as the bot.
    init(
        repositories: [String: [RepositoryEntry]] = [:], glitchtip: StandInGlitchTip? = nil,
        code: TemporaryFolder? = nil,
        library: Library = .shipped, telegram: Client = .agreeable,
        writable: @escaping @Sendable () async -> WritableRepository? = { nil }
    ) throws {
        let now: @Sendable () -> Date = { Self.noon }
        let glitchtip = glitchtip ?? StandInGlitchTip(now: now)
        let folder = try TemporaryFolder()
        let ledger = Ledger(database: try SQLite(path: folder.path + "/tipline.db"))
        let keys = RedisKeys(environment: "test")
        let shared = SharedState(redis: nil, keys: keys, now: now)
        let health = Health(shared: shared) { _, _ in }
        let api = GlitchTipAPI(
            base: "https://glitchtip.example.com", token: Secret(glitchtip.token),
            organization: glitchtip.organization.slug,
            http: Client(answering: glitchtip).watched(as: .glitchtip, by: health, now: now))
        let desk = InvestigationDesk(
            glitchtip: api, clones: Clones(folder: folder.path + "/clones"), repositories: repositories,
            investigator: Investigator(stepLimit: .seconds(60)), cache: shared, keys: keys, version: "test",
            tally: tally)
        let telegram = BotAPI(base: "https://telegram.example.com", token: Secret("1:a"), http: telegram)
        var log = Logger(label: "test")
        log.logLevel = .critical
        let runbooks = RunbookDesk(library: library, ledger: ledger, writable: writable)
        let alerts = AlertDesk(
            ledger: ledger, glitchtip: api, routes: Routes(home: Destination(chat: StandInTelegram.teamChat)),
            zone: .utc,
            escalation: .standard, outboxBell: Bell(),
            runbook: { try await runbooks.title(for: $0, $1, at: Self.noon) }, log: log, now: now)
        let record = TeamRecord(ledger: ledger, zone: .utc, baselineMinutes: 15)
        let list = commands(
            glitchtip: api, desk: desk, alerts: alerts, runbooks: runbooks, health: health, ledger: ledger,
            reports: ReportDesk(
                ledger: ledger, glitchtip: api, zone: .utc, home: Destination(chat: StandInTelegram.teamChat),
                standard: .standard, record: record, log: log),
            record: record, log: log,
            about: About(version: "0.1.0", startedAt: Self.noon.addingTimeInterval(-7380)))
        manuals = list.map(\.manual)
        router = Router(
            commands: Dictionary(uniqueKeysWithValues: list.map { ($0.manual.name, $0) }),
            team: Team(chats: [StandInTelegram.teamChat], admins: [Person.ada.id], responders: [Person.grace.id]),
            ledger: ledger, botName: BotName(telegram: telegram))
        var handling = Handling(
            router: router, ledger: ledger, telegram: telegram, limiter: shared, health: health, log: log,
            outboxBell: Bell(), now: now, reference: { "k3f9x" })
        // So that a busy machine changes nothing.
        handling.patience = .seconds(60)
        self.handling = handling
        self.glitchtip = glitchtip
        self.ledger = ledger
        self.shared = shared
        self.health = health
        self.desk = desk
        folders = [folder] + (code.map { [$0] } ?? [])
    }

    /// In the order of `/help`.
    let manuals: [Manual]

    /// What the bot answers to a line; nil when it keeps quiet. Several messages are joined by a rule.
    func hears(
        _ line: String, by person: Person = .ada, in chat: Int64 = StandInTelegram.teamChat, replyingTo: Int? = nil
    ) async throws -> Said? {
        let id = await counter.next()
        var message: [String: JSON] = [
            "message_id": .int(id), "date": .int(Int(Self.noon.timeIntervalSince1970)), "text": .string(line),
            "chat": ["id": .int(Int(chat)), "type": "supergroup"], "from": wire(person),
        ]
        if let replyingTo { message["reply_to_message"] = ["message_id": .int(replyingTo), "date": 0] }
        return try await handle(["update_id": .int(id), "message": .object(message)], id: id, chat: chat)
    }

    /// What it says when a button with this line is pressed under a message.
    ///
    /// - Parameter working: what it said already, while it took long.
    func feels(
        _ line: String, under message: Int, by person: Person = .ada, after working: HTML? = nil
    ) async throws -> Said? {
        let id = await counter.next()
        if let working {
            let posting = Storage.Message(
                key: "update:\(id)", chat: StandInTelegram.teamChat, thread: nil, replyTo: message, subject: nil,
                priority: .answer, content: try Posting(working).json())
            try await ledger.say([posting], at: Self.noon)
            _ = try await delivered()
        }
        let origin: JSON = [
            "message_id": .int(message), "date": 0,
            "chat": ["id": .int(Int(StandInTelegram.teamChat)), "type": "supergroup"],
        ]
        let query: JSON = ["id": .string("\(id)"), "from": wire(person), "data": .string(line), "message": origin]
        return try await handle(
            ["update_id": .int(id), "callback_query": query], id: id, chat: StandInTelegram.teamChat)
    }

    /// What it says to the line that it could not handle before.
    func triesAgain() async throws -> Said? {
        try await handling.handle(try #require(try await ledger.nextUpdate(notIn: [])))
        return try await delivered()
    }

    /// What Telegram might send besides.
    func receive(raw payload: String) async throws {
        let id = await counter.next()
        try await ledger.receive([
            InboxEntry(updateID: id, chat: 0, payload: Array(payload.utf8), receivedAt: Self.noon, attempts: 0)
        ])
        try await handling.handle(try #require(try await ledger.nextUpdate(notIn: [])))
    }

    private func handle(_ update: JSON, id: Int, chat: Int64) async throws -> Said? {
        try await ledger.receive([
            InboxEntry(updateID: id, chat: chat, payload: update.bytes, receivedAt: Self.noon, attempts: 0)
        ])
        let entry = try #require(try await ledger.nextUpdate(notIn: []))
        try await handling.handle(entry)
        return try await delivered()
    }

    /// Takes what waits out of the ledger, as the courier does.
    private func delivered() async throws -> Said? {
        var postings: [Posting] = []
        var isEdit = false
        var message = 0
        while let due = try await ledger.nextMessage(at: Self.noon, notIn: []) {
            let posting = try Posting(json: due.message.content)
            let id = if let id = due.messageID { id } else { await counter.next() }
            postings.append(posting)
            if posting.after == nil { (message, isEdit) = (id, due.messageID != nil) }
            try await ledger.delivered(due, messageID: id, at: Self.noon)
        }
        return postings.isEmpty ? nil : Said(postings, message: message, isEdit: isEdit)
    }

    private func wire(_ person: Person) -> JSON {
        ["id": .int(Int(person.id)), "is_bot": false, "first_name": .string(person.firstName)]
    }
}

extension TestBot {
    /// The bot in the stand-in world's shop: its code, its issues.
    static func inShop(repositories: [String: [RepositoryEntry]]? = nil, library: Library = .shipped) async throws
        -> TestBot
    {
        let glitchtip = StandInGlitchTip(now: { noon })
        try await SampleIssues(now: noon).fill(glitchtip)
        let folder = try TemporaryFolder()
        let shop = try await ShopRepository.make(in: folder.path, now: noon)
        let own = try [
            "shop-web": [#require(RepositoryEntry(text: shop.web))],
            "billing-api": [#require(RepositoryEntry(text: shop.platform + "#services/billing"))],
        ]
        return try TestBot(repositories: repositories ?? own, glitchtip: glitchtip, code: folder, library: library)
    }
}

/// What the bot said.
struct Said: Sendable {
    let html: HTML
    let keyboard: [[Button]]
    /// Below the text, its caption is the last part of it.
    let picture: Picture?
    /// Likewise.
    let document: Document?
    /// Its number in the chat; the last text's when there are several.
    let message: Int
    /// Whether it took the place of another message.
    let isEdit: Bool

    init(_ postings: [Posting], message: Int, isEdit: Bool) {
        html = postings.map(\.text).joined(by: "\n———\n")
        keyboard = postings.last { $0.after == nil }?.keyboard ?? []
        picture = postings.compactMap(\.picture).last
        document = postings.compactMap(\.document).last
        self.message = message
        self.isEdit = isEdit
    }

    var text: String { html.markup }

    /// The buttons, a row a line: `Undo → /unresolve 2 | Open in GlitchTip → https://…`.
    var buttons: String {
        keyboard.map { row in
            row.map { button in
                switch button.action {
                case .line(let line): "\(button.text) → \(line)"
                case .link(let link): "\(button.text) → \(link)"
                }
            }.joined(separator: " | ")
        }.joined(separator: "\n")
    }
}

private actor Counter {
    private var last = 100

    func next() -> Int {
        last += 1
        return last
    }
}

extension Client {
    /// GlitchTip without a network between.
    init(answering glitchtip: StandInGlitchTip) {
        self.init { request in
            let question = Question(
                method: request.method.rawValue,
                uri: String(request.url.dropFirst("https://glitchtip.example.com".count)),
                headers: request.headers.map { ($0.name, $0.value) }, body: request.body ?? [])
            let answer = await glitchtip.answer(question)
            switch answer.delivery {
            case .whole: break
            case .half: throw Failure(.broken, "Transferred a partial file")
            case .none: throw Failure(.broken, "Server returned nothing")
            }
            return Response(
                status: answer.status, headers: answer.headers.map { (name: $0.0, value: $0.1) }, body: answer.body)
        }
    }

    /// A Telegram that says yes to everything.
    static var agreeable: Client {
        Client { _ in
            Response(
                status: 200,
                body: Array(
                    #"{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Tipline","username":"tipline_bot"}}"#.utf8
                ))
        }
    }
}

/// Removed with its last owner.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "tipline-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Library {
    /// Those in the repository.
    static var shipped: Library {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return Library(folders: [], shipped: root.appending(path: "runbooks").path())
    }
}
