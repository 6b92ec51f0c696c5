import Domain
import FoundationEssentials
import Testing

@testable import Runbooks

private typealias Issue = Domain.Issue

/// Runbooks begun from issues that were solved.
@Suite struct DraftTests {
    private static func issue(_ title: String, shortID: String = "SHOP-WEB-7") -> Issue {
        let date = Date(timeIntervalSince1970: 1_795_608_000)
        return Issue(
            id: Issue.ID(42), shortID: shortID, title: title, level: .error, status: .resolved,
            project: Project(id: 1, slug: "shop-web", name: "Shop Web"), count: 3, firstSeen: date, lastSeen: date)
    }

    private static func event(_ type: String, _ value: String, frames: [Frame] = []) -> Event {
        Event(id: "a1", title: "\(type): \(value)", exceptions: [Exception(type: type, value: value, frames: frames)])
    }

    @Test func `is a file that can stand as it is`() {
        let event = Self.event(
            "VoucherError", "voucher 4711 isn't valid any more",
            frames: [Frame(filename: "src/voucher.js", function: "redeem", line: 3)])
        let draft = Draft(
            issue: Self.issue("VoucherError: voucher 4711 isn't valid any more"), event: event,
            steps: ["Look at `vouchers`.\n   ```sh\n   ./vouchers list\n   ```\n"],
            comments: ["Raised the limit, see\nthe wiki"], taken: [])
        #expect(draft.name.text == "vouchererror-voucher-4711-isn-t-valid")
        #expect(
            draft.text == """
                ---
                title: 'VoucherError: voucher 4711 isn''t valid any more'
                matches:
                  - type: 'VoucherError'
                    path: 'voucher.js'
                examples:
                  - type: 'VoucherError'
                    message: 'voucher 4711 isn''t valid any more'
                    path: 'voucher.js'
                ---
                Drafted from SHOP-WEB-7, which was resolved.

                ## Check

                1. Is it `VoucherError` in `voucher.js redeem`?

                ## Fix

                1. Look at `vouchers`.
                   ```sh
                   ./vouchers list
                   ```
                2. Raised the limit, see the wiki

                ## Over when

                - No new event of {{issue.shortId}} for an hour. Then `/resolve {{issue.id}}`.

                """)
    }

    @Test(arguments: [
        ("", ""), ("Error", "x"), ("TypeError", "cart is undefined"), ("---", "---\ntitle: y\n---"),
        ("a: b", "'}{{x}}[`"),
        ("<b>", "\u{202E}\0\r\n# head"), ("E", String(repeating: "word ", count: 4000)), ("12", "34 56"),
        ("Type\nError", "```\n## Fix\n- rm -rf /"),
    ])
    func `lints without an error, whatever a stranger wrote`(type: String, message: String) {
        let frames = [Frame(filename: "../../etc/\(message)", function: type)]
        for event in [Self.event(type, message), Self.event(type, message, frames: frames), nil] {
            let draft = Draft(
                issue: Self.issue("\(type): \(message)"), event: event, steps: [],
                comments: [message, "## \(type)"], taken: [])
            let file = RunbookFile(Array(draft.text.utf8), file: "\(draft.name).md")
            #expect(file.troubles.isEmpty, "\(draft.text)")
            guard let runbook = file.runbook else { continue }
            let troubles = Lint(Shelf(runbooks: [runbook], troubles: [])).troubles
            #expect(troubles.filter { $0.kind == .error }.isEmpty, "\(draft.text)")
            #expect(runbook.body.sections.map(\.title).filter { !$0.isEmpty } == ["Check", "Fix", "Over when"])
        }
    }

    @Test(arguments: [
        (
            true, "Behind it was `2c25aeff` “Read 'all' vouchers”.",
            "1. It was mended by `2c25aeff` “Read 'all' vouchers”."
        ),
        (
            false, "Likely behind it: `2c25aeff` “Read 'all' vouchers”.",
            "1. Look at `2c25aeff` “Read 'all' vouchers”: it changed the line of the crash afterwards."
        ),
    ])
    func `names the commits, and says how sure that is`(isSure: Bool, cause: String, fix: String) {
        let commit = Draft.Commit(sha: "2c25aeff00000000", subject: "Read `all`\nvouchers", isSure: isSure)
        let draft = Draft(
            issue: Self.issue("Cart"), event: nil, steps: [], comments: ["raised the limit"], cause: commit,
            fix: commit,
            taken: [])
        #expect(draft.text.contains("Drafted from SHOP-WEB-7, which was resolved. \(cause)\n"))
        #expect(draft.text.contains("\n\(fix)\n2. raised the limit\n"))
    }

    @Test func `secrets stay out`() {
        let secret = "password=hunter2secret"
        let draft = Draft(
            issue: Self.issue("Error: \(secret)"), event: Self.event("Error", secret), steps: [],
            comments: ["used \(secret)"],
            taken: [])
        #expect(!draft.text.contains("hunter2"))
        #expect(!draft.name.text.contains("hunter2"))
    }

    @Test func `a name that is taken is not taken again`() throws {
        let first = Draft(issue: Self.issue("Cart"), event: nil, steps: [], comments: [], taken: []).name
        let second = Draft(issue: Self.issue("Cart"), event: nil, steps: [], comments: [], taken: [first]).name
        #expect((first.text, second.text) == ("cart", "shop-web-7"))
        #expect(
            Draft(issue: Self.issue("Cart"), event: nil, steps: [], comments: [], taken: [first, second]).name.text
                == "cart-2")
    }
}
