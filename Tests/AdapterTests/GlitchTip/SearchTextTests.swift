import Domain
import Foundation
import GlitchTip
import Testing

private typealias Tag = Domain.Tag

/// What a person typed or pasted, as GlitchTip's search can bear it.
@Suite struct SearchTextTests {
    private func query(_ filter: IssueFilter) async throws -> String {
        let log = RequestLog()
        _ = try await GlitchTipAPI(json: "[]", log: log).issues(filter)
        return try #require(await log.requests.first?.parameters("query").first)
    }

    @Test(arguments: [
        ("checkout", "*checkout"), ("  two\twords\n", "*two words"), ("", ""), ("   ", ""),
        // Each of these four makes the server fail with 500.
        ("can't read", "*can_t read"), ("can\"t", "*can_t"), ("abc\\", "*abc"), ("a\0b", "*a b"),
        // A word with a colon would be a tag.
        ("TypeError: cart is undefined", "*TypeError_ cart is undefined"), ("is:resolved", "*is_resolved"), (":", ""),
        ("'map' of undefined", "*map_ of undefined"), ("KeyError: 'vat_id'", "*KeyError_ _vat_id"),
        // Cut, by GlitchTip or by us.
        ("Cannot read prop…", "*Cannot read prop"), ("Cannot read …", "*Cannot read"),
        ("Error … in cart", "*Error * in cart"),
        ("…", ""), ("wwwwwwww…", "*wwwwwwww"),
        // Of a path only the file's name is in the index, of a link not the scheme.
        ("lib/application.js", "*application.js"), ("/srv/shop/views/", "*views"),
        ("C:\\shop\\cart.js", "*C__shop_cart.js"),
        ("https://shop.example/cart?step=2#top", "*shop.example/cart"), ("shop.example/cart", "*cart"),
        ("https://", ""),
        ("open 'lib/cart.js'", "*open _lib/cart.js"), ("*", ""), ("***", ""), ("*check*", "*check"), ("%", "*%"),
        ("😀", "*😀"), ("-foo", "*-foo"), ("a & b | !(c) <-> d", "*a & b | !(c) <-> d"),
        ("<untitled>", "*<untitled>"), ("שלום", "*שלום"), ("a\u{7}b", "*a b"),
        // An event's id leads to its issue.
        ("ad6a532e617a4f9d87b8567cfae1c536", "ad6a532e617a4f9d87b8567cfae1c536"),
        (" ad6a532e-617a-4f9d-87b8-567cfae1c536 ", "ad6a532e-617a-4f9d-87b8-567cfae1c536"),
        ("ad6a532e617a4f9d87b8567cfae1c53", "*ad6a532e617a4f9d87b8567cfae1c53"),
        ("zd6a532e617a4f9d87b8567cfae1c536", "*zd6a532e617a4f9d87b8567cfae1c536"),
    ])
    func `words become`(words: String, expected: String) async throws {
        #expect(try await query(IssueFilter(words: words)) == expected)
    }

    @Test func `a long text is cut between words, since titles are short`() async throws {
        let text = String(repeating: "word ", count: 200_000)
        #expect(try await query(IssueFilter(words: text)) == "*" + String(repeating: "word ", count: 12).dropLast())
        #expect(try await query(IssueFilter(words: String(repeating: "x", count: 1_000_000))).count == 65)
    }

    /// Every title of the recordings, pasted whole, cut anywhere, or without its first words.
    @Test func `a pasted title finds its issue`() async throws {
        var titles: Set<String> = []
        for recording in Recording.all("0") where recording.method == "GET" && recording.path.contains("/issues/?") {
            guard recording.status == 200, !recording.body.isEmpty else { continue }
            let issues = try await GlitchTipAPI { _, _ in recording.response }.issues(IssueFilter()).items
            titles.formUnion(issues.map(\.title))
        }
        #expect(titles.count > 30)
        for title in titles {
            let tail = title.split(separator: " ").dropFirst().joined(separator: " ")
            let cuts = stride(from: 8, to: title.count, by: 7).map { String(title.prefix($0)) + "…" }
            let all: [String] = [title, title + "\n", title.uppercased(), tail] + cuts
            for pasted in all where !pasted.isEmpty {
                let query = try await query(IssueFilter(status: .unresolved, words: pasted))
                #expect(Server.finds(title, by: query), "\(pasted) → \(query)")
            }
        }
    }

