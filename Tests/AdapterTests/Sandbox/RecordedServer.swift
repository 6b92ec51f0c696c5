import Domain
import FoundationEssentials

@testable import Sandbox

/// A stand-in in the state that the recorded GlitchTip was in.
enum RecordedServer {
    static func make(for recording: ReplayedCall) async -> StandInGlitchTip {
        let now = WireTime.parse("2026-11-23T21:22:30Z") ?? Date()
        let server = StandInGlitchTip(
            token: token("a"), organization: .init(slug: "admin-ai", name: "Admin AI"), now: { now })
        await server.adopt(.shared)
        let name = recording.name
        let isNoisy = ["06-bulk", "06-delete", "06-merge"].contains { name.hasPrefix($0) } || name.hasSuffix("noise")
        if isNoisy { await server.addNoise() }
        if name.hasPrefix("05-comment-") || name.hasPrefix("05-comments-l") || name == "05-comments-final" {
            await server.addComment("First comment", on: Issue.ID(1))
        }
        if name.hasPrefix("05-comment-") || name == "05-comments-limit" {
            await server.addComment("Second comment", on: Issue.ID(1))
        }
        if name == "06-issues-is-ignored" { await server.setStatus(.ignored, on: Issue.ID(2)) }
        if name == "06-issues-is-resolved" { await server.setStatus(.resolved, on: Issue.ID(2)) }
        if name.hasPrefix("11-"), name != "11-monitors-empty" { await server.addMonitors() }
        return server
    }

    static func token(_ letter: Character) -> String { String(repeating: letter, count: 64) }
}

extension StandInGlitchTip {
    fileprivate func adopt(_ state: RecordedState) {
        url = "http://127.0.0.1:18000"
        accounts = [
            Account(id: 1, email: "alice@example.com", name: "Alice Admin", role: "owner"),
            Account(id: 2, email: "bob@example.com", name: "Bob Backend", role: "member"),
            Account(id: 3, email: "carol@example.com", name: "Carol Client", role: "admin"),
            Account(id: 4, email: "mallory@example.com", name: "Mallory", role: "owner", organization: "other-org"),
        ]
        let read = ["project:read", "team:read", "event:read", "org:read", "member:read"]
        for (letter, scopes, account) in [
            ("b", read, 1), ("c", ["project:read"], 1), ("d", AccessToken.everything, 2),
            ("e", AccessToken.everything, 4), ("f", [], 1), ("9", ["event:read", "event:write"], 1),
        ] as [(Character, [String], Int)] { addToken(RecordedServer.token(letter), scopes: scopes, account: account) }
        projects = RecordedState.projects
        issues = state.issues
        releases = state.releases
    }

    /// Issues that were made to try deletion and long lists on.
    fileprivate func addNoise() {
        add(Project(id: 4, slug: "noise", name: "Noise"))
        add(Project(id: 5, slug: "noise-2", name: "Noise 2"))
        for id in 113...117 { add(id, title: "Noise: number \(id)", in: "noise") }
        for id in 158...387 { add(id, title: "Noise: number \(id)", in: "noise-2") }
    }

    fileprivate func addMonitors() {
        let checked = Date(timeIntervalSince1970: 1_795_468_000.25)
        for (id, project) in [(1, "shop-web"), (2, nil)] as [(Int, String?)] {
            add(
                Monitor(
                    id: id, name: "Monitor \(id)", url: "http://127.0.0.1:18050/health", project: project,
                    created: checked, isUp: id == 1, lastChange: checked))
        }
    }
}

/// The issues, events and releases that the recordings tell of.
private struct RecordedState: Sendable {
    static let shared = RecordedState()
    static let projects = [
        Project(id: 1, slug: "shop-web", name: "Shop Web", platform: "node"),
        Project(id: 2, slug: "billing-api", name: "Billing API", platform: "python"),
    ]

    private(set) var issues: [Int: StandInGlitchTip.StoredIssue] = [:]
    private(set) var releases: [StandInGlitchTip.StoredRelease] = []
    private let moments = Moments()

