import Domain
import FoundationEssentials
import GlitchTip
import HTTP
import Testing

@testable import Sandbox

private typealias Issue = Domain.Issue

/// Our own GlitchTip client against the stand-in, over real connections.
@Suite(.timeLimit(.minutes(5))) struct GlitchTipStandInConversationTests {
    private static let two = Issue.ID(2)

    @Test func `who we are and what there is`() async throws {
        try await withGlitchTip { glitchtip, api in
            let identity = try await api.identity()
            #expect(identity.email == "tipline@demo-shop.example")
            #expect(identity.missingScopes == [])
            #expect(try await api.organizations().map(\.slug) == ["demo-shop"])
            #expect(try await api.projects().map(\.slug) == ["billing-api", "mobile-app", "shop-web"])
            #expect(try await api.members().map(\.email) == ["grace@shop.example", "tipline@demo-shop.example"])
            #expect(try await api.version()?.hasPrefix("5.2") == true)
            await glitchtip.addToken("weak", scopes: ["event:read"])
            let weak = api.with(token: "weak")
            #expect(try await weak.identity().missingScopes == ["org:read", "project:read", "event:write"])
            #expect(await Self.error { _ = try await weak.set(.resolved, on: Self.two) } == .forbidden)
            #expect(await Self.error { _ = try await weak.members() } == .forbidden)
            await glitchtip.revoke("weak")
            #expect(await Self.error { _ = try await weak.issue(Self.two) } == .unauthorized)
            #expect(await Self.error { _ = try await weak.set(.resolved, on: Self.two) } == .unauthorized)
            #expect(await glitchtip.status(of: Self.two) == .unresolved)
        }
    }

    @Test func `a pasted title finds its issue, and the solved one that is like it`() async throws {
        try await withGlitchTip { _, api in
            let words = "TypeError: Cannot read properties of undefined (reading 'percent')"
            let found = try await api.issues(IssueFilter(words: words)).items
            #expect(found.map(\.id.number) == [2, 1])
            #expect(found.map(\.status) == [.unresolved, .resolved])
            #expect(try await api.comments(on: Issue.ID(1)).first?.text.contains("offers.NONE") == true)
            #expect(try await api.issue(.shortID("SHOP-WEB-2")).id == Self.two)
        }
    }

    @Test func `filters narrow the list`() async throws {
        try await withGlitchTip { glitchtip, api in
            let fatal = try await api.issues(IssueFilter(level: .fatal)).items
            #expect(fatal.map(\.id.number) == [8])
            let ids = { (filter: IssueFilter) in try await api.issues(filter).items.map(\.id.number).sorted() }
            #expect(try await ids(IssueFilter(status: .ignored)) == [11])
            #expect(try await ids(IssueFilter(projects: [2])) == [7, 9])
            #expect(try await ids(IssueFilter(projects: [2, 3], words: "no invoice for")) == [7])
            #expect(try await ids(IssueFilter(tags: [Tag(key: "release", value: "billing-api@1.5.0")])) == [7, 9])
            #expect(try await ids(IssueFilter(environments: ["staging"])) == [])
            #expect(try await ids(IssueFilter(words: "cart.js")) == [1, 2])
            #expect(try await ids(IssueFilter(ids: [Self.two])) == [2])
            #expect(try await ids(IssueFilter(firstSeenAfter: glitchtip.now().addingTimeInterval(-7200))) == [8])
        }
    }

    @Test func `a list of many pages is read to its end, each row once`() async throws {
        try await withGlitchTip { glitchtip, api in
            for number in 1...250 {
                let date = Date(timeIntervalSince1970: 1_700_000_000 + Double(number / 3))
                await glitchtip.add(1000 + number, title: "Error: number \(number)", in: "mobile-app", lastSeen: date)
            }
            let all = try await api.issues(IssueFilter(projects: [3])) { _ in true }
            #expect(all.count == 251)
            #expect(Set(all.map(\.id)).count == 251)
        }
    }

    @Test func `a resolved issue comes back with its next event, an ignored one does not`() async throws {
        try await withGlitchTip { glitchtip, api in
            _ = try await api.set(.resolved, on: Self.two)
            let before = try await api.issue(Self.two)
            await glitchtip.addEvent(to: Self.two)
            let after = try await api.issue(Self.two)
            #expect(after.status == .unresolved)
            #expect(after.count == before.count + 1)
            #expect(after.lastSeen > before.lastSeen)
            let events = try await api.events(of: Self.two, limit: 5)
            #expect(events.count == 5)
            #expect(Set(events.map(\.id)).count == 5)
            #expect(try await api.latestEvent(of: Self.two).id == events.first?.id)
            #expect(try await api.event(events[1].id, of: Self.two) == events[1])
            await glitchtip.addEvent(to: Issue.ID(11))
            #expect(try await api.issue(Issue.ID(11)).status == .ignored)
        }
    }

    @Test func `comments are kept under their writer's name`() async throws {
        try await withGlitchTip { glitchtip, api in
            _ = try await api.comment("from the bot\0", on: Self.two)
            await glitchtip.addComment("from a page", on: Self.two, by: 2)
            #expect(
                try await api.comments(on: Self.two).map(\.author) == [
                    "grace@shop.example", "tipline@demo-shop.example",
                ])
            #expect(await glitchtip.comments(on: Self.two) == ["from the bot", "from a page"])
            #expect(try await api.issue(Self.two).commentCount == 2)
            #expect(await Self.error { _ = try await api.comment("x", on: Issue.ID(999)) } == .notFound)
            #expect(try await api.comments(on: Issue.ID(999)) == [])
        }
    }

    @Test func `a careless change of many changes them all`() async throws {
        try await withGlitchTip { glitchtip, _ in
            let answer = await glitchtip.answer(
                Question(
                    method: "PUT", uri: "/api/0/organizations/demo-shop/issues/?ids=2",
                    headers: [("Authorization", "Bearer \(glitchtip.token)")],
                    body: Array("{\"status\":\"resolved\"}".utf8)))
            #expect(answer.json == ["status": "resolved", "merge": nil])
            for id in 1...12 { #expect(await glitchtip.status(of: Issue.ID(id)) == .resolved) }
        }
    }

    @Test func `numbers by the hour and by the issue`() async throws {
        try await withGlitchTip { glitchtip, api in
            let now = glitchtip.now()
            let hours = try await api.eventsPerHour(
                from: now.addingTimeInterval(-3 * 86400), to: now.addingTimeInterval(3600), projects: [1])
            #expect((250...400).contains(hours.values.reduce(0, +)))
            let series = try await api.eventsPerInterval(of: [Self.two, Issue.ID(8)])
            #expect(series[Issue.ID(8)]?.values.reduce(0, +) == 3)
            #expect(series[Self.two]?.isEmpty == false)
            #expect(
                try await api.tags(of: Self.two).first { $0.key == "release" }?.values.first?.text == "shop-web@2.3.1")
        }
    }

    @Test func `an event of almost two megabytes is read`() async throws {
        try await withGlitchTip { glitchtip, api in
            await glitchtip.addHugeEvent(to: Issue.ID(7))
            let event = try await api.latestEvent(of: Issue.ID(7))
            #expect(event.exceptions.first?.frames.count == 999)
            let size = await glitchtip.issues[7]?.events.last?.body.bytes.count ?? 0
            #expect((1_500_000...2_200_000).contains(size))
        }
    }

    @Test(
        arguments: [
            (.status(502), .busy), (.status(500), .server(500)), (.webPage, .notGlitchTip),
            (.unauthorized, .unauthorized),
            (.brokenJSON, .malformed("/api/0/issues/2/")),
        ] as [(StandInGlitchTip.Misbehaviour, GlitchTipError)])
    func `fails as ordered, so often and no more`(
        fault: StandInGlitchTip.Misbehaviour, error: GlitchTipError
    ) async throws {
        try await withGlitchTip { glitchtip, api in
            await glitchtip.misbehave(fault, for: "/issues/2/")
            _ = try await api.projects()
            #expect(await Self.error { _ = try await api.issue(Self.two) } == error)
            _ = try await api.issue(Self.two)
            #expect(await glitchtip.requests.filter { $0.path.hasPrefix("/api/0/issues/2/") }.count == 2)
        }
    }

    @Test(arguments: [StandInGlitchTip.Misbehaviour.hangUp, .halfAnAnswer])
    func `a broken connection is told as one`(fault: StandInGlitchTip.Misbehaviour) async throws {
        try await withGlitchTip { glitchtip, api in
            await glitchtip.misbehave(fault, method: "GET", times: 5)
            guard case .unreachable = await Self.error({ _ = try await api.issue(Self.two) }) else {
                Testing.Issue.record("not told")
                return
            }
            await glitchtip.behave()
            _ = try await api.issue(Self.two)
        }
    }

    @Test func `the sample events have the recorded form`() async throws {
        let server = StandInGlitchTip()
        try await SampleIssues(now: Date(timeIntervalSince1970: 1_790_000_000)).fill(server)
        let recorded = ReplayedCall.all.filter { $0.name.hasPrefix("04-event-latest") && $0.status == 200 }.compactMap(
            \.body)
        for id in 1...12 {
            let answer = await server.answer(
                Question(
                    method: "GET", uri: "/api/0/issues/\(id)/events/latest/",
                    headers: [("Authorization", "Bearer \(server.token)")], body: []))
            // Keys that an event may lack are no difference: no recorded event has all of them.
            let differences = JSON.difference([answer.json], recorded).filter { !$0.hasSuffix("is missing") }
            #expect(differences.filter { !$0.hasPrefix("$.context.") } == [], "issue \(id)")
            #expect(Set(answer.json.object?.keys.map(\.self) ?? []) == Set(recorded[0].object?.keys.map(\.self) ?? []))
        }
    }

    private static func error(_ body: () async throws -> Void) async -> GlitchTipError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? GlitchTipError
        }
    }

    private func withGlitchTip(
        _ body: @escaping @Sendable (StandInGlitchTip, GlitchTipAPI) async throws -> Void
    ) async throws {
        let glitchtip = StandInGlitchTip()
        try await SampleIssues(now: Date()).fill(glitchtip)
        try await serving(glitchtip.serve) { url in
            try await body(glitchtip, .at(url, token: glitchtip.token))
        }
    }
}

extension GlitchTipAPI {
    fileprivate static func at(_ url: String, token: String) -> GlitchTipAPI {
        GlitchTipAPI(
            base: url, token: Secret(token), organization: "demo-shop", http: Client.curl(userAgent: "test"))
    }

    fileprivate func with(token: String) -> GlitchTipAPI {
        let link = link(to: Issue.ID(1))
        return .at(
            String(link.prefix(upTo: link.firstRange(of: "/demo-shop")?.lowerBound ?? link.endIndex)), token: token)
    }
}
