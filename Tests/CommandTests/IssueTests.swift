import Domain
import FoundationEssentials
import Sandbox
import Testing

@Suite struct IssueTests {
    let bot: TestBot

    init() throws { bot = try TestBot() }

    private func ago(_ seconds: Double) -> Date { TestBot.noon.addingTimeInterval(-seconds) }

    @Test func `shows what, where, how often and since when`() async throws {
        let event = Event(
            id: String(repeating: "a", count: 32), date: ago(300), title: "TypeError: cart <null>",
            exceptions: [
                Exception(
                    type: "TypeError", value: "cart <null>",
                    frames: [
                        Frame(filename: "app:///lib/cart.js", function: "total<T>", line: 31, isInApp: true),
                        Frame(filename: "node:internal/timers", function: "listOnTimeout", line: 5, isInApp: false),
                    ])
            ], tags: [Tag(key: "environment", value: "production"), Tag(key: "release", value: "2.3.1")])
        await bot.glitchtip.add(
            2, in: "shop-web", events: [event], level: .fatal, count: 312, firstSeen: ago(3 * 86_400))
        await bot.glitchtip.addComment("seen it", on: Issue.ID(2))

        let said = try #require(try await bot.hears("/issue 2"))
        #expect(
            said.text == """
                🔴 Unresolved · shop-web · <b>TypeError: cart &lt;null&gt;</b>
                SHOP-WEB-1 · fatal · 312 events, first seen <tg-time unix="1795348800" format="r">3 days ago</tg-time>, last <tg-time unix="1795607700" format="r">5 min ago</tg-time>
                At <code>app:///lib/cart.js:31</code> in total&lt;T&gt;
                production · 2.3.1
                1 comment.
                """)
        #expect(
            said.buttons == """
                🔍 Investigate → /investigate 2
                ✅ Resolve → /resolve 2 | 🔕 Ignore → /ignore 2
                Open in GlitchTip → https://glitchtip.example.com/demo-shop/issues/2
                """)
    }

    @Test func `a long message is folded, and secrets do not show`() async throws {
        let value = "password=hunter2 for ada@example.com " + String(repeating: "x", count: 2000)
        await bot.glitchtip.add(3, title: "Error: \(value)")
        let text = try #require(try await bot.hears("/issue 3")).text
        #expect(text.contains("<blockquote expandable>"))
        #expect(!text.contains("hunter2") && !text.contains("ada@example.com"))
        #expect(text.count < 2000)
    }

    @Test func `an issue whose events are gone is shown all the same`() async throws {
        await bot.glitchtip.add(4, in: "shop-web", events: [], count: 9, firstSeen: ago(90 * 86_400))
        #expect(try await bot.hears("/issue 4")?.text.hasSuffix("GlitchTip has no event of it any more.") == true)
    }

    @Test func `a resolved one offers to be opened again`() async throws {
        await bot.glitchtip.add(5, title: "Timeout", status: .resolved)
        let said = try #require(try await bot.hears("/issue 5"))
        #expect(said.text.hasPrefix("✅ Resolved · shop-web · <b>Timeout</b>"))
        #expect(said.buttons.contains("Open again → /unresolve 5"))
    }

    @Test(arguments: [
        (Issue.Level.warning, "🟠"), (.info, "🔵"), (.debug, "🔵"), (.error, "🔴"), (.fatal, "🔴"),
    ])
    func `the mark goes with the level, which stands there in words too`(level: Issue.Level, mark: String) async throws
    {
        await bot.glitchtip.add(6, title: "Late", level: level)
        let text = try #require(try await bot.hears("/issue 6")).text
        #expect(text.hasPrefix("\(mark) Unresolved"))
        #expect(text.contains("SHOP-WEB-1 · \(level.rawValue) ·"))
    }
}