    @Test func `what is structured comes before the words`() async throws {
        let filter = IssueFilter(
            status: .unresolved, level: .fatal, words: "DatabaseError: x",
            tags: [Tag(key: "release", value: "shop-web@2.3.1"), Tag(key: "region", value: "eu-west-1")])
        #expect(
            try await query(filter)
                == #"is:unresolved level:fatal release:"shop-web@2.3.1" region:"eu-west-1" *DatabaseError_ x"#)
    }

    @Test(arguments: [
        (Tag(key: "release", value: "a b"), #"release:"a b""#),
        (Tag(key: "release", value: "it's"), #"release:"it's""#),
        (Tag(key: "release", value: #"a"b\c"#), #"release:"a\"b\\c""#), (Tag(key: "x", value: "a\0b"), #"x:"ab""#),
        (Tag(key: "x", value: #"\"#), #"x:"\\""#), (Tag(key: "a b", value: "c"), #"a_b:"c""#),
        (Tag(key: "is:resolved \"", value: "c"), #"is_resolved__:"c""#),
        (Tag(key: "url", value: "https://x/"), #"url:"https://x/""#),
    ])
    fileprivate func `a tag is quoted so that nothing gets out of it`(tag: Tag, expected: String) async throws {
        #expect(try await query(IssueFilter(tags: [tag])) == expected)
    }

    @Test func `the filter is written in GlitchTip's words`() async throws {
        let log = RequestLog()
        let filter = IssueFilter(
            projects: [1, 2], environments: ["production", "a&b=c"], ids: [2, 14].map(Domain.Issue.ID.init),
            words: "50% a+b&c=d #1", firstSeenAfter: .utc(1_795_468_459), order: .firstSeen)
        _ = try await GlitchTipAPI(json: "[]", log: log).issues(filter, limit: 7)
        let request = try #require(await log.requests.first)
        #expect(request.path == "/api/0/organizations/admin-ai/issues/")
        #expect(request.parameters("project") == ["1", "2"])
        #expect(request.parameters("environment") == ["production", "a&b=c"])
        #expect(request.parameters("id") == ["2", "14"])
        #expect(request.parameters("query") == ["*50% a+b&c=d #1"])
        #expect(request.parameters("start") == ["2026-11-23T21:14:19Z"])
        #expect(request.parameters("sort") == ["-first_seen"])
        #expect(request.parameters("limit") == ["7"])
        #expect(!request.url.contains(" ") && !request.url.contains("+") && !request.url.contains("#"))
    }
}

/// How GlitchTip searches, as far as titles go: split as by a shell, structured terms first, then `LIKE`.
private enum Server {
    static func finds(_ title: String, by query: String) -> Bool {
        // What its splitting would fail on, or swallow.
        guard !query.contains(where: { "'\"\\\0".contains($0) }) else { return false }
        var words = query.split(separator: " ")[...]
        while let word = words.first, word.contains(":") { words.removeFirst() }
        let text = words.joined(separator: " ")
        guard text.contains("*") else { return false }
        return isLike(Array(title.lowercased()), Array("%\(text.lowercased())%".map { $0 == "*" ? "%" : $0 }))
    }

    private static func isLike(_ text: [Character], _ pattern: [Character]) -> Bool {
        var reachable: Set<Int> = [0]
        for sign in pattern {
            switch sign {
            case "%": reachable = Set((reachable.min() ?? text.count)...text.count)
            case "_": reachable = Set(reachable.map { $0 + 1 }.filter { $0 <= text.count })
            default: reachable = Set(reachable.filter { $0 < text.count && text[$0] == sign }.map { $0 + 1 })
            }
            if reachable.isEmpty { return false }
        }
        return reachable.contains(text.count)
    }
}
