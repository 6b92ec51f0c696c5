import Chance
import Domain
import FoundationEssentials
import Sandbox
import Storage
import Testing

@testable import ChatOps

/// Four months of reports: a bot that dies, sleeps and has its clock turned, a GlitchTip and a Telegram that go away.
@Suite(.timeLimit(.minutes(2))) struct ReportQuarterTests {
    /// In Berlin clocks go forward on 28 March 2027 and back on 31 October: 02:30 is never, and twice.
    @Test(arguments: [(1, 0, "09:00"), (2, 0, "02:30"), (3, 290, "09:00"), (4, 290, "02:30"), (5, 290, "02:30")])
    func `each report that was due while the bot ran comes once, and says when it is late`(
        seed: UInt64, after days: Int, daily: String
    ) async throws {
        try await AlertWorld.run(zone: "Europe/Berlin") { world in
            world.clock.advance(Double(days) * 86_400)
            try await world.hears("/schedule daily \(daily)")
            var quarter = Quarter(
                world: world, dice: Dice(seed: seed), zone: try #require(Zone(name: "Europe/Berlin")),
                schedules: Schedules.standard.changed(.set(try #require(Schedule(text: "daily \(daily)")))))
            try await quarter.run(days: 130)
        }
    }
}

/// In steps of minutes to hours.
private struct Quarter {
    let world: AlertWorld
    var dice: Dice
    let zone: Zone
    let schedules: Schedules
    /// When the bot began: before, it owes nothing.
    private let began: Date
    /// By its key, what was due when the bot looked and was not killed: the last report of each kind by then.
    private var owed: [String: Schedule.Occurrence] = [:]
    /// By its key, when it was first seen to be written.
    private var written: [String: Date] = [:]

    init(world: AlertWorld, dice: Dice, zone: Zone, schedules: Schedules) {
        self.world = world
        self.dice = dice
        self.zone = zone
        self.schedules = schedules
        began = world.clock.now
    }

    mutating func run(days: Int) async throws {
        try await world.reportClock.look()
        let end = world.clock.time.addingTimeInterval(Double(days) * 86_400)
        while world.clock.time < end {
            world.clock.advance(Double(dice.roll(150) + 1) * 60)
            switch dice.roll(12) {
            case 0: await world.glitchtip.misbehave(dice.roll(2) == 0 ? .status(502) : .hangUp, times: dice.roll(30))
            case 1: world.clock.jump(dice.roll(2) == 0 ? -1800 : 1800)
            // Nobody is there for up to a day, and at times for half a month.
            case 2: world.clock.advance(Double(dice.roll(dice.roll(30) == 0 ? 20_000 : 1440)) * 60)
            case 3...5: try await die()
            default: try await look(world)
            }
            // Telegram is away for the rest.
            if dice.roll(3) == 0 { try await world.deliver() }
        }
        await world.glitchtip.behave()
        try await look(world)
        try await world.deliver()
        try await check(days)
    }

    /// Between any two things that are written.
    private mutating func die() async throws {
        let fuse = Fuse(dice.roll(12))
        let ledger = Ledger(database: FusedDatabase(database: world.ledger.database, fuse: fuse))
        let doomed = try AlertWorld(
            ledger: ledger, glitchtip: world.glitchtip, clock: world.clock, zone: "Europe/Berlin", fuse: fuse)
        do {
            try await look(doomed)
        } catch is Fuse.Blown {
            try await noteWritten()
        }
    }

    private mutating func look(_ bot: AlertWorld) async throws {
        try await bot.reportClock.look()
        for occurrence in due() {
            // With the clock set back, what a later one has taken the place of is due no more.
            let isPast = owed.values.contains { $0.report == occurrence.report && $0.date > occurrence.date }
            if !isPast { owed[key(occurrence)] = occurrence }
        }
        try await noteWritten()
    }

    /// By the bot's clock, the last of each kind.
    private func due() -> [Schedule.Occurrence] {
        let now = world.clock.now
        let today = zone.local(now).day
        return schedules.all.compactMap { schedule in
            (-1...8).lazy.compactMap { schedule.occurrence(on: today.adding(-$0), in: zone) }
                .first { $0.date <= now && $0.date > began }
        }
    }

    private mutating func noteWritten() async throws {
        for occurrence in due() where written[key(occurrence)] == nil {
            if try await world.ledger.isDone(key(occurrence)) { written[key(occurrence)] = world.clock.now }
        }
    }

    private func key(_ occurrence: Schedule.Occurrence) -> String { "\(occurrence.key):\(AlertWorld.home)" }

    private func check(_ days: Int) async throws {
        let sent = await world.chat.keys.filter { $0.hasPrefix("report:") }
        #expect(Set(sent).count == sent.count, "a report came twice")
        let missing = Set(owed.keys).subtracting(sent).sorted()
        #expect(missing.isEmpty, "never came")
        // A bot that dies while it looks may have written one before.
        let unasked = Set(sent).subtracting(owed.keys).filter { written[$0] == nil }.sorted()
        #expect(unasked.isEmpty, "came without being due")
        for (key, occurrence) in owed {
            guard let date = written[key] else { continue }
            let text = try await world.chat.message(key).shown.text
            #expect(text.contains("<i>Late: it was due earlier.</i>") == occurrence.isLate(at: date), "\(key)")
        }
        // The dice leave enough of everything: reports, late ones, and both kinds.
        let late = owed.filter { key, occurrence in written[key].map { occurrence.isLate(at: $0) } ?? false }
        #expect(owed.count > days / 2 && late.count > 10)
        #expect(owed.values.contains { $0.report == .weekly })
    }
}
