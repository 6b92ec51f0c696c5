import Domain
import FoundationEssentials
import Runbooks
import Sandbox
import Storage
import Testing

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
