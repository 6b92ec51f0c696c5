import Domain
import FoundationEssentials
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

    @Test func `a repository with an address is fetched behind the bot; what is wrong with another is said`()
        async throws
    {
        try await World.visit { world in
            await world.telegram.limitSending(false)
            let books = "file://\(world.repository.web)"
            try Self.write("cart", "The cart is empty", in: world)
            let addresses = "\(books)#books,http://u:s3cret@127.0.0.1:1/x.git,\(books)#nowhere"
            let changes = ["TIPLINE_RUNBOOKS": addresses, "TIPLINE_POLL_INTERVAL": "1h"]
            let app = try world.app(changes)
            try await app.run { _ in
                try await world.telegram.next { $0.message?.plain.contains("watching GlitchTip") ?? false }
                await app.checkouts.refresh()
                await world.telegram.say("/runbooks cart", by: .ada)
                let list = try await world.message(beginning: "📕 The cart is empty")
                #expect(list.plain.contains("/runbook cart"))
                // Changed at the origin, seen at the next look.
                try Self.write("till", "The till is shut", in: world)
                await app.checkouts.refresh()
                await world.telegram.say("/runbooks till", by: .ada)
                _ = try await world.message(beginning: "📕 The till is shut")
                await world.telegram.say("/status", by: .ada)
                let status = try await world.message(beginning: "Something is wrong.")
                #expect(
                    status.plain.contains(
                        "✗ Runbooks: http://127.0.0.1:1/x.git: it cannot be cloned: the host refuses connections; and 1 more."
                    ))
            }
            for said in await world.telegram.shown() { #expect(!said.plain.contains("s3cret")) }

            let environment = world.environment.merging(changes) { $1 }
            let checkup = Checkup(try Configuration(Settings(environment: environment)), app: try world.app(changes))
            let checks = await checkup.run().map(\.line)
            #expect(
                checks.filter { $0.contains("Runbooks: ") } == [
                    "✗ Runbooks: http://127.0.0.1:1/x.git: error: it cannot be cloned: the host refuses connections.",
                    "✗ Runbooks: \(books)#nowhere: error: it has no folder “nowhere”.", "✓ Runbooks: 7 can be used",
                ])
        }
    }

    private static func write(_ name: String, _ title: String, in world: World) throws {
        let folder = world.repository.web + "/books"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("---\ntitle: \(title)\n---\n".utf8).write(to: URL(filePath: "\(folder)/\(name).md"))
        try git("add", "-A", in: folder)
        try git("commit", "-m", title, in: folder)
    }

    /// Those in the repository: the working directory of the tests may be another.
    private static let folder =
        #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/runbooks"
}
