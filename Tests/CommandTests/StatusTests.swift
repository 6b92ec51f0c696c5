import Domain
import FoundationEssentials
import HTTP
import Runbooks
import Sandbox
import Storage
import Testing

@testable import ChatOps

@Suite struct StatusTests {
    let bot: TestBot

    init() throws { bot = try TestBot() }

    @Test func `says that all is well`() async throws {
        let text = try #require(try await bot.hears("/status")).text
        #expect(
            text == """
                <b>All is well.</b>
                Tipline 0.1.0, running for 2 h 3 min
                ✓ GlitchTip 5.2.x-stand-in
                – Redis is not set up: cache and limits are in memory
                Nothing is waiting.
                """)
    }

    @Test func `says where the files of stack traces are, as it has learnt`() async throws {
        let path = { KeptPath(project: $0, repository: "mono", prefix: $1, folder: $2) }
        try await bot.ledger.change(
            paths: [
                path("shop-web", "usr/src/app", "src"), path("billing", "", "src/main/java"), path("api", "<srv>", ""),
            ],
            outdated: [], at: TestBot.noon)
        let text = try #require(try await bot.hears("/status")).text
        #expect(
            text.hasSuffix(
                """
                Nothing is waiting.
                Where the files of stack traces are, as I have learnt:
                • api: <code>&lt;srv&gt;/…</code> is the top folder of mono
                • billing: every file is below <code>src/main/java/</code> of mono
                • shop-web: <code>usr/src/app/…</code> is <code>src/…</code> of mono
                """))
        for number in 1...5 {
            try await bot.ledger.change(
                paths: [path("shop-web", "app\(number)", "src")], outdated: [], at: TestBot.noon)
        }
        #expect(try await bot.hears("/status")?.text.hasSuffix("\n• and 2 more") == true)
    }

    @Test func `an investigation teaches it`() async throws {
        let bot = try await TestBot.inShop()
        _ = try await bot.hears("/investigate 8")
        #expect(try await bot.hears("/status")?.text.contains("Where the files of stack traces are") == true)
    }

    @Test func `says what is wrong and since when`() async throws {
        await bot.glitchtip.misbehave(.status(502), times: 10)
        #expect(
            try await bot.hears("/status")?.text.contains(
                "<b>Something is wrong.</b>\nTipline 0.1.0, running for 2 h 3 min\n✗ GlitchTip: answers with error 502, since "
            ) == true)
    }

    @Test func `a token that GlitchTip does not know is trouble, though the version is told to anybody`() async throws {
        await bot.glitchtip.revoke(bot.glitchtip.token)
        let text = try #require(try await bot.hears("/status")).text
        #expect(text.hasPrefix("<b>Something is wrong.</b>\n"))
        #expect(text.contains("\n✗ GlitchTip 5.2.x-stand-in: does not know my token (GLITCHTIP_TOKEN), since "))
        await bot.glitchtip.addToken(bot.glitchtip.token, scopes: ["org:read", "project:read", "event:read"])
        #expect(try await bot.hears("/status")?.text.hasPrefix("<b>All is well.</b>\n") == true)
    }

    @Test(arguments: ["/errors", "/resolve 2"])
    func `a wrong token is trouble until GlitchTip knows one again, whatever it tells anybody`(line: String)
        async throws
    {
        await bot.glitchtip.add(2, title: "TypeError: cart")
        await bot.glitchtip.revoke(bot.glitchtip.token)
        _ = try await bot.hears(line)
        #expect(await bot.health.report().states[.glitchtip]?.trouble == Health.unknownToken)
        await bot.health.record(.glitchtip, trouble: nil, isOpenToAll: true, at: TestBot.noon)
        #expect(await bot.health.report().states[.glitchtip]?.trouble == Health.unknownToken)
        await bot.health.record(.glitchtip, trouble: "cannot be reached", at: TestBot.noon)
        #expect(await bot.health.report().states[.glitchtip]?.trouble == "cannot be reached")
        await bot.health.record(.glitchtip, trouble: nil, isOpenToAll: true, at: TestBot.noon)
        #expect(await bot.health.report().states[.glitchtip]?.trouble == nil)
    }

    @Test func `a write that is refused for its token is trouble too`() async throws {
        let answer = Response(
            status: 403, headers: [(name: "Content-Type", value: "application/json; charset=utf-8")],
            body: Array(#"{"detail": "CSRF check Failed"}"#.utf8))
        let client = Client { _ in answer }.watched(as: .glitchtip, by: bot.health) { TestBot.noon }
        _ = try await client.send(Request(.put, "https://glitchtip.example.com/api/0/issues/2/"))
        #expect(await bot.health.report().states[.glitchtip]?.trouble == Health.unknownToken)
    }

    @Test func `a message that was refused and a chat that takes none are not well, one that was deleted is`()
        async throws
    {
        for (key, reason) in [("a", StoredMessage.deleted), ("b", "Bad Request: it is too long")] {
            let message = Storage.Message(
                key: key, chat: StandInTelegram.teamChat, thread: nil, replyTo: nil, subject: nil, priority: .edit,
                content: try Posting("x").json())
            try await bot.ledger.say([message], at: TestBot.noon)
            let due = try #require(try await bot.ledger.nextMessage(at: TestBot.noon, notIn: []))
            try await bot.ledger.giveUp(due, reason: reason, at: TestBot.noon)
            let text = try #require(try await bot.hears("/status")).text
            #expect(text.hasPrefix("<b>All is well.</b>\n") == (key == "a"))
            #expect(text.contains("\nRefused by Telegram for good: 1") == (key == "b"))
        }
        let later = try TestBot()
        let message = Storage.Message(
            key: "c", chat: StandInTelegram.teamChat, thread: nil, replyTo: nil, subject: nil, priority: .alert,
            content: try Posting("x").json())
        try await later.ledger.say([message], at: TestBot.noon)
        try await later.ledger.postpone(
            "c", until: TestBot.noon.addingTimeInterval(300), reason: "no rights", isRefused: true, at: TestBot.noon)
        let waiting = try #require(try await later.hears("/status")).text
        #expect(waiting.hasPrefix("<b>Something is wrong.</b>\n"))
        #expect(waiting.hasSuffix("\nRefused by Telegram, to be tried again: 1"))
        let other = try TestBot()
        try await other.ledger.pause(chat: -42, reason: "kicked", at: TestBot.noon)
        let text = try #require(try await other.hears("/status")).text
        #expect(text.hasPrefix("<b>Something is wrong.</b>\n"))
        #expect(text.hasSuffix("\nChats that do not take our messages: 1"))
    }

    @Test func `says which runbooks are out, and why`() async throws {
        let folder = try TemporaryFolder()
        for name in ["a", "b"] {
            try Data("---\ntitle: [\n---\n".utf8).write(to: URL(filePath: "\(folder.path)/\(name).md"))
        }
        let text = try await TestBot(library: Library(folders: [folder.path])).hears("/status")?.text
        #expect(text?.hasPrefix("<b>Something is wrong.</b>\n") == true)
        #expect(text?.contains("\n✗ Runbooks: a.md, line ") == true)
        #expect(text?.contains("; and 1 more. /runbooks says what is out\n") == true)
    }

    @Test func `says that a folder of runbooks is gone`() async throws {
        let text = try await TestBot(library: Library(folders: ["/nonexistent/books"])).hears("/status")?.text
        #expect(
            text?.contains(
                "\n✗ Runbooks: /nonexistent/books: the folder cannot be read: No such file or directory. /runbooks says what is out\n"
            )
                == true)
    }
}
