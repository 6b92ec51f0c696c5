import Domain
import FoundationEssentials
import GlitchTip
import Logging
import Storage

/// Decides what deserves a message, and keeps one live message for each episode of an issue.
///
/// Everything that happens to an issue goes through here, whether GlitchTip says it by webhook, the list of issues shows
/// it, or somebody does it in the chat.
package struct AlertDesk: Sendable {
    /// The same when the environment decides which chat it goes to.
    private static let longPatience = Duration.seconds(3)

    let ledger: Ledger
    let rules: DeskRules
    let reading: EventReading
    /// Rung when there is something to send.
    let outboxBell: Bell
    /// Rung when the list of issues should be read at once.
    let watchBell: Bell
    /// A message waits so long for its details, then goes without them.
    private let patience: Duration
    let log: Logger
    let now: @Sendable () -> Date

    /// - Parameter runbook: the title of the runbook that is for an issue, if there is one.
    package init(
        ledger: Ledger, glitchtip: GlitchTipAPI, routes: Routes, zone: Zone, escalation: Escalation, outboxBell: Bell,
        watchBell: Bell = Bell(), patience: Duration = .milliseconds(250),
        runbook: @escaping @Sendable (Issue, Event) async throws -> String?, log: Logger,
        now: @escaping @Sendable () -> Date
    ) {
        self.ledger = ledger
        rules = DeskRules(
            routes: routes, zone: zone, escalation: escalation, link: { glitchtip.link(to: $0) })
        reading = EventReading(glitchtip: glitchtip, runbook: runbook) { issue, event in
            do {
                try await ledger.remember(event, of: issue, at: now())
            } catch {
                log.info(
                    "a stack could not be kept", metadata: ["issue": "\(issue.id)", "error": "\(describe(error))"])
            }
        }
        self.outboxBell = outboxBell
        self.watchBell = watchBell
        self.patience = patience
        self.log = log
        self.now = now
    }

    /// One transaction of the desk.
    func entry<T: Sendable>(_ work: @escaping @Sendable (DeskEntry) throws -> T) async throws -> T {
        let (rules, now) = (rules, now())
        let result = try await ledger.entry { try work(DeskEntry(book: $0, rules: rules, now: now)) }
        await outboxBell.ring()
        return result
    }

    /// A moment that comes after all before it, whatever the clock says: to be taken before GlitchTip is asked.
    func ask() async throws -> Asked {
        let date = now()
        return try await ledger.entry { Asked(turn: try $0.nextTurn(), date: date) }
    }

    // MARK: Sightings

    /// Issues that need no further look: all of them in one transaction.
    func note(_ sightings: [Sighting], _ background: DeskEntry.Background) async throws {
        guard !sightings.isEmpty else { return }
        try await entry { entry in
            for sighting in sightings { try entry.see(sighting, background) }
        }
    }

    /// Those of them that would begin an episode worth a message.
    func news(among sightings: [Sighting], _ background: DeskEntry.Background) async throws -> Set<Issue.ID> {
        try await entry { entry in
            Set(try sightings.filter { try entry.isNews($0, background) }.map(\.issue.id))
        }
    }

    /// Announces an issue with what its newest event says, or without when that takes too long: the message must be there
    /// first. Returns when all is said, or cannot be known now.
    func announce(_ sighting: Sighting, _ background: DeskEntry.Background = .init()) async throws {
        let needsEnvironment = rules.routes.needsEnvironment && sighting.details?.environment == nil
        let patience = needsEnvironment ? max(Self.longPatience, patience) : patience
        // In a storm it is counted, and GlitchTip has enough to do.
        if !needsEnvironment, try await entry({ try $0.isStormy(sighting) }) {
            return try await note([sighting], background)
        }
        try await withThrowingTaskGroup(of: Step.self) { group in
            group.addTask { .read(await read(sighting)) }
            group.addTask {
                try await Task.sleep(for: patience)  // So long the message waits for the event, and no longer.
                return .waited
            }
            defer { group.cancelAll() }
            while let step = try await group.next() {
                switch step {
                case .waited: try await note([sighting], background)
                case .read(let full):
                    try Task.checkCancellation()
                    try await note([full ?? sighting], background)
                    return
                }
            }
        }
    }

    private enum Step: Sendable {
        case waited
        case read(Sighting?)
    }

    /// Nil when GlitchTip does not answer.
    private func read(_ sighting: Sighting) async -> Sighting? {
        do {
            guard sighting.isBare else {
                guard let details = await reading.details(of: sighting.issue) else { return nil }
                return Sighting(
                    sighting.issue, asOf: sighting.asOf, isAlert: sighting.isAlert, details: details)
            }
            return try await reading.read(sighting.issue.id, isAlert: sighting.isAlert, at: try await ask())
        } catch is CancellationError {
            return nil
        } catch {
            log.info(
                "an issue could not be read",
                metadata: ["issue": "\(sighting.issue.id)", "error": "\(describe(error))"])
            return nil
        }
    }
}
