import Domain
import Sandbox
import Testing

@testable import tipline

typealias Issue = Domain.Issue

/// The main job, whole way through: a real error investigated from the chat, on real code and real git.
@Suite(.timeLimit(.minutes(5))) struct InvestigationJourney {
    @Test func `an error is investigated, the report becomes a comment, and the issue is resolved and opened again`()
        async throws
    {
        try await World.visit { world in
            try await world.withBot {
                await world.telegram.say("/investigate 2", by: .ada)
                let report = try await world.message(beginning: "🔎 Likely commit found")
                let culprit = try #require(world.repository.commits[ShopRepository.culprit])
                #expect(report.plain.contains("Likely commit: \(culprit.prefix(8)) “\(ShopRepository.culprit)”"))
                for secret in SampleIssues.secrets { #expect(!report.plain.contains(secret)) }

                let comment = try #require(report.data(of: "💬 Post as comment"))
                await world.telegram.press(comment, under: report.id, by: .grace)
                await world.telegram.press(comment, under: report.id, by: .grace)
                _ = try await world.message(beginning: "💬 The report is under SHOP-WEB-2")
                _ = try await world.message(beginning: "The same report is already under SHOP-WEB-2")
                let comments = await world.glitchtip.comments(on: Issue.ID(2)).filter { $0.contains("by Tipline") }
                #expect(comments.count == 1)
                #expect(comments.first?.contains("Investigated by Tipline for Grace") == true)

                await world.telegram.press(try #require(report.data(of: "✅ Resolve")), under: report.id, by: .grace)
                let resolved = try await world.message(beginning: "✅ Resolved · shop-web")
                #expect(await world.glitchtip.status(of: Issue.ID(2)) == .resolved)
                await world.telegram.press(
                    try #require(resolved.data(of: "↩︎ Undo")), under: resolved.id, by: .grace)
                _ = try await world.message(beginning: "🔴 Open again · shop-web")
                #expect(await world.glitchtip.status(of: Issue.ID(2)) == .unresolved)
            }
        }
    }

    @Test func `a wrong answer is taken back, and the commit that it was is remembered`() async throws {
        try await World.visit { world in
            try await world.withBot {
                let culprit = try #require(world.repository.commits[ShopRepository.culprit])
                await world.telegram.say("/investigate 2", by: .ada)
                let report = try await world.message(beginning: "🔎 Likely commit found")
                await world.telegram.press(try #require(report.data(of: "👎 Wrong")), under: report.id, by: .grace)
                let corrected = try await world.message(beginning: "🔎 Several commits possible")
                #expect(corrected.id == report.id)
                #expect(corrected.plain.contains("Grace said that \(culprit.prefix(8)) is wrong."))

                await world.telegram.say("/culprit 2 \(culprit.prefix(10))", by: .ada)
                _ = try await world.message(beginning: "📌 Noted: \(culprit.prefix(8)) “\(ShopRepository.culprit)”")
                await world.telegram.say("/investigate 2 fresh", by: .ada)
                let known = try await world.message(beginning: "🔎 Commit known")
                #expect(known.plain.contains("It was \(culprit.prefix(8)) “\(ShopRepository.culprit)”"))
                #expect(known.data(of: "👎 Wrong") == nil)
            }
        }
    }

    @Test func `an update that Telegram delivers again is answered once`() async throws {
        try await World.visit { world in
            try await world.withBot {
                await world.telegram.say("/issue 2", by: .ada, updateID: 5_000)
                _ = try await world.message(beginning: "🔴 Unresolved · shop-web")
                await world.telegram.say("/issue 2", by: .ada, updateID: 5_000)
                await world.telegram.say("/start", by: .ada)
                _ = try await world.message(beginning: "I am Tipline.")
                let shown = await world.telegram.shown()
                #expect(shown.filter { $0.plain.hasPrefix("🔴 Unresolved") }.count == 1)
            }
        }
    }

    @Test func `rubbish, strangers and talk hold up nobody`() async throws {
        try await World.visit { world in
            try await world.withBot {
                for rubbish in [
                    "{\"update_id\":9001}", "{\"update_id\":9002,\"poll\":{\"id\":\"1\"}}",
                    "{\"update_id\":9003,\"message\":3}",
                ] {
                    await world.telegram.inject(rawUpdate: rubbish)
                }
                await world.telegram.say("/resolve 2", by: .mallory, in: Person.mallory.id)
                await world.telegram.say("good morning", by: .bob)
                await world.telegram.say("/start", by: .bob)
                _ = try await world.message(beginning: "I am Tipline.")
                #expect(await world.telegram.shown(in: Person.mallory.id).isEmpty)
                #expect(await world.glitchtip.status(of: Issue.ID(2)) == .unresolved)
            }
        }
    }
}
