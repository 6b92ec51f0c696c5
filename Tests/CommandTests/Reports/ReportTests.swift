import Domain
import FoundationEssentials
import GlitchTip
import HTTP
import Logging
import Sandbox
import Testing

@testable import ChatOps

/// What reports say, word for word.
@Suite struct ReportTests {
    @Test func `a day with everything in it`() async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.add(1, title: "TypeError: cart is undefined", count: 40)
            await world.glitchtip.add(2, title: "KeyError: 'total' <b>", in: "billing-api", count: 3)
            await world.glitchtip.add(3, title: "Error: old friend", count: 2)
            try await world.look()
            try await world.hears("/resolve 3")
            world.clock.advance(3600)
            await world.glitchtip.addEvent(to: Domain.Issue.ID(1))
            try await world.look()
            try await world.hears("/take 2")

            let report = try #require(try await world.hears("/report"))
            #expect(
                report.text == """
                    📊 <b>Today until 14:00</b> · 46 events, none yesterday by then
                    3 new, 0 came back, 1 resolved, 2 open.
                    Noisiest: shop-web, 43 of 46 events.

                    <b>New</b>
                    🔴 #1 TypeError: cart is undefined (shop-web)
                    🔴 #2 KeyError: 'total' &lt;b&gt; (billing-api)
                    ✅ #3 Error: old friend (shop-web)

                    <b>Resolved</b>
                    ✅ #3 Error: old friend (shop-web) · by Ada

                    <b>Most events</b>
                    🔴 #1 TypeError: cart is undefined (shop-web) · 41 events
                    🔴 #2 KeyError: 'total' &lt;b&gt; (billing-api) · 3 events
                    ✅ #3 Error: old friend (shop-web) · 2 events

                    <b>Open and untouched, oldest first</b>
                    🔴 #1 TypeError: cart is undefined (shop-web) · for 1 h
                    """)
            #expect(report.buttons == "#1 → /issue 1 | #2 → /issue 2 | #3 → /issue 3")
            #expect(
                try await world.hears("/report today billing-api")?.text == """
                    📊 <b>Today until 14:00</b> · billing-api · 3 events, none yesterday by then
                    1 new, 0 came back, 0 resolved, 1 open.

                    <b>New</b>
                    🔴 #2 KeyError: 'total' &lt;b&gt; (billing-api)

                    <b>Most events</b>
                    🔴 #2 KeyError: 'total' &lt;b&gt; (billing-api) · 3 events
                    """)
        }
    }

    @Test func `a day on which nothing happened is one line`() async throws {
        try await AlertWorld.run { world in
            let report = try await world.hears("/report yesterday")
            #expect(
                report?.text
                    == "📊 <b>Tuesday, 24 November</b> · quiet: no events, nothing open. 🎉")
        }
    }

    @Test func `a quiet day with something open is one line as well`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...1)
            try await world.look()
            world.clock.advance(2 * 86_400)
            let report = try await world.hears("/report yesterday")
            #expect(report?.text == "📊 <b>Thursday, 26 November</b> · quiet: no events, 1 still open.")
            #expect(report?.buttons == "#1 → /issue 1")
        }
    }

    @Test func `what is ignored or muted is left out`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...3)
            try await world.look()
            try await world.hears("/ignore 1")
            try await world.hears("/mute 2 2h")
            let text = try await world.hears("/report")?.text ?? ""
            #expect(!text.contains("#1 ") && !text.contains("#2 ") && text.contains("#3 "))
            #expect(text.contains("1 new, 0 came back, 0 resolved, 1 open."))
        }
    }

    @Test func `without GlitchTip it says what it knows, and what it does not`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...1)
            try await world.look()
            await world.glitchtip.misbehave(.status(502), times: 100)
            let report = try #require(try await world.hears("/report"))
            #expect(
                report.text == """
                    📊 <b>Today until 13:00</b>
                    1 new, 0 came back, 0 resolved, 1 open.
                    <i>The events could not be counted. GlitchTip: it is too busy. Try again in a minute.</i>

                    <b>New</b>
                    🔴 #1 Error: number 1 (shop-web)

                    <b>Most events</b>
                    🔴 #1 Error: number 1 (shop-web) · 1 event

                    <b>Open and untouched, oldest first</b>
                    🔴 #1 Error: number 1 (shop-web) · for 1 s
                    """)
        }
    }

    @Test func `a day full of errors fits into one message`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...80) { "Error: number \($0) " + String(repeating: "<&> ", count: 20) }
            try await world.look()
            let text = try await world.hears("/report")?.text ?? ""
            #expect(HTML(markup: text).length <= HTML.messageLimit)
            #expect(text.contains("and 75 more"))
        }
    }

    @Test(arguments: [
        ("/report last week", "/report week"), ("/report Last Week shop-web", "/report week shop-web"),
        ("/report last 24H", "/report 24h"),
    ])
    func `"last" says nothing new`(line: String, same: String) async throws {
        try await AlertWorld.run { world in
            await world.add(1...1)
            try await world.look()
            let text = try #require(try await world.hears(line)).text
            #expect(text.hasPrefix("📊 "))
            #expect(try await world.hears(same)?.text == text)
        }
    }

    @Test(arguments: [
        (
            "/report tomorrow",
            "<code>tomorrow</code> is neither a time nor a project. There are: billing-api, shop-web."
        ),
        ("/report today shop-web now", "I do not understand <code>now</code>."),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        try await AlertWorld.run { world in
            await world.add(1...1)
            await world.add(2...2, in: "billing-api")
            let refusal = try await world.hears(line)
            #expect(refusal?.text == answer)
        }
    }

    @Test func `a chat has its schedule shown and changed`() async throws {
        try await AlertWorld.run(zone: "Europe/Berlin") { world in
            let shown = try await world.hears("/schedule", by: .grace)
            #expect(
                shown?.text == """
                    Daily report: every day at 09:00
                    Weekly review: every Monday at 09:30
                    Time zone: Europe/Berlin
                    """)
            #expect(
                try await world.hears("/schedule weekly Fri 16:00")?.text == """
                    Daily report: every day at 09:00
                    Weekly review: every Friday at 16:00
                    Time zone: Europe/Berlin
                    """)
            #expect(
                try await world.hears("/schedule daily off")?.text == """
                    Daily report: off
                    Weekly review: every Friday at 16:00
                    Time zone: Europe/Berlin
                    """)
            #expect(try await world.ledger.audit(limit: 1).first?.outcome == "reports: weekly fri 16:00")
            #expect(
                try await world.hears("/schedule daily 25:00")?.text
                    == "I do not understand <code>daily 25:00</code>. Say <code>/schedule daily 08:30</code>, "
                    + "<code>/schedule weekly fri 16:00</code> or <code>/schedule daily off</code>.")
            let refusal = try await world.hears("/schedule daily 08:00", by: .grace)
            #expect(refusal?.text == "Only an admin can do that.")
        }
    }

    @Test func `a schedule is the whole chat's, whichever topic asks, and whatever id the group gets`() async throws {
        try await AlertWorld.run { world in
            let glitchtip = GlitchTipAPI(
                base: "https://glitchtip.example.com", token: Secret("a"), organization: "demo-shop", http: .agreeable)
            let reports = ReportDesk(
                ledger: world.ledger, glitchtip: glitchtip, zone: .utc, home: Destination(chat: -5, thread: 17),
                standard: .standard,
                record: TeamRecord(ledger: world.ledger, zone: .utc, baselineMinutes: 15),
                log: Logger(label: "test"))
            let weekly = Schedules.standard.weekly
            let seven = Schedule(.daily, TimeOfDay(hour: 7, minute: 0))

            #expect(try await reports.change(.off(.daily), of: Destination(chat: -5, thread: 3)).daily == nil)
            let home = Destination(chat: -5, thread: 17)
            #expect(try await reports.schedules() == [home: Schedules(daily: nil, weekly: weekly)])

            try await world.ledger.migrate(chat: -5, to: -1005)
            _ = try await reports.change(.set(seven), of: Destination(chat: -1005))
            let moved = Destination(chat: -1005, thread: 17)
            #expect(try await reports.schedules() == [moved: Schedules(daily: seven, weekly: weekly)])

            _ = try await reports.change(.set(seven), of: Destination(chat: -77, thread: 1))
            _ = try await reports.change(.allOff, of: Destination(chat: -77, thread: 2))
            #expect(try await reports.schedules().filter { $0.key.chat == -77 }.values.flatMap(\.all) == [])
        }
    }
}
