import Domain
import FoundationEssentials
import Runbooks
import Sandbox
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
                "\n✗ Runbooks: books: the folder cannot be read: No such file or directory. /runbooks says what is out\n"
            )
                == true)
    }
}
