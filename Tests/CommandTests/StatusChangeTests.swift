import Domain
import Sandbox
import Testing

/// What `/resolve`, `/unresolve` and `/ignore` say and do.
@Suite struct StatusChangeTests {
    let bot: TestBot

    init() async throws {
        bot = try TestBot()
        await bot.glitchtip.add(2, title: "TypeError: cart <null>", count: 312)
    }

    @Test func `resolves, says by whom, and offers the way back`() async throws {
        let said = try #require(try await bot.hears("/resolve 2", by: .grace))
        #expect(
            said.text == """
                ✅ Resolved · shop-web · <b>TypeError: cart &lt;null&gt;</b>
                If it happens again, GlitchTip reopens it.
                SHOP-WEB-1 · 312 events · by Grace
                """)
        #expect(
            said.buttons
                == "↩︎ Undo → /unresolve 2 | Open in GlitchTip → https://glitchtip.example.com/demo-shop/issues/2")
        #expect(await bot.glitchtip.status(of: Issue.ID(2)) == .resolved)
    }

    @Test func `ignoring says that it stays so`() async throws {
        #expect(
            try await bot.hears("/ignore SHOP-WEB-1")?.text == """
                🔕 Ignored · shop-web · <b>TypeError: cart &lt;null&gt;</b>
                It stays so, however often it happens.
                SHOP-WEB-1 · 312 events · by Ada
                """)
        #expect(await bot.glitchtip.status(of: Issue.ID(2)) == .ignored)
    }

    @Test func `Undo sets what was before`() async throws {
        await bot.glitchtip.setStatus(.ignored, on: Issue.ID(2))
        let said = try #require(try await bot.hears("/unresolve 2"))
        #expect(
            said.text == """
                🔴 Open again · shop-web · <b>TypeError: cart &lt;null&gt;</b>
                SHOP-WEB-1 · 312 events · by Ada
                """)
        #expect(said.buttons.hasPrefix("↩︎ Undo → /ignore 2 |"))
    }

    @Test func `a second time changes nothing and says so`() async throws {
        _ = try await bot.hears("/resolve 2")
        #expect(
            try await bot.hears("/resolve 2")?.text == """
                ✅ Resolved · shop-web · <b>TypeError: cart &lt;null&gt;</b>
                It was resolved already.
                """)
    }

    @Test func `leaves a line in the audit log`() async throws {
        _ = try await bot.hears("/resolve 2", by: .grace)
        _ = try await bot.hears("/resolve 404", by: .grace)
        _ = try await bot.hears("/issue 2", by: .grace)
        let lines = try await bot.ledger.audit(limit: 10).map { "\($0.name): \($0.line): \($0.outcome)" }
        #expect(lines == ["Grace: /resolve 404: refused", "Grace: /resolve 2: unresolved → resolved"])
    }

    @Test(arguments: [
        ("/resolve", "Which issue? Give its number, such as <code>2</code>."),
        ("/resolve soon", "<code>soon</code> is not an issue. Give its number, short id or link."),
        ("/resolve 2 now", "I do not understand <code>now</code>."),
        ("/resolve 404", "There is no such issue in GlitchTip."),
        ("/resolve NOPE-1", "There is no such issue in GlitchTip."),
        ("/resolve -rf-1", "<code>-rf-1</code> is not an issue. Give its number, short id or link."),
        ("/ignore <b>2</b>", "<code>&lt;b&gt;2&lt;/b&gt;</code> is not an issue. Give its number, short id or link."),
        (
            "/unresolve 99999999999999999999",
            "<code>99999999999999999999</code> is not an issue. Give its number, short id or link."
        ),
    ])
    func `refuses in plain words`(line: String, answer: String) async throws {
        #expect(try await bot.hears(line)?.text == answer)
        #expect(await bot.glitchtip.status(of: Issue.ID(2)) == .unresolved)
    }

    @Test(arguments: ["/resolve 2", "/unresolve 2", "/ignore 2", "/comment 2 hello", "/investigate 2 comment"])
    func `an observer may not, by typing or by a forged button`(line: String) async throws {
        let refusal = "That takes a responder. An admin can add you to <code>TIPLINE_RESPONDERS</code>."
        #expect(try await bot.hears(line, by: .bob)?.text == refusal)
        #expect(try await bot.feels(line, under: 50, by: .bob)?.text == refusal)
        #expect(await bot.glitchtip.status(of: Issue.ID(2)) == .unresolved)
        #expect(await bot.glitchtip.comments(on: Issue.ID(2)).isEmpty)
    }

    @Test func `a link and a number sign mean an issue too`() async throws {
        for line in [
            "/resolve #2", "/unresolve https://glitchtip.example.com/demo-shop/issues/2?project=1",
            "/resolve shop-web-1",
        ] {
            #expect(try await bot.hears(line)?.text.contains("SHOP-WEB-1 · 312 events") == true)
        }
        #expect(await bot.glitchtip.status(of: Issue.ID(2)) == .resolved)
    }
}