    private init() {
        for row in ReplayedCall.named("02-issues-default")?.body?.array ?? [] { add(issue: row) }
        for recording in ReplayedCall.all where recording.name.hasPrefix("04-event-latest-") {
            if let body = recording.body, body["groupID"]?.string != "1" { add(event: body) }
        }
        for event in (ReplayedCall.named("04-issue-events")?.body?.array ?? []).reversed() {
            add(event: Self.camelCase(event))
        }
    }

    private mutating func add(issue row: JSON) {
        guard let id = row["id"]?.string.flatMap({ Int($0) }), let shortID = row["shortId"]?.string,
            let project = Self.projects.first(where: { $0.slug == row["project"]?["slug"]?.string }),
            let first = moments.read(row["firstSeen"]), let last = moments.read(row["lastSeen"])
        else { return }
        let number = shortID.split(separator: "-").last.flatMap { Int($0, radix: 36) }
        var issue = StandInGlitchTip.StoredIssue(
            id: id, number: number ?? 0,
            project: project, level: row["level"]?.string.flatMap(Issue.Level.init) ?? .error, firstSeen: first,
            lastSeen: last)
        issue.status = row["status"]?.string.flatMap(Issue.Status.init) ?? .unresolved
        issue.type = row["type"]?.string ?? "error"
        issue.title = row["title"]?.string ?? ""
        issue.metadata = row["metadata"] ?? [:]
        issue.count(row["count"]?.string.flatMap { Int($0) } ?? 1, at: last)
        issues[id] = issue
    }

    /// Without counting it: the issue has its count already.
    private mutating func add(event body: JSON) {
        guard let issue = body["groupID"]?.string.flatMap({ Int($0) }), let id = body["eventID"]?.string,
            var fields = body.object
        else { return }
        for neighbour in ["nextEventID", "previousEventID", "userReport"] { fields[neighbour] = nil }
        let received = moments.read(body["dateReceived"]) ?? Date()
        let event = StandInGlitchTip.StoredEvent(id: id, received: received, body: .object(fields))
        issues[issue]?.events.append(event)
        if let version = event.tags.first(where: { $0.key == "release" })?.value,
            !releases.contains(where: { $0.version == version })
        {
            releases.append(.init(version: version, project: fields["projectID"]?.int ?? 0, created: received))
        }
    }

    private static func camelCase(_ event: JSON) -> JSON {
        let names = [
            "event_id": "eventID", "project_id": "projectID", "group_id": "groupID", "date_created": "dateCreated",
            "date_received": "dateReceived", "api_target": "apiTarget", "body_size": "bodySize",
            "query_string": "query",
            "inferred_content_type": "inferredContentType",
        ]
        let renamed = { (value: JSON) -> JSON in
            let fields = (value.object ?? [:]).map { (names[$0.key] ?? $0.key, $0.value) }
            return .object(Dictionary(fields) { first, _ in first })
        }
        let entries = (event["entries"]?.array ?? []).map { entry in
            entry["type"] == "request" ? entry.merging(["data": renamed(entry["data"] ?? [:])]) : entry
        }
        return renamed(event).merging(["entries": .array(entries)])
    }
}

/// Bodies show moments in milliseconds; the cursors beside them know the rest.
private struct Moments: Sendable {
    private let precise: [Int: Date]

    init() {
        var precise: [Int: Date] = [:]
        for link in ReplayedCall.all.compactMap(\.link) {
            for part in link.split(separator: "cursor=\"").dropFirst() {
                let position = Paging.Cursor(text: String(part.prefix { $0 != "\"" }))?.position
                guard let date = position.flatMap({ WireTime.parse($0.replacing(" ", with: "T")) }) else { continue }
                precise[WireTime.micros(date) / 1000] = date
            }
        }
        self.precise = precise
    }

    func read(_ value: JSON?) -> Date? {
        guard let date = value?.string.flatMap(WireTime.parse) else { return nil }
        return precise[WireTime.micros(date) / 1000] ?? date
    }
}
