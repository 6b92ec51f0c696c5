import Domain
import FoundationEssentials
import Sandbox
import Testing

@testable import ChatOps

/// What the webhook misses, the list of issues tells.
@Suite struct WatchTests {
    private static func key(_ issue: Int, _ episode: Int = 1) -> String { "alert:issue:\(issue):episode:\(episode)" }

    @Test(arguments: [
        (0, "👀 I am watching GlitchTip from now on. Nothing is unresolved there."),
        (
            1,
            "👀 I am watching GlitchTip from now on. 1 issue is unresolved; of those I say nothing until there is news. "
                + "/errors lists them."
        ),
        (
            250,
            "👀 I am watching GlitchTip from now on. 250 issues are unresolved; of those I say nothing until there is news. "
                + "/errors lists them."
        ),
        (
            1005,
            "👀 I am watching GlitchTip from now on. 1,000 or more issues are unresolved; of those I say nothing until there "
                + "is news. /errors lists them."
        ),
    ])
    func `a first start announces nothing old, and says how much there is`(count: Int, words: String) async throws {
        try await AlertWorld.run(isNew: true) { world in
            for id in 0..<count {
                let date = world.clock.now.addingTimeInterval(-Double(id + 1))
                await world.glitchtip.add(title: "Error: old", firstSeen: date, lastSeen: date)
            }
            try await world.look()
            try await world.look()
            #expect(await world.chat.keys == ["watch:began"])
            #expect(await world.chat.texts("watch:began") == [words])
        }
    }

    @Test func `what comes while the first look cannot be made is not old`() async throws {
        try await AlertWorld.run(isNew: true) { world in
            await world.glitchtip.add(1, title: "Error: old", firstSeen: world.clock.now.addingTimeInterval(-60))
            await world.glitchtip.misbehave(.status(502), times: 1)
            try await world.look()
            world.clock.advance(30)
            await world.glitchtip.add(2, title: "Error: new")
            world.clock.advance(30)
            try await world.look()
            #expect(await world.chat.keys.sorted() == [Self.key(2), "watch:began"])
        }
    }

    @Test func `the stack of each alert is kept, without another request`() async throws {
        try await AlertWorld.run { world in
            let frames = [Frame(filename: "lib/cart.js", function: "total", line: 7)]
            let event = Event(
                id: "a1", issue: Issue.ID(1), date: world.clock.now, title: "TypeError: one",
                exceptions: [Exception(type: "TypeError", value: "one", frames: frames)])
            await world.glitchtip.add(1, in: "shop-web", events: [event])
            await world.glitchtip.add(2, title: "a message without a stack")
            await world.glitchtip.forgetRequests()
            try await world.look()
            #expect(try await world.ledger.stacks(in: "shop-web").map(\.issue) == [Issue.ID(1)])
            let asked = await world.glitchtip.requests.count { $0.path.contains("/events/latest/") }
            #expect(asked == 2)
        }
    }

    @Test func `when and by whom an issue was resolved is known only if we saw it open before`() async throws {
        try await AlertWorld.run(isNew: true) { world in
            let old = world.clock.now.addingTimeInterval(-86_400)
            await world.glitchtip.add(1, title: "Error: old", status: .resolved, firstSeen: old, lastSeen: old)
            try await world.look()
            world.clock.advance(30)
            await world.glitchtip.add(2, title: "Error: new")
            try await world.look()
            world.clock.advance(30)
            await world.glitchtip.setStatus(.resolved, on: Issue.ID(2))
            try await world.look()
            #expect(try await world.ledger.ending(of: Issue.ID(1)).resolved == nil)
            let resolved = try #require(try await world.ledger.ending(of: Issue.ID(2)).resolved)
            #expect(resolved == Episode.Touch(by: nil, at: world.clock.now))
        }
    }

