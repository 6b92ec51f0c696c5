import Domain
import FoundationEssentials
import Sandbox
import Testing

@testable import ChatOps

/// What the weekly review says, word for word.
@Suite(.timeLimit(.minutes(2))) struct WeeklyReviewTests {
    /// Four whole weeks, each with more issues than the one before; in the last people are on duty, take, investigate,
    /// mute and resolve. Ends on Thursday, 24 December.
    private static func month(_ body: (AlertWorld) async throws -> Void) async throws {
        try await AlertWorld.run { world in
            // The watch began on 25 November at noon.
            try await happen(1000, in: world)
            world.clock.advance(60)
            try await world.reportClock.look()
            world.clock.advance(12 * 3600)
            var last = 0
            for issues in [8, 12, 16, 24] {
                let end = world.clock.time.addingTimeInterval(7 * 86_400)
                for number in (last + 1)...(last + issues) {
                    if issues == 24 {
                        let duty = [last + 1: "/duty @ada", last + 9: "/duty @ada @bob_b", last + 20: "/duty nobody"]
                        if let line = duty[number] { try await world.hears(line) }
                    }
                    try await happen(number, in: world)
                    if issues == 24 { try await work(on: number, in: world) }
                    world.clock.advance(5400)
                }
                last += issues
                world.clock.advance(end.timeIntervalSince(world.clock.time))
            }
            try await world.keepUp()
            try await body(world)
        }
    }

    private static func happen(_ number: Int, in world: AlertWorld) async throws {
        // A third of them has a runbook.
        let title =
            number % 3 == 0 ? "OperationalError: too many clients already, \(number)" : "ValueError: number \(number)"
        await world.glitchtip.add(
            number, title: title, in: number % 4 == 0 ? "billing-api" : "shop-web", count: number % 5 + 1)
        try await world.look()
    }

    private static func work(on number: Int, in world: AlertWorld) async throws {
        guard number % 12 != 1 else {
            try await world.hears("/mute \(number) 2h", by: .grace)
            world.clock.advance(3600)
            for _ in 0..<(number % 7) { await world.glitchtip.addEvent(to: Issue.ID(number)) }
            try await world.look()
            world.clock.advance(3601)
            return try await world.keepUp()
        }
        world.clock.advance(Double(number % 12) * 60)
        try await world.hears("/take \(number)", by: number % 3 == 0 ? .grace : .ada)
        world.clock.advance(120)
        if number % 2 == 0 { try await world.hears("/investigate \(number)") }
        world.clock.advance(number % 2 == 0 ? 600 : 3600)
        try await world.hears("/resolve \(number)")
    }

    @Test func `a month with everything in it`() async throws {
        try await Self.month { world in
            let shown = try #require(try await world.hears("/report week"))
            try Golden.expect("\(shown.text)\n\n\(shown.buttons)", is: "report-week")
            // What is a tap away has the same week's numbers, also when the tap comes later.
            world.clock.advance(3 * 86_400)
            let lines = ["/saved week 2026-12-24", "/saved week 2026-12-24 how"]
            for line in lines { #expect(shown.buttons.contains("→ \(line)")) }
            try Golden.expect(try #require(try await world.hears(lines[0])).text, is: "saved-week")
            try Golden.expect(try #require(try await world.hears(lines[1])).text, is: "saved-week-how")
        }
    }

    @Test func `a young bot claims nothing`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...2)
            try await world.look()
            try await world.hears("/resolve 1")
            world.clock.advance(86_400)
            let week = try #require(try await world.hears("/report week"))
            #expect(week.text.hasSuffix(Self.young), "\(week.text)")
            // Nothing was investigated: there is no time to ask about.
            #expect(week.buttons.hasSuffix("\n⏱ MTTR → /mttr 7d"), "\(week.buttons)")
        }
    }

    private static let young = """
        <b>How the team did</b>
        First act (MTTA): too few to say (1)
        Resolved (MTTR): too few to say (1)
        Took 0 s: #1 Error: number 1

        <b>Four weeks</b>
        Events: too few to say
        Alerts: too few to say

        <b>What helped</b>
        Investigations: none
        """

    @Test func `a week that was seen in part is no week`() async throws {
        try await AlertWorld.run { world in
            // From Thursday, 26 November on; the watch began the day before.
            for week in 1...3 {
                await world.add((week * 20)...(week * 20 + 10)) { "Error: of week \(week), number \($0)" }
                try await world.look()
                world.clock.advance(7 * 86_400)
            }
            let text = try #require(try await world.hears("/report week")).text
            // Of the week before 26 November it saw half a day.
            #expect(text.contains("\nAlerts: 11, 11: too few to say"), "\(text)")
            #expect(text.contains("\nEvents: 11, 11: too few to say"), "\(text)")
        }
    }

    @Test func `without GlitchTip the events are not guessed`() async throws {
        try await Self.month { world in
            await world.glitchtip.misbehave(.status(502), times: 1000)
            let text = try #require(try await world.hears("/report week")).text
            #expect(text.contains("The events could not be counted."))
            #expect(text.contains("\nEvents: too few to say\nAlerts: 8, 12, 16, 24: rising\n"), "\(text)")
        }
    }

    @Test func `a mute that somebody ended did not run out`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...3)
            try await world.look()
            try await world.hears("/mute 1 2h")
            try await world.hears("/mute 2 until 3 more")
            try await world.hears("/mute 3 8h")
            world.clock.advance(600)
            try await world.hears("/unmute 3")
            for _ in 1...4 { await world.glitchtip.addEvent(to: Issue.ID(2)) }
            try await world.look()
            world.clock.advance(7200)
            try await world.keepUp()
            world.clock.advance(86_400)
            let text = try #require(try await world.hears("/report week")).text
            #expect(
                text.contains("\nMutes that ran out: issue 2, 4 events held back; issue 1, nothing held back\n"),
                "\(text)")
            // Nor does it run out again in the next week.
            world.clock.advance(7 * 86_400)
            #expect(try await world.hears("/report week")?.text.contains("ran out") == false)
        }
    }

    @Test func `a bad week is one message as well`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...80) { "Error: number \($0) " + String(repeating: "<&> ", count: 20) }
            try await world.look()
            for issue in 1...30 { try await world.hears("/resolve \(issue)") }
            world.clock.advance(86_400)
            let text = try #require(try await world.hears("/report week")).text
            #expect(HTML(markup: text).length <= HTML.messageLimit)
            #expect(text.contains("<b>What helped</b>"))
        }
    }

    /// Of names as long as can be, in a week in which all there is to say is said.
    @Test func `leaves the week's report room in its message`() {
        let start = Date(timeIntervalSince1970: 1_795_500_000)
        let long = String(repeating: "<&>", count: 60)
        let incidents = (0..<200).map { number in
            Incident(
                issue: Issue.ID(number), title: "\(number) \(long)", project: "project-\(number % 40)-of-the-shop",
                openedAt: start, firstActAt: start + 60, investigatedAt: number % 2 == 0 ? start + 90 : nil,
                resolvedAt: start + Double(number) * 1000, hasRunbook: number % 3 == 0,
                onDuty: ["@\(number % 30)_\(long)"], takenBy: "\(number % 30) \(long)")
        }
        let uses = (0..<30).flatMap { runbook in
            (0..<3).map {
                RunbookRecord.Use(
                    runbook: "runbook-\(runbook)", issue: Issue.ID($0), matchedAt: start,
                    openedAt: runbook % 2 == 0 ? start : nil)
            }
        }
        let cases = (0..<30).map {
            RunbookRecord.Case(
                issue: Issue.ID(1000 + $0), project: "shop-web", kind: "\($0 % 10) \(long)", openedAt: start)
        }
        let review = WeeklyReview(
            .init(
                incidents: incidents,
                expired: (0..<30).map { ExpiredSilence(target: .words("\($0) \(long)"), events: $0 * 1000) },
                events: [1_200_000, 1_300_000, 1_400_000, 1_500_000], alerts: [1200, 1300, 1400, 1500],
                hits: HitRate(right: 90, wrong: 20, investigations: 400),
                runbooks: RunbookRecord(
                    uses: uses, verdicts: (0..<30).map { .init(runbook: "runbook-\($0)", hasHelped: $0 % 3 == 0) },
                    unlinks: [], cases: cases), baseline: .assumed(minutes: 15)),
            in: start..<(start + 7 * 86_400))
        #expect(review.text.length <= 2500, "\(review.text.length): \(review.text)")
    }
}
