import Chance
import Domain
import FoundationEssentials
import Sandbox
import Storage
import Testing

@testable import ChatOps

/// Reports come when they are due, each once, whatever happens.
@Suite(.timeLimit(.minutes(2))) struct ReportClockTests {
    private static let daily = "report:daily:2026-11-26:\(AlertWorld.home)"

    /// From noon of 25 November to the next morning, UTC.
    private static func morning(_ world: AlertWorld, _ hour: Double) -> Double {
        (24 - 12 + hour) * 3600 - world.clock.time.timeIntervalSince(TestClock.noon)
    }

    @Test func `at nine, about yesterday, and not again`() async throws {
        try await AlertWorld.run { world in
            try await world.reportClock.look()
            world.clock.advance(Self.morning(world, 8.99))
            try await world.reportClock.look()
            try await world.deliver()
            #expect(await world.chat.keys.filter { $0.hasPrefix("report:") } == [])
            world.clock.advance(60)
            for _ in 0..<3 { try await world.reportClock.look() }
            try await world.deliver()
            #expect(await world.chat.keys.filter { $0.hasPrefix("report:") } == [Self.daily])
            #expect(
                try await world.chat.message(Self.daily).shown.text
                    == "📊 <b>Wednesday, 25 November</b> · quiet: no events, nothing open. 🎉")
        }
    }

    @Test func `one that was missed comes late, and says so; of several days only the last`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...1)
            try await world.look()
            try await world.reportClock.look()
            world.clock.advance(3 * 86_400)
            try await world.reportClock.look()
            try await world.deliver()
            let key = "report:daily:2026-11-28:\(AlertWorld.home)"
            #expect(await world.chat.keys.filter { $0.hasPrefix("report:") } == [key])
            #expect(
                try await world.chat.message(key).shown.text.contains(
                    "\n<i>Late: it was due earlier.</i>"))
        }
    }

    @Test func `each chat has its own times`() async throws {
        try await AlertWorld.run(routes: "project=other to -77") { world in
            try await world.reportClock.look()
            try await world.hears("/schedule daily off")
            try await world.hears("/schedule daily 07:00", in: -77)
            world.clock.advance(Self.morning(world, 10))
            try await world.reportClock.look()
            try await world.deliver()
            #expect(await world.chat.keys.filter { $0.hasPrefix("report:") } == ["report:daily:2026-11-26:-77"])
        }
    }

    /// In Berlin clocks go forward on 28 March 2027.
    @Test(arguments: 1...4)
    func `a quarter with crashes, outages and turned clocks: each report once`(seed: UInt64) async throws {
        try await AlertWorld.run(zone: "Europe/Berlin") { world in
            var quarter = Quarter(world: world, dice: Dice(seed: seed))
            try await quarter.run(days: 130)
        }
    }
}

/// Four months, in steps of minutes to hours.
private struct Quarter {
    let world: AlertWorld
    var dice: Dice

    mutating func run(days: Int) async throws {
        try await world.reportClock.look()
        let end = world.clock.time.addingTimeInterval(Double(days) * 86_400)
        while world.clock.time < end {
            world.clock.advance(Double(dice.roll(150) + 1) * 60)
            switch dice.roll(12) {
            case 0: await world.glitchtip.misbehave(dice.roll(2) == 0 ? .status(502) : .hangUp, times: dice.roll(30))
            case 1: world.clock.jump(dice.roll(2) == 0 ? -1800 : 1800)
            // Nobody is there for up to a day.
            case 2: world.clock.advance(Double(dice.roll(1440)) * 60)
            case 3...5: try await die()
            default: try await world.reportClock.look()
            }
            if dice.roll(3) == 0 { try await world.deliver() }
        }
        await world.glitchtip.behave()
        try await world.reportClock.look()
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
            try await doomed.reportClock.look()
        } catch is Fuse.Blown {}
    }

    private func check(_ days: Int) async throws {
        let sent = await world.chat.keys.filter { $0.hasPrefix("report:") }
        #expect(Set(sent).count == sent.count, "a report came twice")
        let daily = sent.filter { $0.hasPrefix("report:daily:") }
        // Days on which nobody looked between two reports have only the later one.
        #expect(daily.count > days * 3 / 4 && daily.count <= days + 1)
        #expect(sent.filter { $0.hasPrefix("report:weekly:") }.count >= days / 7 - 3)
    }
}
