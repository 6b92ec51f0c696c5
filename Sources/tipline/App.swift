import ChatOps
import Commands
import Domain
import FoundationEssentials
import GlitchTip
import HTTP
import Investigation
import Logging
import Runbooks
import Storage
import Telegram
import Web

/// The whole program, wired: the only place that knows everyone. The end-to-end tests build the same.
struct App: Sendable {
    let glitchtip: GlitchTipAPI
    let telegram: BotAPI
    let desk: InvestigationDesk
    let shared: SharedState
    let clones: Clones
    let checkouts: Checkouts
    let library: Library
    /// Rung when a webhook was written down.
    let alertBell = Bell()
    let configuration: Configuration
    let log: Logger
    let now: @Sendable () -> Date
    private let health: Health
    private let tally = Tally()

    init(_ configuration: Configuration, log: Logger, now: @escaping @Sendable () -> Date = { Date() }) {
        let keys = RedisKeys(environment: configuration.environment)
        let shared = SharedState(redis: configuration.redis, keys: keys, now: now) { state in
            if let state = Health.State(state) { Self.report(.redis, state, log) }
        }
        let health = Health(shared: shared) { Self.report($0, $1, log) }
        let http = Client.curl(userAgent: "tipline/\(Tipline.version)")
        glitchtip = GlitchTipAPI(
            base: configuration.glitchtip.url, token: configuration.glitchtip.token,
            organization: configuration.glitchtip.organization,
            http: http.watched(as: .glitchtip, by: health, now: now).retrying())
        telegram = BotAPI(
            base: configuration.telegram.url, token: configuration.telegram.token,
            http: http.watched(as: .telegram, by: health, now: now).counted(by: tally))
        clones = Clones(folder: configuration.clonesFolder)
        desk = InvestigationDesk(
            glitchtip: glitchtip, clones: clones, repositories: configuration.repositories,
            settings: configuration.code, investigator: Investigator(), cache: shared, keys: keys,
            version: Tipline.version, tally: tally)
        let checkouts = Checkouts(
            configuration.runbooks.compactMap(\.repository), folder: configuration.dataFolder + "/runbooks")
        library = Library(configuration.runbooks.map { $0.source(checkouts) }, shipped: ShippedRunbooks.folder)
        self.checkouts = checkouts
        self.configuration = configuration
        self.shared = shared
        self.health = health
        self.log = log
        self.now = now
    }

    /// The bot, until `stop` returns. Throws a `Failed` for what the operator has to mend.
    func run(until stop: @escaping @Sendable (Bot) async throws -> Void) async throws {
        let database: SQLite
        do {
            database = try SQLite(path: configuration.ledgerPath)
        } catch let error as LedgerError {
            throw Failed("\(error.description).")
        }
        do {
            try await run(Ledger(database: database), until: stop)
        } catch BotAPIError.unauthorized {
            throw Failed(Self.unknownToken)
        } catch let failure as WebServer.Failure {
            throw Failed("\(failure.address) (TIPLINE_LISTEN) \(failure.description).")
        }
        await clones.close()
        await database.close()
        log.notice("stopped")
    }

