import Domain
import FoundationEssentials
import Logging
import Storage
import Telegram

/// The bot as it runs: updates come in and are written down, are handled, and what they say goes out.
package struct Bot: Sendable {
    /// For what is under way when the process is told to stop; systemd waits longer.
    private static let drainTime = Duration.seconds(20)

    private let poller: Poller
    private let workers: Workers
    private let courier: Courier
    private let menu: Menu
    private let housekeeping: Housekeeping
    private let name: BotName
    private let inboxBell: Bell
    private let outboxBell: Bell
    private let ledger: Ledger
    private let log: Logger

    /// - Parameter outboxBell: rung when somebody else has written down what is to be sent.
    /// - Parameter reference: makes the short word under which a fault is logged and reported.
    package init(
        telegram: BotAPI, team: Team, commands: [any Command], ledger: Ledger, limiter: any Limiter, health: Health,
        outboxBell: Bell = Bell(), log: Logger, now: @escaping @Sendable () -> Date,
        reference: @escaping @Sendable () -> String
    ) {
        let inboxBell = Bell()
        let name = BotName(telegram: telegram)
        let router = Router(
            commands: Dictionary(commands.map { ($0.manual.name, $0) }) { first, _ in first }, team: team,
            ledger: ledger, botName: name)
        let handling = Handling(
            router: router, ledger: ledger, telegram: telegram, limiter: limiter, health: health, log: log,
            outboxBell: outboxBell, now: now, reference: reference)
        poller = Poller(telegram: telegram, ledger: ledger, inboxBell: inboxBell, log: log, now: now)
        workers = Workers(ledger: ledger, handling: handling, bell: inboxBell, log: log)
        courier = Courier(
            ledger: ledger, delivery: Delivery(telegram: telegram, ledger: ledger, log: log, now: now),
            pace: Pace(limiter: limiter), bell: outboxBell, log: log, now: now)
        menu = Menu(telegram: telegram, ledger: ledger, manuals: commands.map(\.manual), log: log)
        housekeeping = Housekeeping(ledger: ledger, log: log, now: now)
        self.name = name
        self.inboxBell = inboxBell
        self.outboxBell = outboxBell
        self.ledger = ledger
        self.log = log
    }

    /// Runs until `stop` returns, then finishes what it has begun and tells Telegram what it has.
    ///
    /// Throws when Telegram says that the token is wrong. What could not be finished in time is in the ledger and
    /// goes on with the next start.
    package func run(until stop: @escaping @Sendable () async throws -> Void) async throws {
        let inboxClosing = Closing(ringing: [inboxBell])
        let outboxClosing = Closing(ringing: [outboxBell])
        try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask {
                try await courier.run(closing: outboxClosing)
                return .courier
            }
            group.addTask {
                await workers.run(closing: inboxClosing)
                await outboxClosing.begin()
                return .workers
            }
            group.addTask {
                try await receive(until: stop)
                await inboxClosing.begin()
                // What is under way may end; what does not is in the ledger.
                try await Task.sleep(for: Self.drainTime)
                return .patience
            }
            group.addTask {
                await housekeeping.run()
                return .housekeeping
            }
            defer { group.cancelAll() }
            while let part = try await group.next() {
                switch part {
                case .workers, .housekeeping: continue
                case .courier: return
                case .patience:
                    log.warning("not everything was finished in time; the next start goes on with it")
                    return
                }
            }
        }
    }

    /// Returns once nothing waits to be handled or sent: for a program that talks to the bot line by line.
    package func rest() async throws {
        var rings = await outboxBell.count
        while try await ledger.queues().isBusy {
            await outboxBell.wait(after: rings, atMost: .seconds(1))
            try Task.checkCancellation()
            rings = await outboxBell.count
        }
    }

    /// Which of the tasks has ended.
    private enum Part: Sendable { case courier, workers, housekeeping, patience }

    private func receive(until stop: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await introduce()
                try await poller.run()
            }
            group.addTask { try await stop() }
            defer { group.cancelAll() }
            try await group.next()
        }
        do {
            try await poller.confirm()
        } catch {
            // Harmless: what Telegram sends again is in the ledger already.
            log.info("the last updates were not confirmed", metadata: ["error": "\(describe(error))"])
        }
    }

    private func introduce() async {
        do {
            let name = try await name.get()
            log.notice("listening", metadata: ["bot": "@\(name)"])
            await menu.update()
        } catch {
            // The poller will say why, and again when it is over.
        }
    }
}

/// An error for the log: scrubbed, on one line.
func describe(_ error: any Error) -> String {
    Scrubber.scrub(String(describing: error)).split(whereSeparator: \.isNewline).joined(separator: " ").cut(to: 500)
}
