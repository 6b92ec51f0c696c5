import Domain
import FoundationEssentials
import Sandbox
import Testing

/// What becomes of that which a mute held back, and of what several mutes match.
@Suite struct UnmutedTests {
    private static let key = "alert:issue:2:episode:1"

    private static func run(_ body: (AlertWorld) async throws -> Void) async throws {
        try await AlertWorld.run(zone: "Europe/Berlin") { world in
            await world.glitchtip.add(2, title: "TypeError: cart")
            try await world.look()
            try await body(world)
        }
    }

    /// What came is looked at, and mutes of an hour run out.
    private static func runOut(_ world: AlertWorld) async throws {
        world.clock.advance(30)
        try await world.look()
        world.clock.advance(3600)
        try await world.keepUp()
    }

    // MARK: Held back

    @Test func `what was held back is open from then on, as any other`() async throws {
        try await Self.run { world in
            try await world.hears("/mute shop-web 1h")
            await world.glitchtip.add(3, title: "Error: held")
            world.clock.advance(30)
            try await world.look()
            #expect(try await world.hears("/alerts")?.text.hasPrefix("<b>1 open</b>") == true)
            world.clock.advance(3600)
            try await world.keepUp()
            let list = try #require(try await world.hears("/alerts")).text
            #expect(list.hasPrefix("<b>2 open</b>"), "\(list)")
            #expect(
                list.contains("\n🔴 <b>#3</b> Error: held\n      shop-web · 1 event · untouched · <tg-time"), "\(list)")
            let report = try #require(try await world.hears("/report")).text
            #expect(report.contains("2 new, 0 came back, 0 resolved, 2 open."), "\(report)")
            #expect(report.contains("#3 Error: held"), "\(report)")
            // Until now nobody could react.
            let incident = try await world.ledger.incidents(since: TestClock.noon).first { $0.issue.number == 3 }
            #expect(incident?.openedAt == world.clock.now)
            // It was told in the message at the end, and needs no other.
            #expect(await world.chat.texts("alert:issue:3").isEmpty)
            #expect(await world.chat.texts("storm:").isEmpty)
        }
    }

    @Test func `what is fatal gets a message of its own, and a quarter of an hour`() async throws {
        try await Self.run { world in
            let key = "alert:issue:3:episode:1"
            try await world.hears("/mute shop-web 1h")
            await world.glitchtip.add(3, title: "Fatal: out of memory", level: .fatal)
            try await Self.runOut(world)
            #expect(await world.chat.keys.suffix(2) == ["silence:1:end", key])
            let shown = try await world.chat.message(key).shown
            #expect(shown.text.hasPrefix("🔴 New · shop-web · <b>Fatal: out of memory</b>\n"))
            #expect(shown.buttons.contains("🙋 Take → /take 3"))
            world.clock.advance(899)
            try await world.keepUp()
            #expect(await world.chat.texts("\(key):escalation").isEmpty)
            world.clock.advance(1)
            try await world.keepUp()
            #expect(
                await world.chat.texts("\(key):escalation") == [
                    "‼️ Fatal and untouched for 1 h 15 min · shop-web · <b>Fatal: out of memory</b>"
                ])
        }
    }

    @Test func `the worst stands first, and what has no room is in the list`() async throws {
        try await Self.run { world in
            try await world.hears("/mute shop-web 1h")
            for id in 10...21 {
                await world.glitchtip.add(id, title: "Error: number \(id)", level: id == 21 ? .fatal : .error)
            }
            try await Self.runOut(world)
            let end = try await world.chat.message("silence:1:end").shown
            let lines = end.text.split(separator: "\n")
            #expect(lines.count == 13)
            #expect(lines.dropFirst().first == "Held back: 12 issues, 12 events")
            #expect(lines.dropFirst(2).first == "🔴 <b>#21</b> Error: number 21 · shop-web · +1")
            #expect(lines.dropFirst(3).first == "🔴 <b>#10</b> Error: number 10 · shop-web · +1")
            #expect(lines.last == "2 more; /alerts lists what is open")
            #expect(end.buttons.hasPrefix("#21 → /issue 21 | #10 → /issue 10 | "))
            #expect(try await world.hears("/alerts")?.text.hasPrefix("<b>13 open</b>") == true)
        }
    }

    @Test func `what nobody wants to know of stays so`() async throws {
        try await AlertWorld.run(routes: "project=billing-api to nowhere") { world in
            await world.add(1...1, in: "billing-api")
            try await world.hears("/mute \"number\" 1h")
            try await Self.runOut(world)
            #expect(try await world.hears("/alerts")?.text == "Nothing is open. 🎉")
        }
    }

    @Test func `what was resolved meanwhile and is opened again later is told then`() async throws {
        try await Self.run { world in
            try await world.hears("/mute shop-web 1h")
            await world.glitchtip.add(3, title: "Error: held")
            world.clock.advance(30)
            try await world.look()
            await world.glitchtip.setStatus(.resolved, on: Domain.Issue.ID(3))
            try await Self.runOut(world)
            #expect(try await world.hears("/alerts")?.text.hasPrefix("<b>1 open</b>") == true)
            try await world.hears("/unresolve 3")
            try await world.keepUp()
            try await world.keepUp()
            #expect(await world.chat.keys.filter { $0.hasPrefix("alert:issue:3") } == ["alert:issue:3:episode:1"])
        }
    }

    // MARK: Several mutes

    @Test(arguments: [
        ("/mute shop-web 8h", "shop-web", "shop-web"),
        ("/mute \"forgotten cart\" 8h", "“forgotten cart”", "“forgotten cart”"),
        (
            "/mute \"checkout of the long forgotten cart\" 8h", "“checkout of the long forgotten cart”",
            "“checkout of the long f…"
        ),
    ])
    func `a live message names what else it is muted with, and says that all of it is told again`(
        line: String, target: String, button: String
    ) async throws {
        try await AlertWorld.run(zone: "Europe/Berlin") { world in
            await world.glitchtip.add(2, title: "TypeError: checkout of the long forgotten cart")
            try await world.look()
            try await world.hears(line)
            let shown = try await world.chat.message(Self.key).shown
            #expect(
                shown.text.hasSuffix(
                    "\n🔕 Muted with \(target) until <tg-time unix=\"1795640400\" format=\"t\">22:00</tg-time>, by Ada"))
            #expect(
                shown.buttons.hasSuffix(
                    """

                    🙋 Take → /take 2 | Open in GlitchTip → https://glitchtip.example.com/demo-shop/issues/2
                    🔔 Unmute \(button) → /unmute 1
                    """))
            let said = try #require(try await world.presses("/unmute 1", under: Self.key))
            #expect(said.text == "🔔 No longer muted: <b>\(target)</b>\nNothing happened meanwhile.")
            #expect(!(try await world.chat.message(Self.key).shown.text.contains("Muted")))
        }
    }

    @Test func `an issue stays muted with its project, which tells what came meanwhile`() async throws {
        try await Self.run { world in
            try await world.hears("/mute shop-web 8h")
            try await world.hears("/mute 2 1h")
            #expect(try await world.chat.message(Self.key).shown.buttons.contains(" | 🔔 Unmute → /unmute 2 | "))
            await world.glitchtip.addEvent(to: Domain.Issue.ID(2))
            world.clock.advance(30)
            try await world.look()
            #expect(
                try await world.hears("/unmute 2")?.text == """
                    🔔 No longer muted: <b>issue 2</b>
                    It stays muted with shop-web until <tg-time unix="1795640400" format="t">22:00</tg-time>, by Ada.
                    """)
            let shown = try await world.chat.message(Self.key).shown
            #expect(
                shown.text.hasSuffix(
                    "\n🔕 Muted with shop-web until <tg-time unix=\"1795640400\" format=\"t\">22:00</tg-time>, by Ada"))
            #expect(shown.buttons.hasSuffix("\n🔔 Unmute shop-web → /unmute 1"))
            #expect(
                try await world.hears("/unmute 1")?.text == """
                    🔔 No longer muted: <b>shop-web</b>
                    Held back: 1 issue, 1 event
                    🔴 <b>#2</b> TypeError: cart · shop-web · +1
                    """)
        }
    }

    @Test func `what other words still match is told at their end`() async throws {
        try await Self.run { world in
            try await world.hears("/mute shop-web 1h")
            try await world.hears("/mute \"number\" 8h")
            await world.glitchtip.add(3, title: "Error: number 3")
            try await Self.runOut(world)
            #expect(
                await world.chat.texts("silence:") == [
                    "🔔 No longer muted: <b>shop-web</b>\n1 issue stays muted; /mutes says with what"
                ])
            #expect(try await world.hears("/alerts")?.text.hasPrefix("<b>1 open</b>") == true)
            #expect(try await world.hears("/mutes")?.text.hasSuffix(" · 1 event held back") == true)
            #expect(
                try await world.hears("/unmute 2")?.text == """
                    🔔 No longer muted: <b>“number”</b>
                    Held back: 1 issue, 1 event
                    🔴 <b>#3</b> Error: number 3 · shop-web · +1
                    """)
            #expect(try await world.hears("/alerts")?.text.hasPrefix("<b>2 open</b>") == true)
        }
    }

    @Test func `mutes that run out together hide nothing behind each other`() async throws {
        try await Self.run { world in
            try await world.hears("/mute shop-web 1h")
            try await world.hears("/mute \"number\" 1h")
            await world.glitchtip.add(3, title: "Error: number 3")
            try await Self.runOut(world)
            #expect(
                await world.chat.texts("silence:") == [
                    """
                    🔔 No longer muted: <b>shop-web</b>
                    Held back: 1 issue, 1 event
                    🔴 <b>#3</b> Error: number 3 · shop-web · +1
                    """, "🔔 No longer muted: <b>“number”</b>\nNothing happened meanwhile.",
                ])
            #expect(try await world.hears("/alerts")?.text.hasPrefix("<b>2 open</b>") == true)
        }
    }
}
