import Domain
import Sandbox
import Testing

@testable import tipline

/// A known error, from the alert to the end, with the whole program.
@Suite(.timeLimit(.minutes(5))) struct RunbookJourney {
    @Test func `the alert names the runbook, its steps are ticked off, it helped, and the issue is resolved`()
        async throws
    {
        try await World.visit { world in
            await world.telegram.limitSending(false)
            try await world.withBot(["TIPLINE_POLL_INTERVAL": "1s", "TIPLINE_RUNBOOKS": Self.folder]) {
                let event = Event(
                    id: String(repeating: "d4", count: 16), title: "error",
                    exceptions: [Exception(type: "error", value: "sorry, too many clients already")])
                let issue = await world.glitchtip.add(in: "shop-web", events: [event])
                let title = "The database refuses connections, or has none left"
                let alert = try await world.telegram.next { $0.message?.plain.contains("\n📕 \(title)") ?? false }
                let shown = try #require(alert.message)

                await world.telegram.press("/runbook \(issue)", under: shown.id, by: .grace)
                let page = try await world.message(beginning: "📕 \(title)\n")
                await world.telegram.press("/runbook \(issue) 1.1 database-connections", under: page.id, by: .grace)
                let ticked = try await world.telegram.next { $0.message?.plain.contains("✓ Grace ") ?? false }
                #expect(ticked.message?.id == page.id)
                await world.telegram.press("/runbook \(issue) yes database-connections", under: page.id, by: .grace)
                try await world.telegram.next { $0.message?.id == page.id }

                await world.telegram.press("/resolve \(issue)", under: shown.id, by: .grace)
                let resolved = try await world.telegram.next { $0.message?.plain.hasPrefix("✅ Resolved") ?? false }
                #expect(resolved.message?.id == shown.id)
                #expect(await world.glitchtip.status(of: issue) == .resolved)
            }
        }
    }

    /// Those in the repository: the working directory of the tests may be another.
    private static let folder =
        #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/runbooks"
}
