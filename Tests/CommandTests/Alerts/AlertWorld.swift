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

/// The desk between a stand-in GlitchTip and a chat, with a clock that only the test moves.
struct AlertWorld: Sendable {
    static let home: Int64 = -1_001_000_000_001

    let glitchtip: StandInGlitchTip
    let chat = TestChat()
    let clock: TestClock
    let ledger: Ledger
    let desk: AlertDesk
    let reportClock: ReportClock
    let watch: Watch
    private let handling: Handling
    private let updates = Updates()

    /// Runs in a world whose watch has begun with nothing to tell, unless `isNew`.
    ///
    /// - Parameter patience: how long a message waits for its details; long, so that a busy machine changes nothing.
    static func run(
        routes: String = "", zone: String = "UTC", isNew: Bool = false, patience: Duration = .seconds(60),
        _ body: (AlertWorld) async throws -> Void
    ) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "tipline-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let database = try SQLite(path: path + "/tipline.db")
        let clock = TestClock()
        let world = try AlertWorld(
            ledger: Ledger(database: database), glitchtip: StandInGlitchTip(now: { clock.time }), clock: clock,
            routes: routes, zone: zone, patience: patience)
        if !isNew {
            try await world.look()
            clock.advance(3600)
        }
        try await body(world)
        await database.close()
    }

    /// Also what a restart is: a new desk on the same ledger.
    init(
        ledger: Ledger, glitchtip: StandInGlitchTip, clock: TestClock, routes: String = "", zone: String = "UTC",
        patience: Duration = .seconds(60), fuse: Fuse? = nil
    ) throws {
        let now: @Sendable () -> Date = { clock.now }
        var log = Logger(label: "test")
        log.logLevel = .critical
        let api = GlitchTipAPI(
            base: "https://glitchtip.example.com", token: Secret(glitchtip.token),
            organization: glitchtip.organization.slug, http: .answering(glitchtip, fuse))
        let routes = try Routes(text: routes, home: Destination(chat: Self.home))
        let runbooks = RunbookDesk(library: .shipped, ledger: ledger)
        desk = AlertDesk(
            ledger: ledger, glitchtip: api, routes: routes, zone: try #require(Zone(name: zone)), escalation: .standard,
            outboxBell: Bell(), patience: patience, runbook: { try await runbooks.title(for: $0, $1, at: now()) },
            log: log, now: now)
        watch = Watch(desk: desk, glitchtip: api, ledger: ledger, log: log, now: now)
        let keys = RedisKeys(environment: "test")
        let shared = SharedState(redis: nil, keys: keys, now: now)
        let investigations = InvestigationDesk(
            glitchtip: api, clones: Clones(folder: "/nonexistent"), repositories: [:], investigator: Investigator(),
            cache: shared, keys: keys, version: "test")
        let health = Health(shared: shared) { _, _ in }
        let record = TeamRecord(ledger: ledger, zone: try #require(Zone(name: zone)), baselineMinutes: 15)
        let reports = ReportDesk(
            ledger: ledger, glitchtip: api, zone: try #require(Zone(name: zone)), home: Destination(chat: Self.home),
            standard: .standard, record: record, log: log)
        reportClock = ReportClock(desk: reports, outboxBell: Bell(), now: now)
        let list = commands(
            glitchtip: api, desk: investigations, alerts: desk, runbooks: runbooks, health: health, ledger: ledger,
            reports: reports, record: record, log: log,
            about: About(version: "0.1.0", startedAt: clock.now))
        let telegram = BotAPI(base: "https://telegram.example.com", token: Secret("1:a"), http: .sayingYes)
        let router = Router(
            commands: Dictionary(uniqueKeysWithValues: list.map { ($0.manual.name, $0) }),
            team: Team(chats: routes.chats, admins: [Person.ada.id], responders: [Person.grace.id]), ledger: ledger,
            botName: BotName(telegram: telegram))
        handling = Handling(
            router: router, ledger: ledger, telegram: telegram, limiter: shared, health: health, log: log,
            outboxBell: Bell(), now: now, reference: { "k3f9x" }, patience: .seconds(60))
        self.ledger = ledger
        self.glitchtip = glitchtip
        self.clock = clock
    }

    /// The list of issues is read once, and what is said is delivered.
    func look() async throws {
        try await watch.look()
        try await deliver()
    }

    /// Time alone does its work.
    func keepUp(since last: Date = .distantPast) async throws {
        try await desk.keepUp(since: last)
        try await deliver()
    }

    func deliver() async throws { try await chat.deliver(ledger, at: clock.now) }

    /// Issues a millisecond apart, so that no two share a place in the list.
    func add(_ ids: ClosedRange<Int>, title: (Int) -> String = { "Error: number \($0)" }, in slug: String = "shop-web")
        async
    {
        for id in ids {
            let date = clock.now.addingTimeInterval(-Double(id - ids.lowerBound) / 1000)
            await glitchtip.add(id, title: title(id), in: slug, firstSeen: date, lastSeen: date)
        }
    }

    /// A webhook comes in and is handled.
    func hook(_ body: String) async throws {
        _ = try await ledger.receive(alert: Array(body.utf8), at: clock.now)
        while let alert = try await ledger.nextAlert() { try await desk.handle(alert) }
        try await deliver()
    }

    /// What GlitchTip 5 sends for these issues.
    func hook(issues ids: Int..., total: Int? = nil) async throws { try await hook(await webhook(ids, total: total)) }

    func webhook(_ ids: [Int], total: Int? = nil) async -> String {
        let attachments = ids.prefix(3).map { id in
            """
            {"title": "Error: number \(id)", "title_link": "https://glitchtip.example.com/demo-shop/issues/\(id)",
             "color": "#e52b50", "fields": [{"title": "Project", "value": "Shop Web"},
             {"title": "Environment", "value": "production"}, {"title": "Release", "value": "shop-web@2.3.1"}]}
            """
        }
        let total = total ?? ids.count
        let text = total > 1 ? "GlitchTip Alert (\(total) issues)" : "GlitchTip Alert"
        return #"{"text": "\#(text)", "attachments": [\#(attachments.joined(separator: ","))]}"#
    }

    // MARK: People

    /// What the bot answers below a typed line; nil when it keeps quiet.
    @discardableResult
    func hears(_ line: String, by person: Person = .ada, in chat: Int64 = home) async throws -> TestChat.Shown? {
        let id = await updates.next()
        let update = """
            {"update_id": \(id), "message": {"message_id": \(id), "date": 0, "chat": {"id": \(chat), "type": "supergroup"},
             "from": \(Self.wire(person)), "text": \(Self.quoted(line))}}
            """
        return try await handle(update, id, chat)
    }

    /// Somebody presses the button with this line under the message with this key.
    @discardableResult
    func presses(_ line: String, under key: String, by person: Person = .ada) async throws -> TestChat.Shown? {
        let id = await updates.next()
        let (message, shown) = try await chat.message(key)
        #expect(shown.buttons.contains(line), "there is no such button")
        let update = """
            {"update_id": \(id), "callback_query": {"id": "\(id)", "from": \(Self.wire(person)), "data": \(Self.quoted(line)),
             "message": {"message_id": \(message), "date": 0, "chat": {"id": \(shown.chat), "type": "supergroup"}}}}
            """
        return try await handle(update, id, shown.chat)
    }

    private func handle(_ update: String, _ id: Int, _ chat: Int64) async throws -> TestChat.Shown? {
        try await ledger.receive([
            InboxEntry(updateID: id, chat: chat, payload: Array(update.utf8), receivedAt: clock.now)
        ])
        try await handling.handle(try #require(try await ledger.nextUpdate(notIn: [])))
        try await deliver()
        return await self.chat.messages.values.first { $0.key == "update:\(id)" }
    }

    private static func wire(_ person: Person) -> String {
        #"{"id": \#(person.id), "is_bot": false, "first_name": "\#(person.firstName)"}"#
    }

    private static func quoted(_ text: String) -> String {
        String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
    }
}

private actor Updates {
    private var last = 5000

    func next() -> Int {
        last += 1
        return last
    }
}

extension Client {
    /// GlitchTip without a network between.
    fileprivate static func answering(_ glitchtip: StandInGlitchTip, _ fuse: Fuse?) -> Client {
        Client { request in
            try await fuse?.burn()
            let path = request.url.dropFirst("https://glitchtip.example.com".count)
            let answer = await glitchtip.answer(
                Question(
                    method: request.method.rawValue, uri: String(path),
                    headers: request.headers.map { ($0.name, $0.value) }, body: request.body ?? []))
            try await fuse?.burn()
            guard answer.delivery == .whole else { throw Failure(.broken, "Server returned nothing") }
            try await Task.sleep(for: answer.delay)
            return Response(
                status: answer.status, headers: answer.headers.map { (name: $0.0, value: $0.1) }, body: answer.body)
        }
    }

    fileprivate static var sayingYes: Client {
        let body = #"{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Tipline","username":"tipline_bot"}}"#
        return Client { _ in Response(status: 200, body: Array(body.utf8)) }
    }
}
