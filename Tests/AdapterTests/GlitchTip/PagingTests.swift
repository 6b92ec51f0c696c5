import Domain
import GlitchTip
import HTTP
import Testing

private typealias Issue = Domain.Issue

/// Lists of more than one page, by GlitchTip's own kind of Link header.
@Suite struct PagingTests {
    private static func row(_ id: Int) -> String {
        #"{"id": "\#(id)", "shortId": "SHOP-WEB-\#(id)", "title": "no. \#(id)"}"#
    }

    private static func page(_ ids: some Sequence<Int>, next cursor: String? = nil) -> Response {
        let link = cursor.map {
            "{'<http://h/x>; rel=\"previous\"; results=\"false\", <http://h/y>; rel=\"next\"; results=\"true\"; cursor=\"\($0)\"'}"
        }
        return .json(
            "[" + ids.map(row).joined(separator: ",") + "]", headers: link.map { [(name: "Link", value: $0)] } ?? [])
    }

    @Test func `the Link header is a Python set, and is followed`() async throws {
        let recordings = try (1...3).map { try Recording.named("02-cursor-walk-\($0)") }
        let log = RequestLog()
        let api = GlitchTipAPI(log: log) { _, number in recordings[number - 1].response }
        let issues = try await api.issues(IssueFilter(status: .unresolved)) { _ in true }
        #expect(issues.count == 21)
        #expect(Set(issues.map(\.id)).count == 21)
        let requests = await log.requests
        #expect(requests.map { $0.parameters("query") } == [["is:unresolved"], ["is:unresolved"], ["is:unresolved"]])
        // The cursors are those of the recorded walk.
        let walked = recordings.map { Request(.get, $0.path).parameters("cursor") }
        #expect(requests.map { $0.parameters("cursor") } == walked)
        #expect(walked[0] == [] && walked[2] != [])
    }

    /// By count GlitchTip repeats rows and so loses others; no filter of ours can ask for that.
    @Test(arguments: [("count", 17), ("priority", 21)])
    func `rows that a page repeats are shown once`(sort: String, count: Int) async throws {
        let recordings = try (1...3).map { try Recording.named("02-cursor-walk-\(sort)-\($0)") }
        let api = GlitchTipAPI { _, number in recordings[number - 1].response }
        let issues = try await api.issues(IssueFilter()) { _ in true }
        #expect(issues.count == count)
        #expect(Set(issues.map(\.id)).count == count)
    }

