import Domain
import FoundationEssentials
import Sandbox
import Testing

@testable import ChatOps

/// Webhooks that are no issues, and routes.
@Suite struct WebhookTests {
    private static func uptime(_ words: String, monitor: Int = 1) -> String {
        """
        {"alias": "GlitchTip", "text": "GlitchTip Uptime Alert", "attachments": [{"title": "Shop <front> page",
         "title_link": "https://glitchtip.example.com/demo-shop/uptime-monitors/\(monitor)", "text": "\(words)"}]}
        """
    }

    @Test func `a site that is down and up again`() async throws {
        try await AlertWorld.run { world in
            for _ in 0..<3 { try await world.hook(Self.uptime("The monitored site has gone down.")) }
            #expect(await world.chat.texts("uptime:") == ["🔴 Down · <b>Shop &lt;front&gt; page</b>"])
            world.clock.advance(250)
            for _ in 0..<3 { try await world.hook(Self.uptime("The monitored site is back up.")) }
            #expect(
                await world.chat.texts("uptime:") == [
                    """
                    🟢 Was down · <b>Shop &lt;front&gt; page</b>
                    <tg-time unix="1795611600" format="r">25 Nov 13:00</tg-time>, for 4 min
                    """,
                    "🟢 Up again · <b>Shop &lt;front&gt; page</b>\nIt was down for 4 min.",
                ])
            try await world.hook(Self.uptime("The monitored site has gone down."))
            #expect(await world.chat.keys.last == "uptime:1:2")
        }
    }

    @Test func `up without a down before is nothing`() async throws {
        try await AlertWorld.run { world in
            try await world.hook(Self.uptime("The monitored site is back up."))
            #expect(await world.chat.keys == ["watch:began"])
        }
    }

    @Test func `what is not understood is shown once for each kind, scrubbed`() async throws {
        try await AlertWorld.run { world in
            try await world.hook(#"{"event": "deploy", "password": "hunter2hunter2", "n": 1}"#)
            try await world.hook(#"{"event": "other", "password": "hunter3hunter3", "n": 2}"#)
            try await world.hook(#"{"n": 3, "event": ["a:b"], "password": null}"#)
            let shown = await world.chat.texts("unknown-alert:")
            #expect(shown.count == 1)
            #expect(
                shown[0].hasPrefix(
                    "<b>I got something I do not understand</b> at my webhook. For the admins: is it meant for me?"))
            #expect(shown[0].contains("deploy") && !shown[0].contains("hunter2"))
            try await world.hook("not <json>")
            #expect(await world.chat.texts("unknown-alert:").count == 2)
            #expect(try await world.ledger.queues().alerts == 0)
        }
    }

    @Test func `a test alert says that it arrived`() async throws {
        try await AlertWorld.run { world in
            try await world.hook(#"{"text": "GlitchTip Test Notification", "attachments": []}"#)
            #expect(await world.chat.texts("alert:") == ["A test alert came in: GlitchTip's webhooks reach me."])
        }
    }

    @Test func `environments, levels and hours choose the chat and the sound`() async throws {
        let routes =
            "environment=staging to -100777:3 silent; level<=info to nowhere; hours=12:00-14:00 level<fatal silent"
        try await AlertWorld.run(routes: routes) { world in
            let staging = Event(
                id: String(repeating: "b2", count: 16), date: world.clock.now, title: "Error: x",
                exceptions: [Exception(type: "Error", value: "x")], tags: [Tag(key: "environment", value: "staging")])
            await world.glitchtip.add(1, in: "shop-web", events: [staging])
            await world.glitchtip.add(2, title: "Error: plain")
            await world.glitchtip.add(3, title: "Only so you know", level: .info)
            await world.glitchtip.add(4, title: "Fatal: y", level: .fatal)
            try await world.look()
            let one = try await world.chat.message("alert:issue:1:episode:1").shown
            #expect((one.chat, one.thread, one.isSilent) == (-100_777, 3, true))
            let two = try await world.chat.message("alert:issue:2:episode:1").shown
            #expect((two.chat, two.thread, two.isSilent) == (AlertWorld.home, nil, true))
            #expect(!(await world.chat.keys.contains("alert:issue:3:episode:1")))
            #expect(!(try await world.chat.message("alert:issue:4:episode:1").shown.isSilent))
            // Whoever sees it there may act there.
            #expect(try await world.presses("/take 1", under: "alert:issue:1:episode:1", by: .grace) == nil)
            #expect(try await world.chat.message("alert:issue:1:episode:1").shown.text.contains("Taken by Grace"))
        }
    }

    @Test func `an alert that was begun too often is put aside, and the chat hears of it`() async throws {
        try await AlertWorld.run { world in
            _ = try await world.ledger.receive(alert: Array(await world.webhook([2]).utf8), at: world.clock.now)
            for _ in 0..<5 { _ = try await world.ledger.nextAlert() }
            let alert = try #require(try await world.ledger.nextAlert())
            try await world.desk.handle(alert)
            try await world.deliver()
            #expect(
                await world.chat.texts("alert:") == [
                    "<b>I broke over an alert 5 times and put it aside.</b> New issues I find in GlitchTip's list all the same. "
                        + "For the admins: the log has it as alert \(alert.id)."
                ])
            #expect(try await world.ledger.nextAlert() == nil)
        }
    }
}
