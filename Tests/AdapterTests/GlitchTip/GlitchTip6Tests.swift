import Domain
import GlitchTip
import Testing

private typealias Issue = Domain.Issue

/// Shapes of GlitchTip 6, as its source has them: more camelCase, new keys, other types here and there.
@Suite struct GlitchTip6Tests {
    @Test func `an issue in either spelling, with keys that are new`() async throws {
        for (short, first, last, comments) in [
            ("shortId", "firstSeen", "lastSeen", "numComments"),
            ("short_id", "first_seen", "last_seen", "num_comments"),
        ] {
            let api = GlitchTipAPI(
                json: """
                    {"id": 7, "count": 12, "\(short)": "SHOP-WEB-7", "title": "x", "level": "warning", "status": "ignored",
                     "project": {"id": 3, "slug": "shop-web", "name": "Shop", "platform": null}, "\(comments)": "2",
                     "\(first)": "2026-11-23T21:14:19.283687+00:00", "\(last)": "2026-11-24T00:00:00Z",
                     "assignedTo": {"type": "user", "id": "1"}, "firstRelease": {"version": "1"}, "statusDetails": {"inCommit": null},
                     "metadata": {"type": "E", "value": 5, "title": ["x"]}, "permalink": "https://elsewhere/"}
                    """)
            let issue = try await api.issue(Issue.ID(7))
            #expect(
                issue.id == Issue.ID(7) && issue.count == 12 && issue.shortID == "SHOP-WEB-7" && issue.commentCount == 2
            )
            #expect(issue.level == .warning && issue.status == .ignored)
            #expect(issue.project == Project(id: 3, slug: "shop-web", name: "Shop"))
            #expect(issue.firstSeen.milliseconds == 1_795_468_459_284 && issue.lastSeen == .utc(1_795_478_400))
            #expect(issue.metadata == Issue.Metadata(type: "E", value: "5"))
        }
    }

    /// An alert with an odd field is still an alert.
    @Test func `an issue of which only the id can be read is an issue`() async throws {
        let api = GlitchTipAPI(
            json: """
                [{"id": "7"}, {"id": "8", "title": 5, "level": "critical", "status": "muted", "count": "many", "project": null,
                  "firstSeen": "soon", "lastSeen": 3, "numComments": [], "metadata": "none", "shortId": null},
                 {"id": "9", "lastSeen": "2026-11-24T00:00:00Z"}, {"title": "no id"}, {"id": "x"}, null, "…"]
                """)
        let issues = try await api.issues(IssueFilter()).items
        #expect(issues.map(\.id.number) == [7, 8, 9])
        #expect(issues.map(\.shortID) == ["#7", "#8", "#9"])
        #expect(issues[1].level == .error && issues[1].status == .unresolved && issues[1].count == 0)
        #expect(issues[2].firstSeen == issues[2].lastSeen)
    }

    @Test func `comments, releases and monitors in either spelling`() async throws {
        let comments = try await GlitchTipAPI(
            json: """
                [{"id": "5", "data": {"text": "a", "mentions": []}, "date_created": "2026-11-24T00:00:00Z", "user": {"id": 1, "email": "a@x"}},
                 {"id": 6, "data": null, "user": null}, {"data": {"text": "no id"}}]
                """
        ).comments(on: Issue.ID(1))
        #expect(comments.map(\.id) == [5, 6])
        #expect(comments.map(\.text) == ["a", ""])
        #expect(comments.map(\.author) == ["a@x", nil])
        #expect(comments[0].date == .utc(1_795_478_400))

        let releases = try await GlitchTipAPI(
            json: """
                [{"version": "a@1", "date_created": "2026-11-24T00:00:00Z", "projects": [{"slug": "a", "id": 1}, {"name": "b"}]},
                 {"version": "a@2", "dateCreated": null, "projects": null, "ref": null, "date_released": null},
                 {"version": "a@3", "ref": "9fceb02", "dateReleased": "2026-11-24T00:00:00Z"}, {"ref": "x"}]
                """
        ).releases()
        #expect(
            releases == [
                Release(version: "a@1", projects: ["a"], firstSeen: .utc(1_795_478_400)), Release(version: "a@2"),
                Release(version: "a@3", ref: "9fceb02", releasedAt: .utc(1_795_478_400)),
            ])

        let monitors = try await GlitchTipAPI(
            json: """
                [{"id": "4", "name": "Shop", "is_up": false, "last_change": "2026-11-24T00:00:00Z", "project_id": 9},
                 {"id": 5, "isUp": "yes", "projectId": "8"}, {"name": "no id"}]
                """
        ).monitors()
        #expect(
            monitors == [
                Monitor(id: 4, name: "Shop", isUp: false, lastChange: .utc(1_795_478_400), project: 9),
                Monitor(id: 5, name: "#5", isUp: nil, project: 8),
            ])
    }

    @Test func `tags whose values are numbers`() async throws {
        let tags = try await GlitchTipAPI(
            json:
                #"[{"key": "tier", "topValues": [{"value": 3, "count": "2"}, {"value": null}, 7]}, {"key": "a"}, {"name": "x"}]"#
        ).tags(of: Issue.ID(1))
        #expect(tags.map(\.key) == ["a", "tier"])
        #expect(tags[1].values.map(\.text) == ["3", ""])
        #expect(tags[1].values.map(\.count) == [2, 0])
    }
}
