import Domain
import FoundationEssentials
import Sandbox
import Testing

/// What `/mute`, `/mutes` and `/unmute` say and do.
@Suite struct MuteTests {
    private static let key = "alert:issue:2:episode:1"

    private static func run(_ body: (AlertWorld) async throws -> Void) async throws {
        try await AlertWorld.run(zone: "Europe/Berlin") { world in
            await world.glitchtip.add(2, title: "TypeError: cart")
            try await world.look()
            try await body(world)
        }
    }

    @Test func `Mute unfolds into times, and folds again`() async throws {
        try await Self.run { world in
            let before = try await world.chat.message(Self.key).shown
            #expect(try await world.presses("/mute 2 ▾", under: Self.key) == nil)
            var shown = try await world.chat.message(Self.key).shown
            #expect(shown.text == before.text)
            #expect(
                shown.buttons == """
                    1 h → /mute 2 1h | 8 h → /mute 2 8h | 24 h → /mute 2 24h
                    Until 100 more → /mute 2 until 100 more
                    ‹ Back → /mute 2 ‹
                    """)
            try await world.presses("/mute 2 ‹", under: Self.key)
            shown = try await world.chat.message(Self.key).shown
            #expect(shown.buttons == before.buttons)
        }
    }

    @Test func `the live message says until when, by whom, and how to undo it`() async throws {
        try await Self.run { world in
            try await world.presses("/mute 2 ▾", under: Self.key, by: .grace)
            #expect(try await world.presses("/mute 2 8h", under: Self.key, by: .grace) == nil)
            let shown = try await world.chat.message(Self.key).shown
            #expect(
                shown.text.hasSuffix(
                    "\n🔕 Muted until <tg-time unix=\"1795640400\" format=\"t\">22:00</tg-time>, by Grace"))
            #expect(shown.buttons.contains(" | 🔔 Unmute → /unmute 1 | "))
            #expect(try await world.presses("/unmute 1", under: Self.key) == nil)
            #expect(!(try await world.chat.message(Self.key).shown.text.contains("Muted")))
        }
    }

    @Test(arguments: [
        (
            "/mute 2 until 18:00",
            "🔕 Muted until <tg-time unix=\"1795626000\" format=\"t\">18:00</tg-time>: <b>SHOP-WEB-1 · TypeError: cart</b>"
        ),
        ("/mute 2 until 100 more", "🔕 Muted until 100 more events: <b>SHOP-WEB-1 · TypeError: cart</b>"),
        (
            "/mute shop-web 3d",
            "🔕 Muted until <tg-time unix=\"1795870800\" format=\"Dt\">28 Nov 14:00</tg-time>: <b>shop-web</b>"
        ),
        ("/mute “connection reset” until 1 more", "🔕 Muted until 1 more event: <b>“connection reset”</b>"),
        (
            "/mute \"a <b>\" 1h",
            "🔕 Muted until <tg-time unix=\"1795615200\" format=\"t\">15:00</tg-time>: <b>“a &lt;b&gt;”</b>"
        ),
    ])
    func `says what, and until when`(line: String, words: String) async throws {
        try await Self.run { world in
            let said = try #require(try await world.hears(line))
            #expect(said.text == words + "\nI count what comes, and say it then.")
            #expect(said.buttons == "🔔 Unmute → /unmute 1")
        }
    }

    @Test(arguments: [
        ("/mute", "Which issue? Give its number, such as <code>2</code>."),
        ("/mute 2", "For how long? <code>2h</code>, <code>until 18:00</code> or <code>until 100 more</code>."),
        (
            "/mute 2 for ever",
            "I do not understand <code>for ever</code>. For how long? <code>2h</code>, <code>until 18:00</code> or "
                + "<code>until 100 more</code>."
        ),
        (
            "/mute 2 400d",
            "I do not understand <code>400d</code>. For how long? <code>2h</code>, <code>until 18:00</code> or <code>until 100 more</code>."
        ),
        ("/mute 2 100d", "At most 90 days. What should never be said again is for /ignore."),
        ("/mute \"ab\" 1h", "Fewer than three characters would match too much."),
        ("/mute 404 1h", "There is no such issue in GlitchTip."),
        ("/mute nonsense 1h", "<code>nonsense</code> is not an issue. Give its number, short id or link."),
        ("/mute 2 ▾", "For how long? <code>2h</code>, <code>until 18:00</code> or <code>until 100 more</code>."),
        ("/unmute", "Which one? /mutes has the numbers."),
        ("/unmute x", "<code>x</code> is not a number. /mutes has them."),
        ("/unmute 1", "There is no mute 1, or it is over."), ("/unmute 1 2", "I do not understand <code>2</code>."),
        ("/mutes", "Nothing is muted."),
    ])
    func `refuses in plain words`(line: String, words: String) async throws {
        try await Self.run { world in
            let said = try await world.hears(line)
            #expect(said?.text == words)
        }
    }

    @Test func `takes a responder`() async throws {
        try await Self.run { world in
            for line in ["/mute 2 1h", "/unmute 1", "/take 2"] {
                let said = try await world.hears(line, by: .bob)
                #expect(said?.text.hasPrefix("That takes a responder.") == true)
            }
            #expect(try await world.hears("/mutes", by: .bob)?.text == "Nothing is muted.")
        }
    }

    @Test func `holds back, and says at its end what`() async throws {
        try await Self.run { world in
            try await world.hears("/mute shop-web 1h")
            for id in 3...4 { await world.glitchtip.add(id, title: "Error: number \(id)") }
            world.clock.advance(30)
            try await world.look()
            for _ in 0..<5 { await world.glitchtip.addEvent(to: Domain.Issue.ID(2)) }
            world.clock.advance(30)
            try await world.look()
            #expect(await world.chat.keys.filter { $0.hasPrefix("alert:") } == [Self.key])
            #expect(
                try await world.hears("/mutes")?.text == """
                    <b>Muted</b>

                    <b>1</b> shop-web · until <tg-time unix="1795615200" format="t">15:00</tg-time>, by Ada · 7 events held back
                    """)
            world.clock.advance(3600)
            try await world.keepUp()
            try await world.keepUp()
            #expect(
                await world.chat.texts("silence:") == [
                    """
                    🔔 No longer muted: <b>shop-web</b>
                    Held back: 3 issues, 7 events
                    🔴 <b>#2</b> TypeError: cart · shop-web · +5
                    🔴 <b>#3</b> Error: number 3 · shop-web · +1
                    🔴 <b>#4</b> Error: number 4 · shop-web · +1
                    """
                ])
            #expect(!(try await world.chat.message(Self.key).shown.text.contains("Muted")))
            await world.glitchtip.add(5, title: "Error: number 5")
            try await world.look()
            #expect(await world.chat.keys.last == "alert:issue:5:episode:1")
        }
    }

    @Test func `ends when so many more have come, below the live message`() async throws {
        try await Self.run { world in
            try await world.hears("/mute 2 until 3 more")
            for _ in 0..<3 { await world.glitchtip.addEvent(to: Domain.Issue.ID(2)) }
            world.clock.advance(30)
            try await world.look()
            try await world.keepUp()
            let end = try await world.chat.message("silence:1:end").shown
            #expect(end.text.hasPrefix("🔔 No longer muted: <b>issue 2</b>\nHeld back: 1 issue, 3 events\n"))
            #expect(end.replyTo == (try await world.chat.message(Self.key).id))
        }
    }

    @Test func `ended early it says so to whoever asked`() async throws {
        try await Self.run { world in
            try await world.hears("/mute \"number\" 1h")
            #expect(
                try await world.hears("/unmute 1")?.text
                    == "🔔 No longer muted: <b>“number”</b>\nNothing happened meanwhile.")
            world.clock.advance(7200)
            try await world.keepUp()
            #expect(await world.chat.texts("silence:").isEmpty)
        }
    }

    @Test func `muting again takes the place of the first`() async throws {
        try await Self.run { world in
            try await world.hears("/mute 2 1h")
            try await world.hears("/mute 2 8h")
            let list = try await world.hears("/mutes")?.text ?? ""
            #expect(list.contains("<b>2</b> issue 2") && !list.contains("<b>1</b>"))
        }
    }

    @Test func `muting again keeps what the first has held back, and counts its own end anew`() async throws {
        try await Self.run { world in
            try await world.hears("/mute shop-web 2h")
            await world.glitchtip.add(7, title: "Error: payment lost")
            world.clock.advance(30)
            try await world.look()
            try await world.hears("/mute shop-web until 1 more")
            try await world.keepUp()
            #expect(
                try await world.hears("/mutes")?.text == """
                    <b>Muted</b>

                    <b>2</b> shop-web · until 1 more event, by Ada · 1 event held back
                    """)
            #expect(
                try await world.hears("/unmute 2")?.text == """
                    🔔 No longer muted: <b>shop-web</b>
                    Held back: 1 issue, 1 event
                    🔴 <b>#7</b> Error: payment lost · shop-web · +1
                    """)
        }
    }
}
