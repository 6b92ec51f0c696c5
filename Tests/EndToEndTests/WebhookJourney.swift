import Domain
import FoundationEssentials
import HTTP
import Logging
import Sandbox
import Testing

@testable import tipline

/// The whole program with its server, on the stand-in world.
@Suite(.timeLimit(.minutes(5))) struct WebhookJourney {
    private static let secret = "0123456789abcdef"

    @Test func `a webhook becomes a message within moments, and shows in the figures`() async throws {
        try await World.visit { world in
            let (addresses, log) = Self.addresses()
            let settings = world.environment.merging([
                "TIPLINE_LISTEN": "127.0.0.1:0", "TIPLINE_WEBHOOK_SECRET": Self.secret, "TIPLINE_POLL_INTERVAL": "1h",
            ]) { $1 }
            let app = App(try Configuration(Settings(environment: settings)), log: log)
            try await app.run { _ in
                // What was there before is not news; from here on it is.
                try await world.telegram.next { $0.message?.plain.contains("watching GlitchTip") ?? false }
                let issue = await world.glitchtip.add(title: "TypeError: cart is undefined")
                var listening = addresses.makeAsyncIterator()
                let base = "http://" + (try #require(await listening.next()))

                let alert = """
                    {"alias": "GlitchTip", "text": "GlitchTip Alert", "attachments": [{"title": "TypeError: cart is undefined",
                    "title_link": "\(world.glitchtipURL)/acme/issues/\(issue)", "color": "#e52b50"}]}
                    """
                let hook = Request(.post, "\(base)/webhooks/glitchtip/\(Self.secret)", body: Array(alert.utf8))
                let client = Client.curl()
                #expect(try await client.send(hook).status == 200)
                let message = try await world.telegram.next { $0.message?.plain.contains("cart is undefined") ?? false }
                #expect(message.message?.plain.hasPrefix("🔴 New · shop-web · TypeError: cart is undefined") == true)

                let ready = try await client.send(Request(.get, "\(base)/readyz"))
                #expect(ready.status == 200)
                #expect(String(decoding: ready.body, as: UTF8.self) == "ledger: ok\nTelegram: ok\nGlitchTip: ok\n")
                let figures = String(
                    decoding: try await client.send(Request(.get, "\(base)/metrics")).body, as: UTF8.self)
                #expect(figures.contains("\ntipline_alerts_received_total 1\n"))
                #expect(figures.contains("\ntipline_neighbour_up{neighbour=\"telegram\"} 1\n"))
                #expect(figures.contains("\ntipline_requests_answered_total{neighbour=\"glitchtip\"} "))
                #expect(figures.contains("\ntipline_queue_length{queue=\"alerts\"} 0\n"))
                #expect(figures.contains("\ntipline_queue_oldest_seconds "))
                #expect(figures.contains("\ntipline_messages_sent_total{kind=\"message\"} "))
                #expect(figures.contains("\ntipline_messages_failed_total{kind=\"edit\"} 0\n"))
                #expect(figures.contains("\ntipline_investigations_total{outcome=\"done\"} 0\n"))
                #expect(figures.contains("\ntipline_investigation_seconds_total 0\n"))
            }
        }
    }

    @Test func `an address that is taken ends the program with plain words`() async throws {
        try await World.visit { world in
            let taken = String(world.telegramURL.dropFirst("http://".count))
            let settings = world.environment.merging(["TIPLINE_LISTEN": taken]) { $1 }
            let app = App(try Configuration(Settings(environment: settings)), log: Self.addresses().1)
            await #expect {
                try await app.run { _ in try await Task.sleep(for: .seconds(3600)) }
            } throws: {
                ($0 as? Failed)?.description == "\(taken) (TIPLINE_LISTEN) is taken by another program."
            }
        }
    }

    /// Where the server says that it listens.
    private static func addresses() -> (AsyncStream<String>, Logger) {
        Listener.stream { $0.metadata?["address"].map { "\($0)" } }
    }
}
