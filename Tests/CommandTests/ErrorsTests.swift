import Domain
import FoundationEssentials
import Sandbox
import Testing

@Suite struct ErrorsTests {
    let bot: TestBot

    init() async throws {
        bot = try TestBot()
        for number in 1...8 {
            await bot.glitchtip.add(
                number, title: "Error: database \(number)", count: number,
                lastSeen: TestBot.noon.addingTimeInterval(-Double(number) * 4 * 3600))
        }
        await bot.glitchtip.add(9, title: "Error: late", in: "billing-api", level: .warning, lastSeen: TestBot.noon)
        await bot.glitchtip.add(10, title: "Error: done", status: .resolved)
    }

    @Test func `lists what is open, newest first, and turns pages in place`() async throws {
        let first = try #require(try await bot.hears("/errors"))
        try Golden.expect("\(first.text)\n\n\(first.buttons)", is: "errors-page-1")
        let second = try #require(try await bot.feels("/errors page 2", under: first.message))
        #expect(second.isEdit)
        try Golden.expect("\(second.text)\n\n\(second.buttons)", is: "errors-page-2")
    }

    @Test func `takes a project, words and a period`() async throws {
        #expect(try await bot.hears("/errors billing-api")?.text.hasPrefix("<b>1 open</b> · billing-api\n") == true)
        #expect(
            try await bot.hears("/errors database 10h")?.text.hasPrefix("<b>2 open</b> · “database” · last 10h\n")
                == true)
        #expect(
            try await bot.hears("/errors billing-api database")?.text
                == "Nothing is open for billing-api · “database”.")
        #expect(try await bot.hears("/errors database 10H")?.text.contains(" · last 10h\n") == true)
        #expect(try await bot.hears("/errors Error: database 3")?.text.contains("#3") == true)
    }

    @Test func `what is too long for a button is said, to be typed`() async throws {
        let bot = try TestBot()
        let words = "connection to the voucher cache was reset while it was read"
        for number in 1...8 { await bot.glitchtip.add(number, title: "Error: \(words), \(number)") }
        let first = try #require(try await bot.hears("/errors \(words)"))
        #expect(first.text.hasSuffix("\n\nOlder ones: <code>/errors \(words) page 2</code>"))
        let second = try #require(try await bot.hears("/errors \(words) Page 2"))
        #expect(second.text.contains(" · page 2 of 2\n"))
        #expect(!second.text.contains("Older ones"))
        #expect(try await bot.hears("/errors")?.text.contains("Older ones") == false)
    }

    @Test func `nothing open is good news`() async throws {
        let quiet = try TestBot()
        #expect(try await quiet.hears("/errors")?.text == "Nothing is open. 🎉")
    }

    @Test(arguments: ["can't", "\"open", "back\\", "a:b", "💥", "*", String(repeating: "word ", count: 200)])
    func `odd words find something or nothing, but never fail`(words: String) async throws {
        let text = try #require(try await bot.hears("/errors \(words)")).text
        #expect(text.contains("open"))
        #expect(!text.contains("GlitchTip:"))
    }

    @Test(arguments: [("/errors page 0", "There is no page 0."), ("/errors page 999", "There is no page 999.")])
    func `refuses pages that cannot be`(line: String, answer: String) async throws {
        #expect(try await bot.hears(line)?.text == answer)
    }

    @Test func `a page behind the end shows the last one`() async throws {
        #expect(try await bot.hears("/errors page 50")?.text.contains("page 2 of 2") == true)
    }
}
