import ArgumentParser
import ChatOps
import Domain
import FoundationEssentials
import Sandbox
import Testing

@testable import tipline

/// `tipline report`, as typed and as a timer runs it: without the bot, and beside it.
@Suite(.timeLimit(.minutes(2))) struct ReportCommandTests {
    private static let home = String(StandInTelegram.teamChat)

    /// Tomorrow at nine, UTC.
    private static func nine(_ world: World) -> Double {
        (world.now.timeIntervalSince1970 / 86_400).rounded(.up) * 86_400 + 9 * 3600
    }

    /// In a world whose ledger a bot has made, which stopped shortly before nine.
    private func afterABot(_ body: @escaping @Sendable (World, Double) async throws -> Void) async throws {
        try await World.visit { world in
            await world.telegram.limitSending(false)
            let nine = Self.nine(world)
            try await world.app(at: nine - 30).run { _ in
                try await world.telegram.next { $0.message?.plain.contains("watching GlitchTip") ?? false }
            }
            try await body(world, nine)
        }
    }

    private static func reports(_ world: World) async -> Int {
        await world.telegram.shown().filter { $0.plain.hasPrefix("📊 ") }.count
    }

    // MARK: Once

    @Test func `twice in a row sends once, and the bot that comes later not at all`() async throws {
        try await afterABot { world, nine in
            let first = try await world.app(at: nine - 60).report(ReportOrder(.daily), for: .send)
            #expect(first == ("\(Self.home): sent", true))
            let second = try await world.app(at: nine - 50).report(ReportOrder(.daily), for: .send)
            #expect(second == ("\(Self.home): sent already, nothing to do", true))
            try await world.app(at: nine + 10).run { _ in
                await world.telegram.say("/schedule", by: .ada)
                _ = try await world.message(beginning: "Daily report")
            }
            #expect(await Self.reports(world) == 1)
        }
    }

    @Test func `beside a bot it is written down, the bot sends it, and its clock finds it done`() async throws {
        try await afterABot { world, nine in
            try await world.app(at: nine - 5).run { _ in
                let command = try world.app(at: nine - 5)
                let first = try await command.report(ReportOrder(.daily), for: .send)
                // The bot may have looked into its outbox by itself in the meantime.
                #expect(
                    [
                        "\(Self.home): written down; the bot that is running sends it within half a minute",
                        "\(Self.home): sent",
                    ].contains(first.text))
                #expect(first.isDone)
                // Whatever it says it sends at once, and what waits with it.
                await world.telegram.say("/schedule", by: .ada)
                _ = try await world.message(beginning: "📊 ")
                let second = try await command.report(ReportOrder(.daily), for: .send)
                #expect(second == ("\(Self.home): sent already, nothing to do", true))
            }
            try await world.app(at: nine + 10).run { _ in
                await world.telegram.say("/start", by: .ada)
                _ = try await world.message(beginning: "I am Tipline.")
            }
            #expect(await Self.reports(world) == 1)
        }
    }

    @Test func `the day before and the week before have keys of their own, and come late`() async throws {
        try await afterABot { world, nine in
            let today = Int(nine / 86_400)
            let old = try await world.app(at: nine).report(
                ReportOrder(.daily, about: Day(number: today - 2)), for: .send)
            #expect(old.text == "\(Self.home): sent")
            _ = try await world.app(at: nine).report(ReportOrder(.daily, about: Day(number: today - 1)), for: .send)
            let again = try await world.app(at: nine).report(ReportOrder(.daily), for: .send)
            #expect(again.text == "\(Self.home): sent already, nothing to do")
            let late = await world.telegram.shown().filter { $0.plain.contains("Late: it was due earlier.") }
            #expect(late.count == 1)
            #expect(await Self.reports(world) == 2)
            let week = try await world.app(at: nine).report(ReportOrder(.weekly), for: .send)
            #expect(week.text == "\(Self.home): sent")
        }
    }

    // MARK: Trouble

    @Test(arguments: [StandInTelegram.Misbehaviour.status(502), .refused("not enough rights to send text messages")])
    func `when Telegram does not take it, it stays in the ledger, says so, and goes out with the next run`(
        fault: StandInTelegram.Misbehaviour
    ) async throws {
        try await afterABot { world, nine in
            await world.telegram.misbehave(fault, for: .sendMessage, times: 1000)
            let first = try await world.app(at: nine)
                .report(ReportOrder(.daily), for: .send, patience: .milliseconds(300))
            #expect(first.text.hasPrefix("\(Self.home): not sent yet ("))
            #expect(first.text.hasSuffix("); it stays in the ledger and goes out with the next run"))
            #expect(!first.isDone)
            await world.telegram.behave()
            let second = try await world.app(at: nine + 120).report(ReportOrder(.daily), for: .send)
            #expect(second == ("\(Self.home): sent already, nothing to do", true))
            #expect(await Self.reports(world) == 1)
        }
    }

    @Test func `a wrong token is said, and the report is sent once it is right`() async throws {
        try await afterABot { world, nine in
            let app = try world.app(at: nine, ["TELEGRAM_BOT_TOKEN": "1:wrong-token-wrong-token-wrong"])
            let failure = await #expect(throws: Failed.self) { try await app.report(ReportOrder(.daily), for: .send) }
            #expect(failure?.description == App.unknownToken)
            _ = try await world.app(at: nine).report(ReportOrder(.daily), for: .send)
            #expect(await Self.reports(world) == 1)
        }
    }

    @Test func `without GlitchTip it says what is missing`() async throws {
        try await afterABot { world, nine in
            await world.glitchtip.misbehave(.status(401), times: 1000)
            let result = try await world.app(at: nine).report(ReportOrder(.daily), for: .show)
            #expect(result.text.contains("GlitchTip: "))
            #expect(result.isDone)
        }
    }

    @Test func `without a ledger there is nothing to report`() async throws {
        try await World.visit { world in
            let app = try world.app()
            let failure = await #expect(throws: Failed.self) { try await app.report(ReportOrder(.daily), for: .send) }
            #expect(failure?.description.hasPrefix("There is no ledger at ") == true)
            #expect(!FileManager.default.fileExists(atPath: app.configuration.ledgerPath))
        }
    }

    @Test func `a day that is not over, or long ago, is refused`() async throws {
        try await afterABot { world, nine in
            let today = Int(nine / 86_400)
            let app = try world.app(at: nine)
            for purpose in [App.ReportPurpose.show, .send] {
                let failure = await #expect(throws: Failed.self) {
                    try await app.report(ReportOrder(.daily, about: Day(number: today)), for: purpose)
                }
                #expect(
                    failure?.description == "\(Day(number: today)) is not over yet; there is a report of it afterwards."
                )
            }
            let failure = await #expect(throws: Failed.self) {
                try await app.report(ReportOrder(.daily, about: Day(number: today - 40)), for: .send)
            }
            #expect(
                failure?.description
                    == "That is more than 28 days ago, and whether it was sent is forgotten. Without --send it is printed."
            )
            let shown = try await app.report(ReportOrder(.daily, about: Day(number: today - 40)), for: .show)
            #expect(shown.text.hasPrefix("📊 "))
        }
    }

    // MARK: Nothing sent

    @Test func `printing needs no Telegram, sends nothing, and works beside a bot`() async throws {
        try await afterABot { world, nine in
            var variables = world.environment
            for name in ["TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "TELEGRAM_CHAT_ID"] { variables[name] = nil }
            let configuration = try Configuration(Settings(environment: variables), needsTelegram: false)
            let app = App(
                configuration, log: try world.app().log, now: { Date(timeIntervalSince1970: nine) })
            try await world.app(at: nine - 100).run { _ in
                let result = try await app.report(ReportOrder(.daily), for: .show)
                #expect(
                    result.text.hasPrefix(
                        "📊 \(try #require(Weekday(rawValue: Day(number: Int(nine / 86_400) - 1).weekday))), "))
                let week = try await app.report(ReportOrder(.weekly), for: .show)
                #expect(week.text.hasPrefix("📊 Week of "))
            }
            #expect(await Self.reports(world) == 0)
        }
    }

    @Test func `a rehearsal says what would go where, and then what would not`() async throws {
        try await afterABot { world, nine in
            let app = try world.app(at: nine)
            let before = try await app.report(ReportOrder(.daily), for: .rehearse)
            #expect(before.text.hasPrefix("Would send to \(Self.home):\n\n📊 "))
            #expect(before.text.contains("[ #"))
            #expect(await Self.reports(world) == 0)
            _ = try await app.report(ReportOrder(.daily), for: .send)
            let after = try await app.report(ReportOrder(.daily), for: .rehearse)
            #expect(after == ("\(Self.home): sent already, nothing to do", true))
        }
    }

    @Test func `a chat that wants none gets none`() async throws {
        try await afterABot { world, nine in
            let app = try world.app(at: nine, ["TIPLINE_DAILY_REPORT": "off"])
            for purpose in [App.ReportPurpose.rehearse, .send] {
                let result = try await app.report(ReportOrder(.daily), for: purpose)
                #expect(
                    result == (
                        "no chat wants the daily report; TIPLINE_DAILY_REPORT, or /schedule daily 09:00 in the chat, "
                            + "changes that", true
                    ))
            }
        }
    }

    // MARK: Typed

    @Test(arguments: [
        (["report", "daily"], ReportOrder(.daily), false),
        (
            ["report", "weekly", "--date", "2028-02-29", "--send"],
            ReportOrder(.weekly, about: Day(year: 2028, month: 2, day: 29)), true
        ),
    ])
    func `is read`(arguments: [String], order: ReportOrder, sends: Bool) throws {
        let command = try #require(try Tipline.parseAsRoot(arguments) as? ReportCommand)
        #expect(try command.order() == order)
        #expect(command.send == sends)
    }

    @Test(arguments: [
        (["report"], "Missing expected argument '<kind>'"),
        (["report", "monthly"], "The value 'monthly' is invalid for '<kind>'"),
        (["report", "daily", "--date", "2027-02-29"], "“2027-02-29” is no day: write it as 2026-11-25."),
        (["report", "daily", "--date", "yesterday"], "“yesterday” is no day: write it as 2026-11-25."),
        (["report", "daily", "--date", ""], "“” is no day: write it as 2026-11-25."),
        (["report", "daily", "--dry-run"], "--dry-run goes with --send; without both it is only printed."),
    ])
    func `refuses what makes no sense`(arguments: [String], words: String) {
        do {
            _ = try Tipline.parseAsRoot(arguments)
            Testing.Issue.record("it was taken")
        } catch {
            #expect(Tipline.fullMessage(for: error).contains(words))
            #expect(Tipline.exitCode(for: error) == .validationFailure)
        }
    }
}
