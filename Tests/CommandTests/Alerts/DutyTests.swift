import Domain
import FoundationEssentials
import Sandbox
import Testing

/// What is fatal and untouched is brought up again, and who is called.
@Suite struct DutyTests {
    private static let key = "alert:issue:2:episode:1"

    @Test func `untouched for a quarter of an hour, once, with whoever is on duty`() async throws {
        try await AlertWorld.run { world in
            try await world.hears("/duty @ada @bob_b", by: .grace)
            await world.glitchtip.add(2, title: "Fatal: out of memory", level: .fatal)
            try await world.look()
            world.clock.advance(899)
            try await world.keepUp()
            #expect(await world.chat.texts("\(Self.key):escalation").isEmpty)
            world.clock.advance(1)
            try await world.keepUp()
            world.clock.advance(3600)
            try await world.keepUp()
            #expect(
                await world.chat.texts("\(Self.key):escalation") == [
                    "‼️ Fatal and untouched for 15 min · shop-web · <b>Fatal: out of memory</b>\n@ada @bob_b"
                ])
            let shown = try await world.chat.message("\(Self.key):escalation").shown
            #expect(shown.replyTo == (try await world.chat.message(Self.key).id))
            #expect(shown.buttons.hasPrefix("🔍 Investigate → /investigate 2 | ✅ Resolve → /resolve 2"))
        }
    }

    @Test(arguments: ["/take 2", "/investigate 2", "/mute 2 8h", "/resolve 2", "/ignore 2"])
    func `a touch is enough`(line: String) async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.add(2, title: "Fatal: out of memory", level: .fatal)
            try await world.look()
            try await world.hears(line)
            world.clock.advance(3600)
            try await world.keepUp()
            #expect(await world.chat.texts("\(Self.key):escalation").isEmpty)
        }
    }

    @Test(arguments: [
        (
            "/duty",
            "Nobody is on duty. <code>/duty @ada</code> says who is to be called when a fatal error stays untouched."
        ),
        ("/duty @ada", "On duty: <b>ada</b>"), ("/duty @ada @grace", "On duty: <b>ada, grace</b>"),
        ("/duty ada", "<code>ada</code> is not a name such as <code>@ada</code>."),
        ("/duty @<b>", "<code>@&lt;b&gt;</code> is not a name such as <code>@ada</code>."),
        ("/duty @aa1 @aa2 @aa3 @aa4 @aa5 @aa6", "At most 5 names."),
    ])
    func `says who is on duty`(line: String, words: String) async throws {
        try await AlertWorld.run { world in
            let said = try await world.hears(line, by: .grace)
            #expect(said?.text == words)
        }
    }

    @Test func `everybody may ask, a responder may change it`() async throws {
        try await AlertWorld.run { world in
            try await world.hears("/duty @ada")
            #expect(try await world.hears("/duty", by: .bob)?.text == "On duty: <b>ada</b>")
            #expect(try await world.hears("/duty @bob", by: .bob)?.text.hasPrefix("That takes a responder.") == true)
            try await world.hears("/duty nobody", by: .grace)
            #expect(try await world.hears("/duty", by: .bob)?.text.hasPrefix("Nobody is on duty.") == true)
        }
    }

    @Test func `the list shows the oldest untouched first`() async throws {
        try await AlertWorld.run { world in
            #expect(try await world.hears("/alerts")?.text == "Nothing is open. 🎉")
            for id in 2...4 {
                await world.glitchtip.add(id, title: "Error: number \(id)")
                try await world.look()
                world.clock.advance(600)
            }
            try await world.hears("/take 2", by: .grace)
            #expect(
                try await world.hears("/alerts", by: .bob)?.text == """
                    <b>3 open</b> · oldest untouched first

                    🔴 <b>#3</b> Error: number 3
                          shop-web · 1 event · untouched · <tg-time unix="1795612200" format="r">20 min ago</tg-time>
                    🔴 <b>#4</b> Error: number 4
                          shop-web · 1 event · untouched · <tg-time unix="1795612800" format="r">10 min ago</tg-time>
                    🔴 <b>#2</b> Error: number 2
                          shop-web · 1 event · taken by Grace · <tg-time unix="1795611600" format="r">30 min ago</tg-time>
                    """)
            #expect(try await world.hears("/alerts nonsense")?.text == "I do not understand <code>nonsense</code>.")
            #expect(try await world.hears("/alerts storm 9")?.text == "I know of no such storm.")
        }
    }
}