    @Test func `what the webhook missed is announced, after a restart too`() async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.add(1, title: "Error: one")
            try await world.look()
            await world.glitchtip.add(2, title: "Error: two")
            world.clock.advance(900)
            let restarted = try AlertWorld(
                ledger: world.ledger, glitchtip: world.glitchtip, clock: world.clock)
            try await restarted.look()
            #expect(await restarted.chat.keys == [Self.key(2)])
        }
    }

    @Test func `a webhook that names three of five has the list read at once`() async throws {
        try await AlertWorld.run { world in
            for id in 1...5 { await world.glitchtip.add(id, title: "Error: number \(id)") }
            let rings = await world.desk.watchBell.count
            try await world.hook(issues: 1, 2, 3, total: 5)
            #expect(await world.desk.watchBell.count == rings + 1)
            try await world.look()
            #expect(await world.chat.keys.dropFirst().sorted() == (1...5).map { Self.key($0) })
        }
    }

    @Test func `what is old is news when GlitchTip raises an alert for it`() async throws {
        try await AlertWorld.run(isNew: true) { world in
            let before = world.clock.now.addingTimeInterval(-86_400)
            await world.glitchtip.add(1, title: "Error: old", firstSeen: before, lastSeen: before)
            try await world.look()
            try await world.hook(issues: 1)
            #expect(
                try await world.chat.message(Self.key(1)).shown.text.hasPrefix("🔴 Alert · shop-web · <b>Error: old</b>")
            )
        }
    }

    @Test func `ignored issues are not announced, by whichever road`() async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.add(1, title: "Error: ignored", status: .ignored)
            try await world.hook(issues: 1)
            try await world.look()
            await world.glitchtip.addEvent(to: Domain.Issue.ID(1))
            world.clock.advance(60)
            try await world.look()
            #expect(await world.chat.keys == ["watch:began"])
        }
    }

    @Test func `what was resolved before anybody saw it is told, as resolved`() async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.add(1, title: "Error: short", status: .resolved)
            try await world.look()
            #expect(try await world.chat.message(Self.key(1)).shown.text.hasPrefix("✅ Resolved · shop-web"))
        }
    }

    @Test func `a late webhook for a resolved issue is no regression`() async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.add(1, title: "Error: one")
            try await world.look()
            try await world.hears("/resolve 1")
            try await world.hook(issues: 1)
            #expect(await world.chat.keys.filter { $0.hasPrefix("alert:") } == [Self.key(1)])
        }
    }

    @Test func `GlitchTip down for long is said once, and what happened meanwhile in one digest`() async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.misbehave(.status(502), times: 100_000)
            for _ in 0..<10 {
                world.clock.advance(60)
                try await world.look()
            }
            #expect(
                await world.chat.texts("glitchtip:") == [
                    """
                    🔌 <b>I cannot read GlitchTip</b> since <tg-time unix="1795611660" format="r">25 Nov 13:01</tg-time>: \
                    it is too busy. Try again in a minute.
                    I keep trying, and tell what happened meanwhile when it is back.
                    """
                ])
            await world.add(1...30) { $0 > 20 ? "TypeError: \($0)" : "Error: \($0)" }
            await world.glitchtip.behave()
            world.clock.advance(60)
            try await world.look()
            try await world.keepUp()
            #expect(await world.chat.texts("glitchtip:").last == "🔌 GlitchTip is back after 10 min.")
            #expect(
                await world.chat.texts("storm:") == [
                    """
                    🌩 While GlitchTip was away · <b>30 issues</b>
                    shop-web · <b>Error</b> · 20 issues, 20 events
                    shop-web · <b>TypeError</b> · 10 issues, 10 events
                    """
                ])
            #expect(await world.chat.keys.filter { $0.hasPrefix("alert:") }.isEmpty)
            // From then on everything is as before.
            world.clock.advance(60)
            await world.glitchtip.add(99, title: "Error: after")
            try await world.look()
            #expect(await world.chat.keys.last == Self.key(99))
        }
    }

    @Test func `a short absence is nobody's business`() async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.misbehave(.hangUp, times: 2)
            try await world.look()
            await world.glitchtip.add(1, title: "Error: one")
            world.clock.advance(60)
            try await world.look()
            world.clock.advance(60)
            try await world.look()
            #expect(await world.chat.keys == ["watch:began", Self.key(1)])
        }
    }

    @Test(arguments: [StandInGlitchTip.Misbehaviour.status(500), .webPage, .brokenJSON])
    func `an issue that cannot be read holds up no other, and is no absence`(
        fault: StandInGlitchTip.Misbehaviour
    ) async throws {
        try await AlertWorld.run { world in
            await world.add(1...1)
            try await world.look()
            await world.glitchtip.delete(Domain.Issue.ID(1))
            await world.glitchtip.misbehave(fault, for: "/issues/1/", times: 1000)
            for _ in 0..<5 {
                world.clock.advance(60)
                try await world.look()
            }
            await world.add(2...2)
            try await world.look()
            #expect(await world.chat.texts("glitchtip:").isEmpty)
            #expect(await world.chat.keys == ["watch:began", Self.key(1), Self.key(2)])
        }
    }

    @Test func `a surge is said aloud, with the reason, and once`() async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.add(1, title: "Error: one")
            try await world.look()
            for hour in 1...30 {
                world.clock.advance(3600)
                if hour.isMultiple(of: 6) { await world.glitchtip.addEvent(to: Domain.Issue.ID(1)) }
                try await world.look()
            }
            for _ in 0..<40 { await world.glitchtip.addEvent(to: Domain.Issue.ID(1)) }
            world.clock.advance(60)
            try await world.look()
            world.clock.advance(60)
            try await world.look()
            let reason = "41 events this hour; of the past 30 hours, an hour had 0.1 on average, 1 at most"
            let live = try await world.chat.message(Self.key(1)).shown
            #expect(live.text.hasPrefix("🔴 Spiking · shop-web · <b>Error: one</b>"))
            #expect(live.text.contains("\n📈 \(reason)."))
            #expect(
                await world.chat.texts("\(Self.key(1)):surge") == [
                    "🔴 Spiking · shop-web · <b>Error: one</b>\n\(reason)."
                ])
            world.clock.advance(3 * 3600)
            await world.glitchtip.addEvent(to: Domain.Issue.ID(1))
            try await world.look()
            #expect(try await world.chat.message(Self.key(1)).shown.text.hasPrefix("🔴 New · "))
        }
    }

    @Test func `many more people are a surge too, and whoever deleted the message sees it again`() async throws {
        try await AlertWorld.run { world in
            let event = { (user: Int) in
                Event(
                    id: "\(100 + user)" + String(repeating: "c", count: 29), date: world.clock.time,
                    title: "Error: one",
                    exceptions: [Exception(type: "Error", value: "one")], tags: [Tag(key: "user.id", value: "\(user)")])
            }
            let id = await world.glitchtip.add(1, in: "shop-web", events: (1...4).map(event))
            try await world.look()
            #expect(try await world.chat.message(Self.key(1)).shown.text.contains("4 events, 4 users · "))
            await world.chat.delete(Self.key(1))
            try await world.hears("/take 1")
            for user in 5...20 { await world.glitchtip.addEvent(to: id, event(user)) }
            world.clock.advance(700)
            try await world.look()
            #expect(
                await world.chat.texts("\(Self.key(1)):surge") == [
                    "🔴 Spiking · shop-web · <b>Error: one</b>\n20 users are hit, 4 were when I last looked."
                ])
            #expect(await world.chat.keys.filter { $0 == Self.key(1) }.count == 2)
        }
    }

    @Test func `an outage makes no surge`() async throws {
        try await AlertWorld.run { world in
            await world.glitchtip.add(1, title: "Error: one")
            for _ in 0..<30 {
                world.clock.advance(3600)
                try await world.look()
            }
            await world.glitchtip.misbehave(.status(502), times: 100_000)
            for _ in 0..<30 {
                world.clock.advance(3600)
                for _ in 0..<2 { await world.glitchtip.addEvent(to: Domain.Issue.ID(1)) }
                try await world.look()
            }
            await world.glitchtip.behave()
            try await world.look()
            #expect(try await world.chat.message(Self.key(1)).shown.text.contains("<b>61 events</b>"))
            #expect(await world.chat.texts("\(Self.key(1)):surge").isEmpty)
        }
    }

    @Test func `a known issue that surges gets a message`() async throws {
        try await AlertWorld.run(isNew: true) { world in
            let before = world.clock.now.addingTimeInterval(-86_400)
            await world.glitchtip.add(1, title: "Error: old", firstSeen: before, lastSeen: before)
            for _ in 0..<30 {
                try await world.look()
                world.clock.advance(3600)
            }
            for _ in 0..<40 { await world.glitchtip.addEvent(to: Domain.Issue.ID(1)) }
            try await world.look()
            #expect(
                try await world.chat.message(Self.key(1)).shown.text.hasPrefix(
                    "🔴 Spiking · shop-web · <b>Error: old</b>"))
        }
    }
}
