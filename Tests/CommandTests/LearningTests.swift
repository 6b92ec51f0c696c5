import Domain
import FoundationEssentials
import Sandbox
import Testing

/// `/right`, `/wrong` and `/culprit`: what the team teaches, on the sample shop.
@Suite struct LearningTests {
    /// The button under a report, and the commit in it.
    private func answers(_ said: Said) throws -> (right: String, wrong: String) {
        let lines = said.keyboard.flatMap(\.self).compactMap { button in
            if case .line(let line) = button.action { line } else { nil }
        }
        return (
            try #require(lines.first { $0.hasPrefix("/right 2 ") }),
            try #require(lines.first { $0.hasPrefix("/wrong 2 ") })
        )
    }

    @Test func `Wrong takes the promise back, in place and in what is shown later`() async throws {
        let bot = try await TestBot.inShop()
        let report = try #require(try await bot.hears("/investigate 2"))
        #expect(report.text.hasPrefix("🔎 <b>Likely commit found</b>"))
        let wrong = try answers(report).wrong
        #expect(wrong.utf8.count <= 64)

        let after = try #require(try await bot.feels(wrong, under: report.message, by: .grace))
        #expect(after.isEdit)
        #expect(after.text.hasPrefix("🔎 <b>Several commits possible</b>"))
        #expect(after.text.contains("Grace said that \(wrong.suffix(12).prefix(8)) is wrong."))

        let later = try #require(try await bot.hears("/investigate 2"))
        #expect(later.text.hasPrefix("🔎 <b>Several commits possible</b>"))
        #expect(try await bot.hears("/investigate 2 fresh")?.text.contains("is wrong.") == true)
    }

    @Test func `a press that took long leaves no working line behind`() async throws {
        let bot = try await TestBot.inShop()
        let report = try #require(try await bot.hears("/investigate 2"))
        let said = try #require(
            try await bot.feels(try answers(report).wrong, under: report.message, by: .grace, after: "Working…"))
        #expect(said.text.hasPrefix("🔎 <b>Several commits possible</b>"))
        #expect(said.text.hasSuffix("Done, see above."))
    }

    @Test func `an answer may be changed, and counts once in the hit rate`() async throws {
        let bot = try await TestBot.inShop()
        let (right, wrong) = try answers(try #require(try await bot.hears("/investigate 2")))
        let sha = right.suffix(12)
        #expect(
            try await bot.hears(wrong)?.text
                == "👎 Noted: <code>\(sha.prefix(8))</code> was not behind SHOP-WEB-2. If you know which one was: "
                + "<code>/culprit 2 SHA</code>")
        #expect(try await bot.hears(right)?.text == "👍 Noted: <code>\(sha.prefix(8))</code> was behind SHOP-WEB-2.")
        let rate = try await bot.ledger.hitRate(
            from: TestBot.noon.addingTimeInterval(-1), to: TestBot.noon.addingTimeInterval(1))
        #expect(rate == HitRate(right: 1, wrong: 0, investigations: 1))
        #expect(try await bot.hears("/investigate 2")?.text.hasPrefix("🔎 <b>Likely commit found</b>") == true)
    }

    @Test func `a taught commit stands in the report, and in that of the next similar issue`() async throws {
        let bot = try await TestBot.inShop()
        let report = try #require(try await bot.hears("/investigate 1"))
        let shown = try #require(
            report.keyboard.flatMap(\.self).compactMap { button in
                if case .line(let line) = button.action, line.hasPrefix("/right 1 ") { line } else { nil }
            }.first)
        let sha = shown.suffix(12)
        let noted = try #require(try await bot.hears("/culprit 1 \(sha)"))
        #expect(noted.text.hasPrefix("📌 Noted: <code>\(sha.prefix(8))</code> “"))
        #expect(noted.text.hasSuffix("was behind SHOP-WEB-1. I had named it first."))

        let known = try #require(try await bot.hears("/investigate 1"))
        #expect(known.text.hasPrefix("🔎 <b>Commit known</b>"))
        #expect(known.text.contains("It was <code>\(sha.prefix(8))</code> “"))
        #expect(known.text.contains(": Ada said so."))
        #expect(!known.buttons.contains("/wrong"))

        let next = try #require(try await bot.hears("/investigate 2"))
        #expect(next.text.contains("; it was <code>\(sha.prefix(8))</code>"))
    }

    @Test func `how a similar issue ended is told: who resolved it and when, and which runbook helped`() async throws {
        let bot = try await TestBot.inShop()
        let page = try #require(try await bot.hears("/runbook 1"))
        let helped = try #require(
            page.keyboard.flatMap(\.self).compactMap { button in
                if case .line(let line) = button.action, line.hasPrefix("/runbook 1 yes ") { line } else { nil }
            }.first)
        _ = try await bot.feels(helped, under: page.message)
        _ = try await bot.hears("/unresolve 1")
        _ = try await bot.hears("/resolve 1", by: .grace)

        let report = try #require(try await bot.hears("/investigate 2")).text
        #expect(
            report.contains(
                "(reading 'percent'); resolved by Grace on 2026-11-25; the runbook “Null or undefined is used, often after "
                    + "a deploy” helped\n"))
        #expect(report.contains("\nResolved by Grace on 2026-11-25.\nHelped: runbook “Null or undefined is used"))
    }

    @Test(arguments: [
        ("/right 2", "Which commit? Give its hash, such as <code>2c25aeff</code>."),
        ("/wrong 2 HEAD", "<code>HEAD</code> is not a commit. Give at least six characters of its hash."),
        ("/culprit 2 --all", "<code>--all</code> is not a commit. Give at least six characters of its hash."),
        (
            "/right 2 0123456789",
            "No investigation of SHOP-WEB-2 has named <code>0123456789</code>. To teach another commit: "
                + "<code>/culprit 2 0123456789</code>"
        ),
        (
            "/culprit 2 0123456789",
            "The repository of shop-web has no commit <code>0123456789</code>, or more than one."
        ),
        (
            "/culprit 10 0123456789",
            "No code: TIPLINE_REPOS names no repository for mobile-app. So I cannot check whether there is such a commit."
        ),
        ("/culprit 404 0123456789", "There is no such issue in GlitchTip."),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        #expect(try await TestBot.inShop().hears(line)?.text == answer)
    }

    @Test func `in a reply the commit alone is enough, and may look like a number`() async throws {
        let bot = try await TestBot.inShop()
        let message = try #require(try await bot.hears("/issue 2")).message
        for line in ["/right 0123456789", "/wrong 0123456789"] {
            #expect(
                try await bot.hears(line, replyingTo: message)?.text.hasPrefix(
                    "No investigation of SHOP-WEB-2 has named <code>0123456789</code>.") == true)
        }
        #expect(
            try await bot.hears("/culprit 0123456789", replyingTo: message)?.text
                == "The repository of shop-web has no commit <code>0123456789</code>, or more than one.")
    }

    @Test(arguments: ["/right 2 0123456789", "/wrong 2 0123456789", "/culprit 2 0123456789"])
    func `takes a responder`(line: String) async throws {
        #expect(
            try await TestBot.inShop().hears(line, by: .bob)?.text
                == "That takes a responder. An admin can add you to <code>TIPLINE_RESPONDERS</code>.")
    }
}
