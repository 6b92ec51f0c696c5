import Domain
import FoundationEssentials
import Sandbox
import Testing

@testable import ChatOps

/// Sites that go down and come up again: each time is told once, whether by webhook or by the list of monitors.
@Suite struct UptimeTests {
    private static let start = #"<tg-time unix="1795611600" format="r">25 Nov 13:00</tg-time>"#

    private static func webhook(_ words: String) -> String {
        """
        {"alias": "GlitchTip", "text": "GlitchTip Uptime Alert", "attachments": [{"title": "Shop",
         "title_link": "https://glitchtip.example.com/demo-shop/uptime-monitors/1", "text": "\(words)"}]}
        """
    }

    private static let down = webhook("The monitored site has gone down.")
    private static let up = webhook("The monitored site is back up.")

    /// A world in which the site is watched, and is up.
    private static func run(_ body: (AlertWorld) async throws -> Void) async throws {
        try await AlertWorld.run { world in
            let created = world.clock.time.addingTimeInterval(-86_400)
            await world.glitchtip.add(
                StandInGlitchTip.Monitor(
                    id: 1, name: "Shop", url: "https://shop.example.com", project: "shop-web", created: created,
                    isUp: true, lastChange: created))
            try await body(world)
        }
    }

    private static func told(_ world: AlertWorld) async -> [String] { await world.chat.texts("uptime:") }

    @Test func `after a lost "up" the next "down" is told, and late copies are not`() async throws {
        try await AlertWorld.run { world in
            for _ in 0..<3 { try await world.hook(Self.down) }
            world.clock.advance(200)
            try await world.hook(Self.down)
            #expect(await Self.told(world) == ["🔴 Down · <b>Shop</b>"])
            world.clock.advance(86_400)
            for _ in 0..<3 { try await world.hook(Self.down) }
            #expect(
                await Self.told(world) == [
                    "🟢 Was down · <b>Shop</b>\n\(Self.start); its end was not heard of.",
                    "🔴 Down again · <b>Shop</b>\nI did not hear that it was up in between.",
                ])
            world.clock.advance(250)
            try await world.hook(Self.up)
            #expect(await Self.told(world).last == "🟢 Up again · <b>Shop</b>\nIt was down for 4 min.")
            #expect(
                await world.chat.keys.filter { $0.hasPrefix("uptime:") } == [
                    "uptime:1:1", "uptime:1:2", "uptime:1:2:up",
                ])
        }
    }

    @Test func `the list of monitors tells what no webhook did, and what both tell is told once`() async throws {
        try await Self.run { world in
            try await world.look()
            #expect(await Self.told(world).isEmpty)
            await world.glitchtip.setMonitor(1, isUp: false)
            try await world.look()
            #expect(await Self.told(world) == ["🔴 Down · <b>Shop</b>"])
            for _ in 0..<2 {
                try await world.hook(Self.down)
                world.clock.advance(600)
                try await world.look()
            }
            // A copy that is very late.
            try await world.hook(Self.down)
            #expect(await Self.told(world) == ["🔴 Down · <b>Shop</b>"])
            await world.glitchtip.setMonitor(1, isUp: true)
            world.clock.advance(25)
            for _ in 0..<2 {
                try await world.look()
                try await world.hook(Self.up)
            }
            #expect(
                await Self.told(world) == [
                    "🟢 Was down · <b>Shop</b>\n\(Self.start), for 20 min",
                    "🟢 Up again · <b>Shop</b>\nIt was down for 20 min.",
                ])
        }
    }

    @Test func `what was down before anybody looked is told with the time`() async throws {
        try await Self.run { world in
            await world.glitchtip.setMonitor(1, isUp: false)
            world.clock.advance(3600)
            try await world.look()
            #expect(await Self.told(world) == ["🔴 Down · <b>Shop</b>\nSince \(Self.start)."])
            // Webhooks of before, which had waited in the ledger, tell nothing new.
            let early = world.clock.now.addingTimeInterval(-3590)
            try await world.desk.entry { try $0.down(1, "Shop", at: early) }
            try await world.desk.entry { try $0.up(1, "Shop", at: early) }
            try await world.deliver()
            #expect(await Self.told(world) == ["🔴 Down · <b>Shop</b>\nSince \(Self.start)."])
        }
    }

    @Test func `a site that was up between two looks is down again, once`() async throws {
        try await Self.run { world in
            await world.glitchtip.setMonitor(1, isUp: false)
            try await world.hook(Self.down)
            try await world.look()
            world.clock.advance(3600)
            await world.glitchtip.setMonitor(1, isUp: true)
            world.clock.advance(10)
            await world.glitchtip.setMonitor(1, isUp: false)
            for _ in 0..<2 {
                try await world.look()
                try await world.hook(Self.down)
            }
            #expect(
                await Self.told(world) == [
                    "🟢 Was down · <b>Shop</b>\n\(Self.start); its end was not heard of.",
                    "🔴 Down again · <b>Shop</b>\nI did not hear that it was up in between.",
                ])
        }
    }

    @Test(arguments: [-1800, 1800]) func `clocks that differ make no second outage`(skew: Int) async throws {
        try await Self.run { world in
            world.clock.jump(skew)
            await world.glitchtip.setMonitor(1, isUp: false)
            try await world.hook(Self.down)
            for _ in 0..<40 {
                try await world.look()
                world.clock.advance(60)
            }
            #expect(await Self.told(world) == ["🔴 Down · <b>Shop</b>"])
        }
    }

    @Test func `an answer that was asked for before a webhook came is not believed`() async throws {
        try await AlertWorld.run { world in
            let (isUp, isDown) = (Monitor(id: 1, name: "Shop", isUp: true), Monitor(id: 1, name: "Shop", isUp: false))
            var asked = try await world.desk.ask()
            try await world.hook(Self.down)
            try await world.desk.entry { [asked] in try $0.see([isUp], asOf: asked) }
            try await world.deliver()
            #expect(await Self.told(world) == ["🔴 Down · <b>Shop</b>"])
            asked = try await world.desk.ask()
            try await world.hook(Self.up)
            try await world.desk.entry { [asked] in try $0.see([isDown], asOf: asked) }
            try await world.deliver()
            #expect(await Self.told(world).count == 2)
        }
    }

    @Test(arguments: [StandInGlitchTip.Misbehaviour.status(403), .status(404), .status(500), .brokenJSON])
    func `monitors that cannot be read are no absence`(fault: StandInGlitchTip.Misbehaviour) async throws {
        try await Self.run { world in
            await world.glitchtip.misbehave(fault, for: "/monitors/", times: 1000)
            for _ in 0..<6 {
                world.clock.advance(60)
                try await world.look()
            }
            await world.add(1...1)
            try await world.look()
            #expect(await world.chat.keys == ["watch:began", "alert:issue:1:episode:1"])
        }
    }
}
