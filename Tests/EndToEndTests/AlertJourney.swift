import Domain
import Sandbox
import Testing

@testable import tipline

/// An issue from its first event to its end, with the whole program.
@Suite(.timeLimit(.minutes(5))) struct AlertJourney {
    @Test func `the list alone is enough, one message lives through it all, and a restart misses nothing`() async throws
    {
        try await World.visit { world in
            await world.telegram.limitSending(false)
            try await world.app(["TIPLINE_POLL_INTERVAL": "1s"]).run { _ in
                try await world.telegram.next { $0.message?.plain.contains("watching GlitchTip") ?? false }
                let issue = await world.glitchtip.add(title: "TypeError: basket is undefined")
                let new = try await world.telegram.next { $0.message?.plain.contains("basket is undefined") ?? false }
                let shown = try #require(new.message)
                #expect(shown.plain.hasPrefix("🔴 New · shop-web · TypeError: basket is undefined\n"))

                await world.telegram.press("/take \(issue)", under: shown.id, by: .grace)
                let taken = try await world.telegram.next { $0.message?.plain.contains("Taken by Grace") ?? false }
                #expect(taken.message?.id == shown.id)

                await world.glitchtip.setStatus(.resolved, on: issue)
                let resolved = try await world.telegram.next { $0.message?.plain.hasPrefix("✅ Resolved") ?? false }
                #expect(resolved.message?.id == shown.id)
                #expect(resolved.message?.plain.contains("Resolved in GlitchTip, ") == true)
            }
            // While nobody is there.
            await world.glitchtip.add(title: "KeyError: missed")
            try await world.app(["TIPLINE_POLL_INTERVAL": "1s"]).run { _ in
                let missed = try await world.telegram.next { $0.message?.plain.contains("missed") ?? false }
                #expect(missed.message?.plain.hasPrefix("🔴 New · shop-web · KeyError: missed\n") == true)
            }
        }
    }
}
