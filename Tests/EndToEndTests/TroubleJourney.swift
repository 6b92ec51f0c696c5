import Domain
import Sandbox
import Testing

@testable import tipline

/// Telegram and GlitchTip at their worst: nothing is lost, and what is said is plain.
@Suite(.timeLimit(.minutes(5))) struct TroubleJourney {
    @Test(arguments: [
        StandInTelegram.Misbehaviour.status(502), .tooManyRequests(retryAfter: 1), .hangUpBefore, .brokenJSON, .webPage,
        .unparseable,
    ])
    func `an answer arrives once when Telegram does not take it at first`(fault: StandInTelegram.Misbehaviour)
        async throws
    {
        try await World.visit { world in
            try await world.withBot {
                await world.telegram.misbehave(fault, for: .sendMessage)
                await world.telegram.say("/issue 2", by: .ada)
                _ = try await world.message(beginning: "🔴 Unresolved · shop-web")
                await world.telegram.say("/start", by: .ada)
                _ = try await world.message(beginning: "I am Tipline.")
                #expect(await world.telegram.shown().filter { $0.plain.hasPrefix("🔴 Unresolved") }.count == 1)
            }
        }
    }

    @Test func `an answer that may have been lost is sent again`() async throws {
        try await World.visit { world in
            try await world.withBot {
                await world.telegram.misbehave(.hangUpAfterTaking, for: .sendMessage)
                await world.telegram.say("/issue 2", by: .ada)
                try await world.telegram.shown { $0.filter { $0.plain.hasPrefix("🔴 Unresolved") }.count == 2 }
            }
        }
    }

    @Test func `what could not be sent goes out after the restart`() async throws {
        try await World.visit { world in
            try await world.withBot {
                await world.telegram.misbehave(.hangUpBefore, for: .sendMessage, times: 1000)
                await world.telegram.say("/issue 2", by: .ada)
                // Typing shows that it was heard; the answer is in the ledger when the drain has ended.
                try await world.telegram.next { if case .typing = $0 { true } else { false } }
            }
            await world.telegram.behave()
            try await world.app().run { _ in _ = try await world.message(beginning: "🔴 Unresolved · shop-web") }
            #expect(await world.telegram.shown().filter { $0.plain.hasPrefix("🔴 Unresolved") }.count == 1)
        }
    }

    @Test func `a group that becomes a supergroup stays the team's`() async throws {
        try await World.visit { world in
            try await world.withBot {
                let new = StandInTelegram.teamChat - 77
                await world.telegram.upgrade(StandInTelegram.teamChat, to: new)
                await world.telegram.say("/issue 2", by: .ada, in: new)
                let shown = try await world.message(beginning: "🔴 Unresolved · shop-web")
                #expect(shown.chat == new)
                let news = await world.glitchtip.add(title: "KeyError: after the move")
                await world.telegram.say("/resolve \(news)", by: .grace, in: new)
                let resolved = try await world.message(beginning: "✅ Resolved · shop-web")
                #expect(resolved.chat == new)
            }
        }
    }

    @Test func `a wrong token ends the start with plain words`() async throws {
        try await World.visit { world in
            await world.telegram.misbehave(.unauthorized, times: 1000)
            await #expect {
                try await world.app().run { _ in try await Task.sleep(for: .seconds(3600)) }
            } throws: {
                ($0 as? Failed)?.description
                    == "Telegram does not know the token in TELEGRAM_BOT_TOKEN. BotFather shows it by /mybots."
            }
            await world.telegram.behave()
            await world.glitchtip.revoke(world.glitchtip.token)
            await #expect {
                try await world.app().run { _ in try await Task.sleep(for: .seconds(3600)) }
            } throws: {
                ($0 as? Failed)?.description
                    == "GlitchTip does not know the token in GLITCHTIP_TOKEN. Make one under Profile → Auth Tokens."
            }
        }
    }
}
