import Domain
import FoundationEssentials
import Logging
import Storage

/// The alert desk as it runs beside the bot: takes webhooks off the ledger, looks at GlitchTip, and keeps its messages.
package struct AlertBot: Sendable {
    private static let mostAtOnce = 8
    private static let upkeepInterval = Duration.seconds(5)
    /// For what is under way when the process is told to stop.
    private static let drainTime = Duration.seconds(3)

    private let desk: AlertDesk
    private let watch: Watch
    private let ledger: Ledger
    private let bell: Bell
    private let interval: Duration
    private let log: Logger
    private let now: @Sendable () -> Date

    /// - Parameter bell: rung when a webhook was written down.
    /// - Parameter interval: how often the list of issues is read.
    package init(
        desk: AlertDesk, watch: Watch, ledger: Ledger, bell: Bell, interval: Duration, log: Logger,
        now: @escaping @Sendable () -> Date
    ) {
        self.desk = desk
        self.watch = watch
        self.ledger = ledger
        self.bell = bell
        self.interval = interval
        self.log = log
        self.now = now
    }

    /// Runs until `stop` returns, then finishes the alerts it has begun. Others stay in the ledger.
    package func run(until stop: @escaping @Sendable () async throws -> Void) async throws {
        let closing = Closing(ringing: [bell])
        try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask {
                await handleAlerts(closing)
                return .alerts
            }
            group.addTask {
                await keepLooking()
                return .loop
            }
            group.addTask {
                await keepUp()
                return .loop
            }
            group.addTask {
                try await stop()
                await closing.begin()
                // What is under way may end; what does not is in the ledger.
                try await Task.sleep(for: Self.drainTime)
                return .patience
            }
            defer { group.cancelAll() }
            while let part = try await group.next() {
                switch part {
                case .loop: continue
                case .alerts, .patience: return
                }
            }
        }
    }

    /// Which of the tasks has ended.
    private enum Part: Sendable { case alerts, loop, patience }

    /// Several at once: one may wait for GlitchTip.
    private func handleAlerts(_ closing: Closing) async {
        let busy = BusyAlerts()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let rings = await bell.count
                if await closing.hasBegun { return }
                if await busy.ids.count < Self.mostAtOnce, let alert = await next(busy) {
                    await busy.add(alert.id)
                    group.addTask {
                        await handle(alert)
                        await busy.remove(alert.id)
                        await bell.ring()
                    }
                } else {
                    await bell.wait(after: rings, atMost: .seconds(30))
                }
            }
        }
    }

    private func next(_ busy: BusyAlerts) async -> AlertEntry? {
        do {
            return try await ledger.nextAlert(notIn: await busy.ids)
        } catch {
            log.error("the ledger cannot be read", metadata: ["error": "\(describe(error))"])
            return nil
        }
    }

    private func handle(_ alert: AlertEntry) async {
        do {
            try await desk.handle(alert)
        } catch is CancellationError {
            // The process ends; the alert stays in the ledger.
        } catch {
            log.error(
                "an alert could not be finished", metadata: ["alert": "\(alert.id)", "error": "\(describe(error))"])
            try? await Task.sleep(for: .seconds(1))  // Ends when cancelled.
        }
    }

    private func keepLooking() async {
        while !Task.isCancelled {
            let rings = await desk.watchBell.count
            do {
                try await watch.look()
            } catch is CancellationError {
                return
            } catch {
                log.error("looking at GlitchTip failed", metadata: ["error": "\(describe(error))"])
            }
            await desk.watchBell.wait(after: rings, atMost: interval)
        }
    }

    private func keepUp() async {
        // What came due while nobody was there is done in the first round.
        var last = Date.distantPast
        while !Task.isCancelled {
            let start = now()
            do {
                try await desk.keepUp(since: last)
                last = start
                try await Task.sleep(for: Self.upkeepInterval)  // The pause between two rounds.
            } catch is CancellationError {
                return
            } catch {
                log.error("the desk's upkeep failed", metadata: ["error": "\(describe(error))"])
                try? await Task.sleep(for: Self.upkeepInterval)  // Ends when cancelled.
            }
        }
    }
}

extension AlertDesk {
    /// What time alone brings about: silences that end, storms that calm down, what is untouched, counters.
    package func keepUp(since last: Date) async throws { try await entry { try $0.keepUp(since: last) } }
}

/// The alerts that somebody works at.
private actor BusyAlerts {
    private(set) var ids: Set<Int> = []

    func add(_ id: Int) { ids.insert(id) }

    func remove(_ id: Int) { ids.remove(id) }
}
