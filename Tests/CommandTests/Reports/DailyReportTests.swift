import Charts
import Domain
import FoundationEssentials
import GlitchTip
import HTTP
import Logging
import Sandbox
import Testing

@testable import ChatOps

/// What a day's report says against other days, of uptime, with its picture, and without GlitchTip.
@Suite(.timeLimit(.minutes(2))) struct DailyReportTests {
    private static let day = 86_400.0

    /// A desk of its own on the world's ledger.
    private static func desk(
        _ world: AlertWorld, log: Logger = Logger(label: "test") { _ in Listener { _ in } },
        draw: @escaping @Sendable (EventsChart) throws -> [UInt8] = { try $0.png() }
    ) -> ReportDesk {
        let glitchtip = GlitchTipAPI(
            base: "https://glitchtip.example.com", token: Secret(world.glitchtip.token),
            organization: world.glitchtip.organization.slug, http: Client(answering: world.glitchtip))
        return ReportDesk(
            ledger: world.ledger, glitchtip: glitchtip, zone: .utc, home: Destination(chat: AlertWorld.home),
            standard: .standard, record: TeamRecord(ledger: world.ledger, zone: .utc, baselineMinutes: 15), log: log,
            draw: draw)
    }

    private static func yesterday(_ world: AlertWorld) -> ReportSpan {
        .day(Zone.utc.local(world.clock.now).day.adding(-1), in: .utc)
    }

    // MARK: Against other days

    @Test func `new issues are compared with the day before and the same weekday, once we watched then`() async throws {
        try await AlertWorld.run { world in
            var lines: [String] = []
            // 26 November to 5 December, each day as many new ones.
            for (day, count) in [1, 0, 3, 1, 1, 12, 2, 4, 11, 30].enumerated() {
                world.clock.advance(Self.day)
                if count > 0 { await world.add((100 * day + 1)...(100 * day + count)) }
                try await world.look()
                let report = try await Self.desk(world).reply(Self.yesterday(world))
                let lineOfNew = report.text.markup.split(separator: "\n").first { $0.contains(" came back") }
                lines.append(lineOfNew.map(String.init) ?? report.text.markup)
            }
            #expect(
                lines == [
                    "📊 <b>Wednesday, 25 November</b> · quiet: no events, nothing open. 🎉",
                    "1 new, 0 came back, 0 resolved, 1 open.",
                    "📊 <b>Friday, 27 November</b> · quiet: no events, 1 still open.",
                    "3 new (none the day before), 0 came back, 0 resolved, 4 open.",
                    "1 new (3 the day before), 0 came back, 0 resolved, 5 open.",
                    "1 new (1 the day before), 0 came back, 0 resolved, 6 open.",
                    "12 new (12 times as many as the day before), 0 came back, 0 resolved, 18 open.",
                    "2 new (83 % fewer than the day before), 0 came back, 0 resolved, 20 open.",
                    "4 new (2 the day before, 1 the Thursday before), 0 came back, 0 resolved, 24 open.",
                    "11 new (about the same as the day before, none the Friday before), 0 came back, 0 resolved, 35 open.",
                ])
        }
    }

    // MARK: Uptime

    @Test func `says what is down, what came up again since when, or that all is up`() async throws {
        try await AlertWorld.run { world in
            let created = world.clock.now.addingTimeInterval(-30 * Self.day)
            for (id, name) in [(1, "Shop"), (2, "Checkout <3>")] {
                await world.glitchtip.add(
                    StandInGlitchTip.Monitor(
                        id: id, name: name, url: "https://shop.example.com", created: created, isUp: true,
                        lastChange: created))
            }
            await world.add(1...1)
            try await world.look()
            #expect(try await world.hears("/report")?.text.contains("\nUptime: all 2 up.\n") == true)
            // One that was never asked counts for nothing, and one that was just made was never down.
            for (id, isUp) in [(3, nil), (4, true)] as [(Int, Bool?)] {
                await world.glitchtip.add(
                    StandInGlitchTip.Monitor(
                        id: id, name: "new \(id)", url: "", created: world.clock.now, isUp: isUp,
                        lastChange: isUp.map { _ in world.clock.now.addingTimeInterval(20) }))
            }
            #expect(try await world.hears("/report")?.text.contains("\nUptime: all 3 up.\n") == true)

            await world.glitchtip.setMonitor(1, isUp: false)
            await world.glitchtip.setMonitor(2, isUp: false)
            world.clock.advance(1800)
            await world.glitchtip.setMonitor(2, isUp: true)
            #expect(
                try await world.hears("/report")?.text.hasSuffix(
                    """


                    <b>Uptime</b> · 1 of 3 down
                    🔻 Shop · down since 13:00
                    🔺 Checkout &lt;3&gt; · up again since 13:30
                    """) == true)
            world.clock.advance(Self.day)
            await world.glitchtip.setMonitor(1, isUp: true)
            #expect(
                try await world.hears("/report yesterday")?.text.hasSuffix(
                    """


                    <b>Uptime</b> · all 3 up now
                    🔺 Checkout &lt;3&gt; · up again since 13:30
                    🔺 Shop · up again since 26 Nov 13:30
                    """) == true)
            #expect(try await world.hears("/report yesterday shop-web")?.text.contains("Uptime") == false)
        }
    }

    // MARK: Rows

    @Test func `each row has its button`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...7)
            try await world.look()
            try await world.hears("/resolve 6")
            let report = try #require(try await world.hears("/report"))
            for issue in report.text.split(separator: "\n").compactMap({ $0.split(separator: "#").dropFirst().first }) {
                let number = issue.prefix { $0.isNumber }
                #expect(report.buttons.contains("#\(number) → /issue \(number)"), "\(report.text)")
            }
            #expect(
                report.buttons == """
                    #1 → /issue 1 | #2 → /issue 2 | #3 → /issue 3 | #4 → /issue 4 | #5 → /issue 5
                    #6 → /issue 6
                    """)
        }
    }

    // MARK: The picture

    private static func addRelease(_ world: AlertWorld, _ version: String, events: Int = 1) async {
        await world.glitchtip.add(
            in: "shop-web",
            events: [
                Event(
                    id: "abcdef01", date: world.clock.now, title: "Error: of \(version)",
                    tags: [Tag(key: "release", value: version)])
            ], count: events, firstSeen: world.clock.now)
    }

    private static let caption = """
        Blue: 46 events by the hour, most at 13:00: 40. Grey, behind: 7 the day before.
        First seen: shop-web@2.3.1 at 14:00
        """

    private static func twoDays(_ world: AlertWorld) async throws {
        await addRelease(world, "shop-web@2.3.0", events: 7)
        try await world.look()
        try await world.reportClock.look()
        world.clock.advance(day)
        await world.glitchtip.add(90, title: "Error: many", count: 40)
        world.clock.advance(3600)
        await addRelease(world, "shop-web@2.3.1", events: 6)
        try await world.look()
        world.clock.advance(18.5 * 3600)
    }

    @Test func `stands under the morning's report, with its numbers in words, and once`() async throws {
        try await AlertWorld.run { world in
            try await Self.twoDays(world)
            world.clock.advance(1800)
            for _ in 0..<3 {
                try await world.reportClock.look()
                try await world.deliver()
            }
            let key = "report:daily:2026-11-27:\(AlertWorld.home)"
            #expect(
                await world.chat.keys.filter { $0.hasPrefix("report:daily:2026-11-27") } == [key, "\(key)/picture"])
            #expect(try await world.chat.message("\(key)/picture").shown.text == Self.caption)
        }
    }

    @Test func `shows the hours of the day, the day before behind, and the releases`() async throws {
        try await AlertWorld.run { world in
            try await Self.twoDays(world)
            let reply = try await Self.desk(world).reply(Self.yesterday(world))
            let picture = try #require(reply.picture)
            #expect(picture.caption.markup == Self.caption)
            #expect(picture.png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            if let folder = ProcessInfo.processInfo.environment["PICTURES"] {
                try Data(picture.png).write(to: URL(filePath: "\(folder)/report.png"))
            }
            let report = try await Self.desk(world).report(Self.yesterday(world))
            let hours = try #require(report.hours)
            let chart = ReportChart(report: report, hours: hours, zone: .utc).chart
            #expect(chart.title == "Events per hour · Thursday, 26 November")
            #expect([chart.legend, chart.legendBefore] == ["46 events", "the day before: 7"])
            #expect(chart.bars == Array(repeating: 0, count: 13) + [40, 6] + Array(repeating: 0, count: 9))
            #expect(chart.before == Array(repeating: 0, count: 13) + [7] + Array(repeating: 0, count: 10))
            #expect(chart.labels.map(\.text) == ["00:00", "04:00", "08:00", "12:00", "16:00", "20:00"])
            #expect(chart.marks.map(\.position) == [14] && chart.marks.map(\.text) == ["shop-web@2.3.1"])
        }
    }

    @Test func `today has yesterday until now behind it`() async throws {
        try await AlertWorld.run { world in
            try await Self.twoDays(world)
            world.clock.advance(3 * 3600)
            await world.glitchtip.addEvent(to: Domain.Issue.ID(90))
            let reply = try await Self.desk(world).reply(.today(at: world.clock.now, in: .utc))
            #expect(
                reply.picture?.caption.markup
                    == "Blue: 1 event by the hour, most at 11:00: 1. Grey, behind: 0 yesterday by then.")
        }
    }

    @Test(arguments: ["/report 7d", "/report week"])
    func `a week has none`(line: String) async throws {
        try await AlertWorld.run { world in
            try await Self.twoDays(world)
            let keys = await world.chat.keys.count
            try await world.hears(line)
            #expect(await world.chat.keys.count == keys + 1)
        }
    }

    @Test func `the report goes out without it when it cannot be drawn, and that is logged`() async throws {
        try await AlertWorld.run { world in
            try await Self.twoDays(world)
            let (lines, log) = AsyncStream.makeStream(of: String.self)
            let whole = try await Self.desk(world).reply(Self.yesterday(world))
            for bytes in [nil, [], [UInt8](repeating: 0, count: Picture.largest + 1)] as [[UInt8]?] {
                let desk = Self.desk(world, log: Logger(label: "test") { _ in Listener { log.yield($0) } }) { _ in
                    guard let bytes else { throw Broken() }
                    return bytes
                }
                let reply = try await desk.reply(Self.yesterday(world))
                #expect(reply.picture == nil)
                #expect(reply.text == whole.text)
            }
            log.finish()
            var said: [String] = []
            for await line in lines { said.append(line) }
            #expect(
                said == [
                    "the picture of a report could not be drawn",
                    "the picture of a report is empty, or too large to be kept",
                    "the picture of a report is empty, or too large to be kept",
                ])
        }
    }

    private struct Broken: Error {}

    // MARK: Without GlitchTip

    @Test func `a day that was counted before is told from what was kept, with its picture`() async throws {
        try await AlertWorld.run { world in
            try await Self.twoDays(world)
            let whole = try await Self.desk(world).reply(Self.yesterday(world))
            try await world.reportClock.look()
            await world.glitchtip.misbehave(.status(502), times: 1000)
            let reply = try await Self.desk(world).reply(Self.yesterday(world))
            #expect(reply.picture == whole.picture)
            let gap = """

                <i>Counted before GlitchTip went away, and uptime is not known. GlitchTip: it is too busy. Try again in a minute.</i>

                """
            #expect(reply.text.markup.contains(gap))
            #expect(reply.text.markup.replacing(gap, with: "\n") == whole.text.markup)
            // The same for one project, whose name GlitchTip cannot be asked for.
            let ofWeb = try #require(try await world.hears("/report yesterday shop-web"))
            #expect(ofWeb.text.hasPrefix("📊 <b>Thursday, 26 November</b> · shop-web · 46 events, "))
            #expect(ofWeb.text.contains("<i>Counted before GlitchTip went away. GlitchTip: "))
        }
    }

    @Test func `a day that was counted in part is neither compared nor drawn`() async throws {
        try await AlertWorld.run { world in
            try await Self.twoDays(world)
            world.clock.advance(5 * 3600)
            await world.glitchtip.addEvent(to: Domain.Issue.ID(90))
            try await world.look()
            try await world.reportClock.look()
            world.clock.advance(1500)
            await world.glitchtip.misbehave(.hangUp, times: 1000)
            let reply = try await Self.desk(world).reply(.today(at: world.clock.now, in: .utc))
            #expect(reply.picture == nil)
            #expect(
                reply.text.markup.hasPrefix(
                    """
                    📊 <b>Today until 13:55</b> · 1 event
                    0 new (none yesterday by then), 0 came back, 0 resolved, 3 open.
                    <i>Events are counted until 27 Nov 13:30 only, and uptime is not known. GlitchTip: it cannot be reached (
                    """))
        }
    }

    @Test func `releases and hours are told when GlitchTip has forgotten them`() async throws {
        try await AlertWorld.run { world in
            try await Self.twoDays(world)
            let before = try await Self.desk(world).reply(Self.yesterday(world))
            try await world.reportClock.look()
            await world.glitchtip.forgetEverything()
            #expect(try await Self.desk(world).reply(Self.yesterday(world)).picture == before.picture)
            let stats = try #require(try await world.hears("/stats 2d"))
            #expect(stats.text.hasPrefix("📊 <b>53 events</b> · last 2d\n"))
            #expect(stats.text.contains("🚀 shop-web@2.3.1 · first seen 26 Nov 14:00"))
        }
    }

    @Test func `what was not counted while GlitchTip was away is not called known`() async throws {
        try await AlertWorld.run { world in
            let history = Self.desk(world).history
            try await history.keepUp(at: world.clock.now)
            world.clock.advance(40 * Self.day)
            try await history.keepUp(at: world.clock.now)
            await world.glitchtip.misbehave(.status(502), times: 1000)
            let reach = try await history.read(from: world.clock.now, to: world.clock.now)
            #expect(reach.counted == world.clock.now.addingTimeInterval(-29 * Self.day)..<world.clock.now)
        }
    }

    @Test func `stats tell what was kept, and what is missing`() async throws {
        try await AlertWorld.run { world in
            try await Self.twoDays(world)
            try await world.reportClock.look()
            world.clock.advance(600)
            await world.glitchtip.misbehave(.status(502), times: 1000)
            #expect(
                try await world.hears("/stats shop-web 24h")?.text == """
                    📊 <b>46 events</b> · shop-web · last 24h
                    Busiest hour: 26 Nov 13:00, 40
                    🚀 shop-web@2.3.1 · first seen 26 Nov 14:00
                    <i>Counted until 27 Nov 08:30 only; which issues are new is not known. GlitchTip: it is too busy. Try again in a minute.</i>
                    """)
            #expect(
                try await world.hears("/stats unicorn")?.text
                    == "There is no project <code>unicorn</code>. There are: shop-web.")
        }
    }

    @Test func `stats of which nothing was kept say why there are none`() async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.misbehave(.status(502), times: 1000)
            let answer = try #require(try await world.hears("/stats"))
            #expect(answer.text.contains("it is too busy"))
        }
    }
}
