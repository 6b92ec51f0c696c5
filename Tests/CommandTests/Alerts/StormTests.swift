import Domain
import FoundationEssentials
import Sandbox
import Testing

/// Many new issues at once.
@Suite struct StormTests {
    @Test func `the first few have messages, the others share one that grows and then is closed`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...60, title: { "Kind\($0 % 12)Error: number \($0)" })
            await world.add(61...120, title: { "Kind\($0 % 12)Error: number \($0)" }, in: "billing-api")
            try await world.look()
            try await world.keepUp()
            #expect(await world.chat.keys.filter { $0.hasPrefix("alert:") }.count == 5)
            #expect(await world.chat.texts("storm:").count == 1)
            let first = try await world.chat.message("storm:1").shown
            #expect(first.text.hasPrefix("🌩 Storm · <b>115 issues</b> beside those above, since <tg-time"))
            #expect(first.text.split(separator: "\n").count == 12)
            // Twelve kinds in two projects, about five of each.
            #expect(first.text.hasSuffix(" more"))
            #expect(first.buttons == "List them → /alerts storm 1")

            world.clock.advance(30)
            await world.add(121...500) { "TypeError: number \($0)" }
            try await world.look()
            try await world.keepUp()
            let second = try await world.chat.message("storm:1").shown
            #expect(second.text.hasPrefix("🌩 Storm · <b>495 issues</b>"))
            #expect(second.text.contains("\nshop-web · <b>TypeError</b> · 380 issues, 380 events\n"))

            world.clock.advance(121)
            try await world.keepUp()
            #expect(
                try await world.chat.message("storm:1").shown.text.hasSuffix(
                    """

                    It is calm again, <tg-time unix="1795611751" format="r">25 Nov 13:02</tg-time>. It took 1 min.
                    """))
            world.clock.advance(1)
            await world.glitchtip.add(501, title: "Error: after")
            try await world.look()
            #expect(await world.chat.keys.last == "alert:issue:501:episode:1")
            #expect(await world.chat.keys.count == 8)
        }
    }

    @Test func `its list has all of them, a page at a time`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...25)
            try await world.look()
            let list = try #require(try await world.presses("/alerts storm 1", under: "storm:1"))
            #expect(list.text.hasPrefix("<b>20 of the storm</b> · page 1 of 3\n\n🔴 <b>#"))
            #expect(list.buttons.hasSuffix("\nMore › → /alerts storm 1 page 2"))
            #expect(try await world.presses("/alerts storm 1 page 2", under: list.key) == nil)
            let turned = try await world.chat.message(list.key).shown
            #expect(turned.text.hasPrefix("<b>20 of the storm</b> · page 2 of 3"))
            #expect(turned.buttons.hasSuffix("\n‹ Back → /alerts storm 1 page 1 | More › → /alerts storm 1 page 3"))
        }
    }

    @Test func `silences apply before, and each chat has a storm of its own`() async throws {
        try await AlertWorld.run(routes: "project=billing-api to -100555:7") { world in
            await world.glitchtip.add(Domain.Project(id: 90, slug: "noise", name: "Noise"))
            try await world.hears("/mute noise 2h")
            for id in 1...10 { await world.glitchtip.add(id, title: "Error: a", in: "noise") }
            for id in 11...20 { await world.glitchtip.add(id, title: "Error: b", in: "billing-api") }
            for id in 21...23 { await world.glitchtip.add(id, title: "Error: c") }
            try await world.look()
            let messages = await world.chat.messages.values
            #expect(messages.filter { $0.key.hasPrefix("storm:") }.map(\.chat) == [-100_555])
            #expect(messages.filter { $0.key.hasPrefix("storm:") }.map(\.thread) == [7])
            #expect(messages.filter { $0.key.hasPrefix("alert:") && $0.chat == -100_555 }.count == 5)
            #expect(messages.filter { $0.key.hasPrefix("alert:") && $0.chat == AlertWorld.home }.count == 3)
        }
    }

    @Test func `webhooks in a storm join it without asking GlitchTip, and the list completes them`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...20)
            for id in 1...20 { try await world.hook(issues: id) }
            #expect(await world.chat.keys.filter { $0.hasPrefix("alert:") }.count == 5)
            let asked = await world.glitchtip.requests.filter { $0.path.hasPrefix("/api/0/issues/") }
            #expect(asked.count == 6 * 3)
            try await world.look()
            try await world.keepUp()
            #expect(
                await world.chat.texts("storm:") == [
                    """
                    🌩 Storm · <b>15 issues</b> beside those above, since <tg-time unix="1795611600" format="r">25 Nov 13:00</tg-time>
                    shop-web · <b>Error</b> · 15 issues, 15 events
                    """
                ])
        }
    }

    @Test func `two thousand at once are all accounted for`() async throws {
        try await AlertWorld.run { world in
            await world.add(1...2000)
            try await world.look()
            try await world.keepUp()
            #expect(await world.chat.texts("storm:").first?.hasPrefix("🌩 Storm · <b>1995 issues</b>") == true)
            #expect(await world.chat.keys.filter { $0.hasPrefix("alert:") }.count == 5)
        }
    }
}
