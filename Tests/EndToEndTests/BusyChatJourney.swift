import Glibc
import Sandbox
import Testing

@testable import tipline

/// Slow work goes on beside the chat.
@Suite(.timeLimit(.minutes(5))) struct BusyChatJourney {
    @Test func `the chat goes on while ten investigations run`() async throws {
        try await World.visit { world in
            // git waits for somebody to write into this pipe before it reads an object.
            let pipe = world.repository.web + "/.git/objects/info/alternates"
            try #require(mkfifo(pipe, 0o600) == 0)
            try await world.withBot {
                for number in 0..<10 {
                    await world.telegram.say("/investigate 2 fresh", by: number < 5 ? .ada : .grace)
                }
                await world.telegram.say("/status", by: .bob)
                _ = try await world.message(beginning: "All is well.")
                #expect(await world.telegram.shown().allSatisfy { !$0.plain.hasPrefix("🔎") })

                // Opened from both sides and closed: those that wait read an end.
                let end = open(pipe, O_RDWR | O_NONBLOCK)
                unlink(pipe)
                close(end)
                _ = try await world.message(beginning: "🔎")
            }
        }
    }
}