    /// The alert bot runs beside the bot, and ends before it: what it still says is sent.
    private func run(_ ledger: Ledger, until stop: @escaping @Sendable (Bot) async throws -> Void) async throws {
        let outboxBell = Bell()
        let alerting = configuration.alerts
        let own = configuration.runbooks.first
        let runbooks = RunbookDesk(library: library, ledger: ledger) { await own?.writable(checkouts) }
        let alerts = AlertDesk(
            ledger: ledger, glitchtip: glitchtip, routes: alerting.routes, zone: alerting.zone,
            escalation: alerting.escalation, outboxBell: outboxBell,
            runbook: { try await runbooks.title(for: $0, $1, at: now()) }, log: log, now: now)
        let alertBot = AlertBot(
            desk: alerts, watch: Watch(desk: alerts, glitchtip: glitchtip, ledger: ledger, log: log, now: now),
            ledger: ledger, bell: alertBell, interval: alerting.pollInterval, log: log, now: now)
        let record = record(ledger)
        let reports = reports(ledger)
        let commands = commands(
            glitchtip: glitchtip, desk: desk, alerts: alerts, runbooks: runbooks, health: health, ledger: ledger,
            reports: reports, record: record, log: log, about: About(version: Tipline.version, startedAt: now()))
        let team = Team(
            chats: alerting.routes.chats, admins: configuration.admins, responders: configuration.responders)
        let bot = Bot(
            telegram: telegram, team: team, commands: commands, ledger: ledger, limiter: shared, health: health,
            outboxBell: outboxBell, log: log, now: now, reference: Self.reference)
        try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask {
                try await checkToken()
                return .other
            }
            if let server = server(ledger) {
                group.addTask {
                    try await server.run()
                    return .other
                }
            }
            group.addTask {
                await checkouts.keep()
                return .other
            }
            group.addTask {
                await ReportClock(desk: reports, outboxBell: outboxBell, now: now).run()
                return .other
            }
            group.addTask {
                try await bot.run { try await alertBot.run { try await stop(bot) } }
                return .bot
            }
            // The server ends last: an alert that comes while the bot ends is written down for the next start.
            defer { group.cancelAll() }
            while try await group.next() == .other {}
        }
    }

    private func record(_ ledger: Ledger) -> TeamRecord {
        TeamRecord(ledger: ledger, zone: configuration.alerts.zone, baselineMinutes: configuration.baselineMinutes)
    }

    func reports(_ ledger: Ledger) -> ReportDesk {
        ReportDesk(
            ledger: ledger, glitchtip: glitchtip, zone: configuration.alerts.zone, home: configuration.telegram.chat,
            standard: Schedules(daily: configuration.dailyReport, weekly: Schedules.standard.weekly),
            record: record(ledger), log: log)
    }

    static let unknownToken = "Telegram does not know the token in TELEGRAM_BOT_TOKEN. BotFather shows it by /mybots."

    /// Which of the tasks has ended.
    private enum Part: Sendable { case bot, other }

    /// A wrong token is said at once, and not by the first command that fails. So is a wrong organization, of which
    /// GlitchTip says nothing: one that is not there has no projects and no issues, and no alert would ever come.
    private func checkToken() async throws {
        do {
            let missing = try await glitchtip.identity().missingScopes
            guard missing.isEmpty else {
                log.warning(
                    "the GlitchTip token lacks scopes", metadata: ["scopes": "\(missing.joined(separator: ", "))"])
                return
            }
            guard try await glitchtip.projects().isEmpty else { return }
            log.warning(
                "the GlitchTip token sees no project; is GLITCHTIP_ORG right?",
                metadata: ["organization": "\(configuration.glitchtip.organization)"])
        } catch GlitchTipError.unauthorized {
            throw Failed("GlitchTip does not know the token in GLITCHTIP_TOKEN. Make one under Profile → Auth Tokens.")
        } catch is GlitchTipError {
            // It is away; the health has said so, and it may come back.
        }
    }

    private func server(_ ledger: Ledger) -> WebServer? {
        guard let server = configuration.server else { return nil }
        let figures = Figures(ledger: ledger, health: health, tally: tally, startedAt: now(), now: now)
        return WebServer(
            listen: server.address, secret: server.secret,
            accept: { alert in
                _ = try await ledger.receive(alert: alert, at: now())
                await figures.countAlert()
                await alertBell.ring()
            },
            readiness: { await figures.readiness() }, metrics: { try await figures.metrics() }, log: log)
    }

    private static func report(_ neighbour: Health.Neighbour, _ state: Health.State, _ log: Logger) {
        if let trouble = state.trouble {
            log.warning("\(neighbour.rawValue) is in trouble", metadata: ["why": "\(trouble)"])
        } else {
            log.notice("\(neighbour.rawValue) is there")
        }
    }

    /// Five characters that can be read aloud and searched for in the log.
    private static func reference() -> String {
        String((0..<5).compactMap { _ in "23456789abcdefghjkmnpqrstuvwxyz".randomElement() })
    }
}
