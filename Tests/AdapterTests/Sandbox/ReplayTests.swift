import Domain
import FoundationEssentials
import Testing

@testable import Sandbox

/// The stand-in answers as the recorded GlitchTip did: the same status, content type, Link header, keys and kinds; in lists
/// of issues also the same issues, and in refusals the same words.
@Suite(.timeLimit(.minutes(2))) struct ReplayTests {
    /// What it does not serve, by the beginnings of the recordings' names.
    static let notServed = [
        "01-org-environments": "environments are known from the tags of events",
        "01-project-environments": "environments are known from the tags of events",
        "01-org-member-detail": "members are only listed", "01-users-me": "the API's root says who we are",
        "01-team": "teams mean nothing to a bot: members see every project", "01-project-teams": "as teams",
        "01-project-keys": "the bot sends no events", "06-create-project": "projects are made by operators",
        "06-project-delete": "as above", "04-event-json": "raw events; the other form has all that is needed",
        "04-issue-hashes": "how events are grouped is not asked", "04-project-event": "events are read by issue",
        "06-delete-get-after": "a worker deletes there, some seconds later; here it is gone at once",
        "06-bulk-delete-get-after": "depends on the call before it", "06-delete-again": "as above",
        "05-comment-delete-again": "as above",
        "08-release-create": "releases come from events; deployments announce them elsewhere",
        "08-release-finalize": "as above", "08-release-files": "source maps are not read",
        "08-user-reports": "what customers wrote is personal", "08-issue-after-report": "as above",
        "09-api-token": "for browsers only", "09-openapi": "documentation",
        "09-newline-in-token-stripped": "the header arrives without its last letter, as another token would",
        "10-alert": "rules are made by operators, in GlitchTip's own pages", "10-regression-issue": "a later issue",
        "11-api": "documentation", "11-health": "for GlitchTip's operator", "11-internal": "for GlitchTip's operator",
        "11-mcp": "5.2 has none", "11-heartbeat": "jobs call it, not the bot", "11-status-page": "for customers",
        "11-users": "settings of accounts", "11-notifications": "settings of accounts",
        "11-monitor-checks": "a monitor's last checks are in its detail",
        "11-monitor-create": "monitors are made by operators", "11-monitor-update": "as above",
        "11-monitor-delete": "as above", "11-monitor-ro-token-create": "as above",
    ]

    /// Lists whose rows the stand-in can't have: recorded with other issues, cut, or in no order.
    private static let otherRows = [
        "02-cursor-walk-count-1": "ties come in any order", "02-cursor-walk-count-2": "ties come in any order",
        "02-cursor-walk-count-3": "ties come in any order", "02-issues-sort-count": "ties come in any order",
        "02-issues-sort-desc-count": "ties come in any order",
        "02-cursor-walk-priority-3": "a place in this order is a fraction; one row stands on two pages",
        "02-issues-env-production": "an event of 1.8 MB was not kept", "02-issues-env-two": "as above",
        "02-issues-has": "as above", "02-issues-release": "only the newest events were kept",
        "02-issues-tag-quoted": "as above", "02-issues-text-star-only": "recorded later, with more issues",
        "02-issues-text-underscore-star": "as above", "03-issue-detail-gzip": "as above",
        "02-issues-limit-100-noise": "the recording was cut", "02-issues-limit-101-noise": "the recording was cut",
        "02-issues-limit-1000-noise": "the recording was cut", "02-issues-limit-none-noise": "the recording was cut",
    ]

    static let served = ReplayedCall.all.filter { recording in
        !notServed.keys.contains { recording.name.hasPrefix($0) }
    }

    @Test func `every recording is replayed, or there is a reason`() {
        #expect(ReplayedCall.all.count == 443)
        #expect(Self.served.count == 364)
        for name in Self.notServed.keys {
            #expect(ReplayedCall.all.contains { $0.name.hasPrefix(name) }, "no recording begins with \(name)")
        }
        for name in Self.otherRows.keys { #expect(ReplayedCall.named(name) != nil, "no recording is called \(name)") }
    }

    @Test(arguments: served)
    func `answers as recorded`(recording: ReplayedCall) async throws {
        let server = await RecordedServer.make(for: recording)
        let answer = await server.answer(recording.question)
        #expect(answer.status == recording.status)
        #expect(answer.header("Content-Type") == recording.contentType)
        #expect(answer.header("Allow") == recording.allowed)
        #expect(answer.header("Link").map(Self.form) == recording.link.map(Self.form))

        let body = (try? JSON(parsing: answer.body)) ?? .null
        let expected = recording.body ?? .null
        #expect(JSON.difference([body], [expected]) == [])
        if recording.status >= 400 { #expect(body == expected) }
        if let rows = expected.array, recording.question.path.hasSuffix("/issues/"),
            Self.otherRows[recording.name] == nil
        {
            #expect((body.array ?? []).map { $0["id"] } == rows.map { $0["id"] })
        }
    }

    /// Without the cursors, which hold moments to the microsecond.
    private static func form(_ link: String) -> String {
        link.split(separator: "cursor=").enumerated().map { index, part in
            index == 0 ? String(part) : "cursor=" + part.trimmingPrefix("\"").drop { !"&>\"".contains($0) }
        }.joined()
    }
}

extension JSON {
    /// Where keys or kinds of values differ. Nothing is said of what is null, or in an empty list, on either side.
    static func difference(_ own: [JSON], _ wanted: [JSON], at path: String = "$") -> [String] {
        let kinds = (Set(own.map(\.kind)).subtracting(["null"]), Set(wanted.map(\.kind)).subtracting(["null"]))
        guard !kinds.0.isEmpty, !kinds.1.isEmpty else { return [] }
        guard kinds.0 == kinds.1 else { return ["\(path) is \(kinds.0.sorted()), not \(kinds.1.sorted())"] }
        let fields = (fields(of: own), fields(of: wanted))
        let keys = Set(fields.0.keys).union(fields.1.keys).sorted()
        return difference(own.flatMap { $0.array ?? [] }, wanted.flatMap { $0.array ?? [] }, at: path + "[]")
            + keys.flatMap { key -> [String] in
                guard let mine = fields.0[key] else { return ["\(path).\(key) is missing"] }
                guard let theirs = fields.1[key] else { return ["\(path).\(key) is too much"] }
                return difference(mine, theirs, at: "\(path).\(key)")
            }
    }

    private static func fields(of objects: [JSON]) -> [String: [JSON]] {
        var fields: [String: [JSON]] = [:]
        for (key, value) in objects.flatMap({ $0.object.map(Array.init) ?? [] }) {
            fields[key, default: []].append(value)
        }
        return fields
    }

    private var kind: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int, .double: "number"
        case .string: "string"
        case .array: "list"
        case .object: "object"
        }
    }
}

extension Answer {
    func header(_ name: String) -> String? { headers.first { $0.0 == name }?.1 }
}
