import Domain
import Foundation
import GlitchTip
import Testing

private typealias Issue = Domain.Issue

/// Every recorded answer of a kind is read whole: as many rows as are in it, and nothing made up.
@Suite struct RecordedAnswersTests {
    /// Recordings of successful calls by method and path; `{}` stands for a part of the path.
    private static func recordings(_ method: String, _ pattern: String) -> [Recording] {
        let pattern = pattern.split(separator: "/")
        return Recording.all("").filter { recording in
            let path = recording.path.prefix { $0 != "?" }.split(separator: "/")
            let isJSON = recording.response.header("Content-Type")?.hasPrefix("application/json") ?? false
            return recording.method == method && (200..<300).contains(recording.status) && isJSON
                && path.count == pattern.count && zip(path, pattern).allSatisfy { $0 == $1 || $1 == "{}" }
        }
    }

    /// Some recordings were shortened, with a remark in place of the rest.
    private func rows(_ recording: Recording) throws -> [[String: Any]] {
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(recording.body)) as? [Any])
        return rows.compactMap { $0 as? [String: Any] }
    }

    private func object(_ recording: Recording) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(recording.body)) as? [String: Any])
    }

    private func api(_ recording: Recording) -> GlitchTipAPI { GlitchTipAPI { _, _ in recording.response } }

    private func check(_ issue: Issue, _ row: [String: Any], _ name: String) {
        #expect(issue.id.description == row["id"] as? String, "\(name)")
        #expect(issue.title == row["title"] as? String, "\(name)")
        #expect(issue.shortID == row["shortId"] as? String, "\(name)")
        #expect(issue.level.rawValue == row["level"] as? String, "\(name)")
        #expect(issue.status.rawValue == row["status"] as? String, "\(name)")
        #expect(String(issue.count) == row["count"] as? String, "\(name)")
        #expect(issue.commentCount == row["numComments"] as? Int, "\(name)")
        let project = row["project"] as? [String: Any]
        #expect(String(issue.project.id) == project?["id"] as? String, "\(name)")
        #expect(issue.project.slug == project?["slug"] as? String, "\(name)")
        #expect(issue.firstSeen > .utc(1_790_000_000) && issue.firstSeen <= issue.lastSeen, "\(name)")
        let metadata = row["metadata"] as? [String: Any]
        #expect(issue.metadata.type == metadata?["type"] as? String, "\(name)")
        #expect(issue.metadata.value == metadata?["value"] as? String, "\(name)")
    }

    @Test func `issue lists`() async throws {
        let recordings =
            Self.recordings("GET", "/api/0/organizations/{}/issues")
            + Self.recordings("GET", "/api/0/projects/{}/{}/issues")
        #expect(recordings.count == 100)
        for recording in recordings {
            let rows = try rows(recording)
            let page = try await api(recording).issues(IssueFilter())
            #expect(page.items.count == rows.count, "\(recording.name)")
            #expect(page.hits == recording.response.header("X-Hits").flatMap { Int($0) })
            for (issue, row) in zip(page.items, rows) { check(issue, row, recording.name) }
        }
    }

    @Test func `issues, and the answers to a change of status, which mix their spellings`() async throws {
        let recordings =
            Self.recordings("GET", "/api/0/issues/{}") + Self.recordings("PUT", "/api/0/issues/{}")
            + Self.recordings("PUT", "/api/0/organizations/{}/issues/{}")
        #expect(recordings.count == 21)
        for recording in recordings {
            check(try await api(recording).issue(Issue.ID(1)), try object(recording), recording.name)
        }
    }

    @Test func `events`() async throws {
        let recordings =
            Self.recordings("GET", "/api/0/issues/{}/events/{}")
            + Self.recordings("GET", "/api/0/projects/{}/{}/events/{}")
        #expect(recordings.count == 22)
        for recording in recordings {
            let event = try await api(recording).latestEvent(of: Issue.ID(1))
            try check(event, object(recording), recording.name)
        }
    }

    @Test func `event lists, whose keys are spelt otherwise`() async throws {
        let recordings =
            Self.recordings("GET", "/api/0/issues/{}/events") + Self.recordings("GET", "/api/0/projects/{}/{}/events")
        #expect(recordings.count == 5)
        for recording in recordings {
            let rows = try rows(recording)
            let events = try await api(recording).events(of: Issue.ID(1), limit: 5)
            #expect(events.count == rows.count, "\(recording.name)")
            for (event, row) in zip(events, rows) { try check(event, row, recording.name) }
        }
    }

    private func check(_ event: Event, _ row: [String: Any], _ name: String) throws {
        #expect(event.id == (row["eventID"] ?? row["event_id"]) as? String, "\(name)")
        #expect(event.title == row["title"] as? String, "\(name)")
        let date = (row["dateCreated"] ?? row["date_created"]) as? String
        #expect(event.date == date.flatMap { try? Date($0, strategy: .iso8601WithFraction) }, "\(name)")
        #expect(event.tags.count == (row["tags"] as? [Any])?.count, "\(name)")
        let entries = try #require(row["entries"] as? [[String: Any]])
        func values(_ type: String) -> [[String: Any]] {
            entries.filter { $0["type"] as? String == type }
                .flatMap { ($0["data"] as? [String: Any])?["values"] as? [[String: Any]] ?? [] }
        }
        let exceptions = values("exception")
        #expect(event.exceptions.map(\.type) == exceptions.map { $0["type"] as? String ?? "" }, "\(name)")
        #expect(event.exceptions.map(\.value) == exceptions.map { $0["value"] as? String ?? "" }, "\(name)")
        for (exception, value) in zip(event.exceptions, exceptions) {
            let frames = (value["stacktrace"] as? [String: Any])?["frames"] as? [[String: Any]] ?? []
            #expect(exception.frames.map(\.line) == frames.map { ($0["lineNo"] ?? $0["lineno"]) as? Int }, "\(name)")
            #expect(exception.frames.map(\.function) == frames.map { $0["function"] as? String }, "\(name)")
        }
        #expect(event.breadcrumbs.count == values("breadcrumbs").count, "\(name)")
        #expect((event.request != nil) == entries.contains { $0["type"] as? String == "request" }, "\(name)")
    }

    @Test func `comments`() async throws {
        let lists = Self.recordings("GET", "/api/0/issues/{}/comments")
        #expect(lists.count == 5)
        for recording in lists {
            let rows = try rows(recording)
            let comments = try await api(recording).comments(on: Issue.ID(1))
            #expect(comments.map(\.id) == rows.map { $0["id"] as? Int }, "\(recording.name)")
            for (comment, row) in zip(comments, rows) { check(comment, row, recording.name) }
        }
        let created = Self.recordings("POST", "/api/0/issues/{}/comments")
        #expect(created.count == 6)
        for recording in created {
            let comment = try await api(recording).comment("x", on: Issue.ID(1))
            check(comment, try object(recording), recording.name)
        }
    }

    private func check(_ comment: Domain.Comment, _ row: [String: Any], _ name: String) {
        #expect(comment.text == (row["data"] as? [String: Any])?["text"] as? String, "\(name)")
        #expect(comment.author == (row["user"] as? [String: Any])?["email"] as? String, "\(name)")
        #expect(comment.date > .utc(1_790_000_000), "\(name)")
    }

    @Test func `organizations, projects and members`() async throws {
        for recording in Self.recordings("GET", "/api/0/organizations") {
            #expect(try await api(recording).organizations() == [Organization(slug: "admin-ai", name: "Admin AI")])
        }
        let projects = [
            Project(id: 2, slug: "billing-api", name: "Billing API", platform: "python"),
            Project(id: 1, slug: "shop-web", name: "Shop Web", platform: "node"),
        ]
        #expect(try await GlitchTipAPI(recording: "01-projects-org").projects() == projects)
        #expect(try await GlitchTipAPI(recording: "01-projects-global").projects() == projects)
        #expect(try await GlitchTipAPI(recording: "01-projects-org-missing").projects() == [])
        let members = try await GlitchTipAPI(recording: "01-org-members").members()
        #expect(
            members == [
                Member(id: 4, email: "carol@example.com", role: "admin"),
                Member(id: 3, email: "bob@example.com", role: "member"),
                Member(id: 1, email: "alice@example.com", role: "owner"),
            ])
    }

    @Test func `tags, whose order changes from answer to answer`() async throws {
        let recordings = Self.recordings("GET", "/api/0/issues/{}/tags")
        #expect(recordings.count == 2)
        for recording in recordings {
            let tags = try await api(recording).tags(of: Issue.ID(1))
            #expect(tags.count == (try rows(recording)).count)
            #expect(tags.map(\.key) == tags.map(\.key).sorted())
        }
        let tags = try await GlitchTipAPI(recording: "08-issue-tags").tags(of: Issue.ID(1))
        let release = tags.first { $0.key == "release" }
        #expect(release?.values.map(\.text) == ["shop-web@2.3.2", "shop-web@2.3.1"])
        #expect(release?.values.map(\.count) == [4, 4])
    }

    @Test func `releases, the newest first`() async throws {
        let releases = try await GlitchTipAPI(recording: "08-releases").releases()
        #expect(
            releases.map(\.version) == [
                "billing-api@1.5.0-rc1", "billing-api@1.4.0", "shop-web@2.3.1", "shop-web@2.3.2",
            ])
        #expect(releases.map(\.projects) == [["billing-api"], ["billing-api"], ["shop-web"], ["shop-web"]])
        #expect(
            releases.map { $0.firstSeen?.milliseconds } == [
                1_795_468_471_668, 1_795_468_465_876, 1_795_468_461_724, 1_795_468_461_720,
            ])
        let log = RequestLog()
        let some = try await GlitchTipAPI(recording: "08-project-releases", log: log).releases(of: "shop-web", limit: 7)
        #expect(some == Array(releases.suffix(2)))
        #expect(await log.requests.map(\.path) == ["/api/0/projects/admin-ai/shop-web/releases/"])
        #expect(await log.requests.first?.parameters("limit") == ["7"])
    }

    @Test func `monitors, before the first check and after`() async throws {
        let monitors = try await GlitchTipAPI(recording: "11-monitors-list").monitors()
        #expect(
            monitors.map(\.name) == ["Nightly backup", "Orphan without a project", "Shop front page"])
        #expect(monitors.map(\.id) == [3, 2, 1])
        #expect(monitors.map(\.isUp) == [nil, true, true])
        #expect(monitors.map(\.project) == [1, nil, 1])
        #expect(monitors.map { $0.lastChange != nil } == [false, true, true])
        #expect(try await GlitchTipAPI(recording: "11-monitors-empty").monitors() == [])
    }

    @Test func `the server's version`() async throws {
        #expect(try await GlitchTipAPI(recording: "01-settings").version() == "5.2.x-c264800")
    }
}

extension ParseStrategy where Self == Date.ISO8601FormatStyle {
    /// For comparing; the answers that these tests compare all have a fraction or none, never both.
    fileprivate static var iso8601WithFraction: Date.ISO8601FormatStyle { .init(includingFractionalSeconds: true) }
}