    /// The header says what the `Host` header said; whoever may set that must not get our token.
    @Test func `only the cursor is used, never the address`() async throws {
        let recording = try Recording.named("09-wrong-host-issues")
        #expect(recording.response.header("Link")?.contains("evil") == true)
        let log = RequestLog()
        _ = try await GlitchTipAPI(log: log) { _, _ in recording.response }.issues(IssueFilter()) { _ in true }
        let requests = await log.requests
        #expect(requests.count == 2)
        #expect(
            requests.allSatisfy { $0.url.hasPrefix("http://127.0.0.1:18000/api/0/organizations/admin-ai/issues/?") })
    }

    @Test func `a list that repeats itself for ever ends`() async throws {
        let log = RequestLog()
        let api = GlitchTipAPI(log: log) { _, number in Self.page(1...3, next: "c\(number)") }
        #expect(try await api.issues(IssueFilter()) { _ in true }.count == 3)
        #expect(await log.requests.count == 2)
    }

    @Test func `a list that never ends ends after twenty pages`() async throws {
        let log = RequestLog()
        let api = GlitchTipAPI(log: log) { _, number in
            Self.page((number * 100)..<(number * 100 + 100), next: "c\(number)")
        }
        #expect(try await api.issues(IssueFilter()) { _ in true }.count == 2000)
        #expect(await log.requests.count == 20)
        let projects = GlitchTipAPI(log: log) { _, number in
            .json(
                #"[{"id": "1", "slug": "shop"}]"#,
                headers: [("Link", #"rel="next"; results="true"; cursor="\#(number)""#)])
        }
        #expect(try await projects.projects().count == 20)
    }

    @Test func `pages are read only as long as they are wanted`() async throws {
        let log = RequestLog()
        let api = GlitchTipAPI(log: log) { _, number in
            Self.page(((number - 1) * 10)..<(number * 10), next: "c\(number)")
        }
        let issues = try await api.issues(IssueFilter()) { $0.id.number < 15 }
        #expect(issues.map(\.id.number) == Array(0..<15))
        #expect(await log.requests.count == 2)
    }

    @Test(arguments: [(0, "1"), (-1, "1"), (25, "25"), (100, "100"), (101, "100"), (.max, "100")])
    func `a page has one to a hundred rows, as GlitchTip cuts more without a word`(limit: Int, sent: String)
        async throws
    {
        let log = RequestLog()
        _ = try await GlitchTipAPI(json: "[]", log: log).issues(IssueFilter(), limit: limit)
        #expect(await log.requests.map { $0.parameters("limit") } == [[sent]])
    }

    @Test(arguments: [
        (
            #"{'<http://h/x>; rel="previous"; results="true"; cursor="back", <http://h/y>; rel="next"; results="true"; cursor="on=="'}"#,
            "on=="
        ),
        (
            #"<http://h/x>; rel="previous"; results="false", <http://h/y>; rel="next"; results="true"; cursor="on""#,
            "on"
        ),
        (
            #"{'<http://h/x>; rel="previous"; results="true"; cursor="back", <http://h/y>; rel="next"; results="false"'}"#,
            nil
        ),
        (#"{'<http://h/y>; rel="next"; results="true"'}"#, nil), (#"rel="next"; results="true"; cursor="""#, nil),
        ("", nil),
        (#"{'<http://h/y?cursor=x>; rel="next"'}"#, nil), (#"rel="next"; results="true"; cursor="half"#, "half"),
    ])
    func `of the Link header the next cursor counts`(link: String, cursor: String?) async throws {
        let log = RequestLog()
        let api = GlitchTipAPI(log: log) { _, _ in .json("[]", headers: [("link", link)]) }
        let page = try await api.issues(IssueFilter())
        guard let next = page.next else {
            #expect(cursor == nil)
            return
        }
        _ = try await api.issues(IssueFilter(), after: next)
        #expect(await log.requests.last?.parameters("cursor") == [cursor].compactMap(\.self))
    }

    @Test func `a cursor is sent as it was given`() async throws {
        let log = RequestLog()
        let api = GlitchTipAPI(log: log) { _, _ in Self.page([1], next: "a+b/c=&d e") }
        _ = try await api.issues(IssueFilter(), after: try await api.issues(IssueFilter()).next)
        #expect(await log.requests.last?.parameters("cursor") == ["a+b/c=&d e"])
    }

    @Test func `a team with many projects has all of them`() async throws {
        let api = GlitchTipAPI { _, number in
            let rows = ((number - 1) * 100)..<min(number * 100, 250)
            return .json(
                "[" + rows.map { #"{"id": "\#($0)", "slug": "p\#($0)"}"# }.joined(separator: ",") + "]",
                headers: number < 3 ? [("Link", #"rel="next"; results="true"; cursor="c\#(number)""#)] : [])
        }
        #expect(try await api.projects().map(\.id) == Array(0..<250))
    }

    // MARK: Short ids, which GlitchTip cannot look up

    private func api(_ log: RequestLog) -> GlitchTipAPI {
        GlitchTipAPI(log: log) { request, _ in
            guard request.path.hasSuffix("/issues/") else {
                return .json(
                    #"[{"id": "1", "slug": "shop-web"}, {"id": "2", "slug": "shop"}, {"id": "3", "slug": "Web"}]"#)
            }
            return request.parameters("cursor").isEmpty ? Self.page(1...100, next: "more") : Self.page(101...150)
        }
    }

    private func find(_ text: String, _ log: RequestLog = RequestLog()) async throws -> Issue.ID {
        let reference = try #require(IssueReference(text: text))
        return try await api(log).issue(reference).id
    }

    @Test func `a short id is found by paging through its project`() async throws {
        let log = RequestLog()
        #expect(try await find("shop-web-7", log) == Issue.ID(7))
        #expect(
            await log.requests.map(\.path) == ["projects", "issues"].map { "/api/0/organizations/admin-ai/\($0)/" })
        #expect(await log.requests.last?.parameters("project") == ["1"])
        #expect(try await find("SHOP-WEB-144") == Issue.ID(144))
    }

    @Test func `a short id that is nowhere is not found`() async {
        await #expect(throws: GlitchTipError.notFound) { try await find("SHOP-WEB-ZZ") }
        let log = RequestLog()
        await #expect(throws: GlitchTipError.notFound) { try await find("ELSEWHERE-1", log) }
        #expect(await log.requests.count == 1)
    }
}
