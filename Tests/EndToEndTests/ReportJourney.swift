import FoundationEssentials
import Sandbox
import Testing

@testable import tipline

/// The morning's report, with the whole program.
@Suite(.timeLimit(.minutes(2))) struct ReportJourney {
    @Test func `it comes at nine, and not again after a restart`() async throws {
        try await World.visit { world in
            await world.telegram.limitSending(false)
            let nine = (world.now.timeIntervalSince1970 / 86_400).rounded(.up) * 86_400 + 9 * 3600
            try await world.app(at: nine - 30).run { _ in
                try await world.telegram.next { $0.message?.plain.contains("watching GlitchTip") ?? false }
            }
            try await world.app(at: nine + 10).run { _ in
                let report = try await world.message(beginning: "📊 ")
                #expect(report.plain.contains(" open."))
            }
            try await world.app(at: nine + 20).run { _ in
                await world.telegram.say("/schedule", by: .ada)
                let answer = try await world.message(beginning: "Daily report")
                #expect(
                    answer.plain.hasPrefix("Daily report: every day at 09:00\nWeekly review: every Monday at 09:30"))
            }
            #expect(await world.telegram.shown().filter { $0.plain.hasPrefix("📊 ") }.count == 1)
        }
    }
}
