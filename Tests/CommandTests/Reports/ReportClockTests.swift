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

    @Test func `of two bots on one ledger one sends`() async throws {
        try await AlertWorld.run { world in
            let other = try AlertWorld(ledger: world.ledger, glitchtip: world.glitchtip, clock: world.clock)
            try await world.reportClock.look()
            for day in 0..<7 {
                world.clock.advance(day == 0 ? Self.morning(world, 9.6) : 86_400)
                async let one: Void = world.reportClock.look()
                async let two: Void = other.reportClock.look()
                _ = try await (one, two)
            }
            try await world.deliver()
            let sent = await world.chat.keys.filter { $0.hasPrefix("report:") }.sorted()
            let days = (0..<7).map {
                "report:daily:\(Day(year: 2026, month: 11, day: 26).adding($0)):\(AlertWorld.home)"
            }
            #expect(sent == days + ["report:weekly:2026-11-30:\(AlertWorld.home)"])
        }
    }
}
