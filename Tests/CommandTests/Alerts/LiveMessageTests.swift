import Domain
import FoundationEssentials
import Sandbox
import Testing

/// What an alert says, word for word, and how its one message changes.
@Suite struct LiveMessageTests {
    private static let key = "alert:issue:42:episode:1"

    /// An issue with an event that tells where it happened.
    private static func add(to world: AlertWorld, level: Domain.Issue.Level = .error) async {
        let frames = [
            Frame(filename: "node_modules/express/router.js", function: "next", line: 280, isInApp: false),
            Frame(
                filename: "lib/cart.js", function: "total", line: 31, isInApp: true,
                contextLine: "  return cart.items.reduce(sum, 0)"),
        ]
        let tags = [("environment", "production"), ("release", "shop-web@2.3.1"), ("user.id", "7")].map(Tag.init)
        let event = Event(
            id: String(repeating: "a1", count: 16), date: world.clock.now, title: "TypeError: cart is <undefined>",
            exceptions: [Exception(type: "TypeError", value: "cart is <undefined>", frames: frames)], tags: tags)
        await world.glitchtip.add(42, in: "shop-web", events: [event], level: level)
    }

    @Test func `a new issue`() async throws {
        try await AlertWorld.run(zone: "Europe/Berlin") { world in
            await Self.add(to: world)
            try await world.look()
            let shown = try await world.chat.message(Self.key).shown
            #expect(
                shown.text == """
                    🔴 New · shop-web · <b>TypeError: cart is &lt;undefined&gt;</b>
                    <code>lib/cart.js:31 in total</code>
                    error · production · shop-web@2.3.1 · SHOP-WEB-1
                    1 event, 1 user · first <tg-time unix="1795611600" format="r">25 Nov 14:00</tg-time>, last \
                    <tg-time unix="1795611600" format="r">25 Nov 14:00</tg-time> · first time in 30 days
                    <blockquote expandable><code>lib/cart.js:31 in total
                        return cart.items.reduce(sum, 0)
                    node_modules/express/router.js:280 in next</code></blockquote>
                    """)
            #expect(
                shown.buttons == """
                    🔍 Investigate → /investigate 42 | ✅ Resolve → /resolve 42
                    🙋 Take → /take 42 | 🔕 Mute ▾ → /mute 42 ▾ | \
                    Open in GlitchTip → https://glitchtip.example.com/demo-shop/issues/42
                    """)
            #expect(!shown.isSilent)
        }
    }

    @Test func `the runbook that is for it stands in it, until it is resolved`() async throws {
        try await AlertWorld.run { world in
            let event = Event(
                id: String(repeating: "c3", count: 16), date: world.clock.now, title: "error",
                exceptions: [Exception(type: "error", value: "sorry, too many clients already")])
            await world.glitchtip.add(42, in: "shop-web", events: [event])
            try await world.look()
            let shown = try await world.chat.message(Self.key).shown
            #expect(shown.text.contains("\n📕 The database refuses connections, or has none left"))
            #expect(
                shown.buttons.hasPrefix(
                    "🔍 Investigate → /investigate 42 | 📕 Runbook → /runbook 42 | ✅ Resolve → /resolve 42\n"))

            let page = try await world.presses("/runbook 42", under: Self.key)
            #expect(page?.text.hasPrefix("📕 <b>The database refuses connections, or has none left</b>\n") == true)

            try await world.hears("/link 42 upstream-failing")
            #expect(
                try await world.chat.message(Self.key).shown.text.contains(
                    "\n📕 An API that we call is slow, limits us or fails"))
            try await world.hears("/unlink 42")
            try await world.hears("/unlink 42")
            let without = try await world.chat.message(Self.key).shown
            #expect(!without.text.contains("📕"))
            #expect(!without.buttons.contains("/runbook"))
        }
    }

    @Test func `a webhook is shown before GlitchTip answers, and completed after`() async throws {
        try await AlertWorld.run(patience: .milliseconds(50)) { world in
            await Self.add(to: world)
            await world.glitchtip.misbehave(.slow(.milliseconds(600)), for: "/issues/42", times: 3)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await world.hook(issues: 42) }
                while await world.chat.keys.count < 2 {
                    try await world.deliver()
                    await Task.yield()
                }
                #expect(
                    try await world.chat.message(Self.key).shown.text == """
                        🔴 New · shop-web · <b>Error: number 42</b>
                        production · shop-web@2.3.1 · #42
                        first time in 30 days
                        """)
                try await group.waitForAll()
            }
            let shown = try await world.chat.message(Self.key).shown
            #expect(
                shown.text.hasPrefix(
                    "🔴 New · shop-web · <b>TypeError: cart is &lt;undefined&gt;</b>\n<code>lib/cart.js:31"))
            #expect(shown.edits == 1)
        }
    }

    @Test func `a webhook and the list are one message, however often`() async throws {
        try await AlertWorld.run { world in
            await Self.add(to: world)
            try await world.hook(issues: 42)
            try await world.look()
            try await world.hook(issues: 42)
            try await world.hook(issues: 42)
            try await world.look()
            #expect(await world.chat.keys == ["watch:began", Self.key])
            #expect(try await world.chat.message(Self.key).shown.edits == 0)
        }
    }

    @Test func `what is done to it stands in it, and the buttons follow`() async throws {
        try await AlertWorld.run { world in
            await Self.add(to: world)
            try await world.look()
            #expect(try await world.presses("/take 42", under: Self.key, by: .grace) == nil)
            var shown = try await world.chat.message(Self.key).shown
            #expect(shown.text.contains("\n🙋 Taken by Grace, <tg-time"))
            #expect(!shown.buttons.contains("/take"))

            #expect(try await world.presses("/resolve 42", under: Self.key) == nil)
            shown = try await world.chat.message(Self.key).shown
            #expect(shown.text.hasPrefix("✅ Resolved · shop-web · "))
            #expect(
                shown.text.contains(
                    "\nResolved by Ada, <tg-time unix=\"1795611600\" format=\"r\">25 Nov 13:00</tg-time>, in shop-web@2.3.1.\n"
                ))
            #expect(shown.buttons.hasPrefix("↩︎ Undo → /unresolve 42 | Open"))
            #expect(await world.glitchtip.status(of: Domain.Issue.ID(42)) == .resolved)

            world.clock.advance(61)
            try await world.keepUp()
            #expect(try await world.chat.message(Self.key).shown.buttons.hasPrefix("Reopen → /unresolve 42 | Open"))

            #expect(try await world.presses("/unresolve 42", under: Self.key) == nil)
            shown = try await world.chat.message(Self.key).shown
            #expect(shown.text.contains("\nOpened again by Ada, "))
            #expect(shown.buttons.contains("/resolve 42"))
            #expect(await world.chat.keys == ["watch:began", Self.key])
        }
    }

    @Test func `pressing twice does it once`() async throws {
        try await AlertWorld.run { world in
            await Self.add(to: world)
            try await world.look()
            let id = try await world.chat.message(Self.key).id
            try await world.presses("/take 42", under: Self.key)
            let text = try await world.chat.message(Self.key).shown.text
            // The second press was under way when the button went.
            #expect(try await world.hears("/take 42")?.text.hasSuffix("\nYou have it already.") == true)
            #expect(try await world.chat.message(Self.key).shown.text == text)
            #expect(try await world.chat.message(Self.key).id == id)
        }
    }

    @Test func `two people of one name are two`() async throws {
        let namesake = Person(id: Person.grace.id, firstName: Person.ada.firstName, username: "other_ada")
        try await AlertWorld.run { world in
            await Self.add(to: world)
            try await world.look()
            try await world.presses("/take 42", under: Self.key)
            #expect(
                try await world.hears("/take 42", by: namesake)?.text
                    == "🙋 Ada takes SHOP-WEB-1 from Ada · <b>TypeError: cart is &lt;undefined&gt;</b>")
            #expect(try await world.hears("/take 42", by: namesake)?.text.hasSuffix("\nYou have it already.") == true)
        }
    }

    @Test func `a typed line gets its own answer, and the live message changes too`() async throws {
        try await AlertWorld.run { world in
            await Self.add(to: world)
            try await world.look()
            #expect(
                try await world.hears("/take 42", by: .grace)?.text
                    == "🙋 Grace takes SHOP-WEB-1 · <b>TypeError: cart is &lt;undefined&gt;</b>")
            #expect(
                try await world.hears("/take 42")?.text
                    == "🙋 Ada takes SHOP-WEB-1 from Grace · <b>TypeError: cart is &lt;undefined&gt;</b>")
            #expect(try await world.chat.message(Self.key).shown.text.contains("🙋 Taken by Ada"))
            try await world.hears("/resolve 42")
            #expect(try await world.chat.message(Self.key).shown.text.hasPrefix("✅ Resolved"))
        }
    }

    @Test func `what is done in GlitchTip's pages is noticed`() async throws {
        try await AlertWorld.run { world in
            await Self.add(to: world)
            try await world.look()
            await world.glitchtip.addComment("I saw this before", on: Domain.Issue.ID(42))
            world.clock.advance(300)
            try await world.look()
            #expect(try await world.chat.message(Self.key).shown.text.contains("\n💬 1 comment\n"))

            await world.glitchtip.setStatus(.resolved, on: Domain.Issue.ID(42))
            world.clock.advance(300)
            try await world.look()
            let shown = try await world.chat.message(Self.key).shown
            #expect(shown.text.contains("\nResolved in GlitchTip, "))
            #expect(shown.buttons.hasPrefix("Reopen → /unresolve 42 | "))

            await world.glitchtip.delete(Domain.Issue.ID(42))
            await world.glitchtip.add(43, title: "Other: x")
            world.clock.advance(300)
            try await world.look()
            #expect(try await world.chat.message(Self.key).shown.text.hasPrefix("✅ Resolved"))
        }
    }

    @Test func `an issue that is deleted in GlitchTip loses its buttons`() async throws {
        try await AlertWorld.run { world in
            await Self.add(to: world)
            try await world.look()
            await world.glitchtip.delete(Domain.Issue.ID(42))
            world.clock.advance(300)
            try await world.look()
            let shown = try await world.chat.message(Self.key).shown
            #expect(shown.text.hasPrefix("🗑 Deleted · shop-web · "))
            #expect(shown.text.contains("\nDeleted in GlitchTip, "))
            #expect(shown.buttons == "")
        }
    }

    @Test func `a regression says when, by whom and in which release it had been resolved`() async throws {
        try await AlertWorld.run { world in
            await Self.add(to: world)
            try await world.look()
            try await world.hears("/resolve 42", by: .grace)
            world.clock.advance(3 * 86_400)
            await world.glitchtip.addEvent(to: Domain.Issue.ID(42))
            try await world.look()
            let shown = try await world.chat.message("alert:issue:42:episode:2").shown
            #expect(shown.text.hasPrefix("🔴 Regressed · shop-web · "))
            #expect(
                shown.text.contains(
                    """

                    It had been resolved by Grace, <tg-time unix="1795611600" format="r">25 Nov 13:00</tg-time>, \
                    in shop-web@2.3.1, and came back.

                    """))
            #expect(shown.text.contains("rare (2 in 30 days)"))
            // The old message would act on the new episode.
            #expect(try await world.chat.message(Self.key).shown.buttons.hasPrefix("Open in GlitchTip"))
        }
    }

    @Test func `counters move at most once a minute in a chat, thresholds at once`() async throws {
        try await AlertWorld.run { world in
            for id in 1...3 { await world.glitchtip.add(id, title: "Error: number \(id)") }
            try await world.look()
            try await world.keepUp()
            let edits = {
                try await (1...3).asyncMap { try await world.chat.message("alert:issue:\($0):episode:1").shown.edits }
            }
            for id in 1...3 { await world.glitchtip.addEvent(to: Domain.Issue.ID(id)) }
            for _ in 0..<5 {
                world.clock.advance(5)
                try await world.look()
                try await world.keepUp()
            }
            #expect(try await edits().reduce(0, +) == 1)
            world.clock.advance(60)
            try await world.keepUp()
            world.clock.advance(60)
            try await world.keepUp()
            #expect(try await edits() == [1, 1, 1])

            for _ in 0..<10 { await world.glitchtip.addEvent(to: Domain.Issue.ID(2)) }
            world.clock.advance(5)
            try await world.look()
            #expect(try await edits() == [1, 2, 1])
            #expect(
                try await world.chat.message("alert:issue:2:episode:1").shown.text.contains(
                    "<b>12 events</b> (past 10)")
            )
        }
    }

    @Test func `whatever a webhook says, it is text, and fits`() async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.misbehave(.hangUp, times: 100)
            let title = "</b><a href='https://evil.example'>\u{202E}" + String(repeating: "x", count: 9000)
            let link = "https://glitchtip.example.com/demo-shop/issues/42"
            let fields = ["Project", "Environment", "Release"].map { #"{"title": "\#($0)", "value": "\#(title)"}"# }
            try await world.hook(
                """
                {"text": "GlitchTip Alert", "attachments": [{"title": "\(title)", "title_link": "\(link)",
                 "fields": [\(fields.joined(separator: ","))]}]}
                """)
            let text = try await world.chat.message(Self.key).shown.text
            #expect(text.utf16.count < 1000)
            #expect(!text.contains("<a ") && !text.contains("\u{202E}"))
            #expect(text.contains("<b>&lt;/b&gt;&lt;a href='https://evil.example'&gt;xxx"))
        }
    }

    @Test func `a message that was deleted in the chat is not sent again`() async throws {
        try await AlertWorld.run { world in
            await Self.add(to: world)
            try await world.look()
            await world.chat.delete(Self.key)
            try await world.hears("/take 42")
            try await world.hears("/resolve 42")
            #expect(await world.chat.keys.filter { $0 == Self.key }.count == 1)
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
        var result: [T] = []
        for element in self { result.append(try await transform(element)) }
        return result
    }
}
