import Domain
import FoundationEssentials
import GlitchTip
import Testing

@testable import Runbooks
@testable import Sandbox

private typealias Issue = Domain.Issue

/// The five that ship: they lint, and fit what they are for and nothing else that was recorded.
@Suite struct ShippedRunbooksTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path()

    private static func shelf() async -> Shelf { await Library(folders: [], shipped: root + "runbooks").current() }

    private static func runbook(_ name: String) async throws -> Runbook {
        let name = try #require(Runbook.Name(name))
        return try #require(await shelf()[name])
    }

    private static let names = [
        "database-connections", "expired-credentials", "out-of-memory-disk-files", "undefined-after-deploy",
        "upstream-failing",
    ]

    @Test func `lint has nothing to say about them`() async {
        let shelf = await Self.shelf()
        #expect(shelf.runbooks.map(\.name.text) == Self.names)
        #expect(Lint(shelf).troubles.map(\.description) == [])
    }

    @Test(arguments: names) func `each has all four parts, and steps to tick off`(name: String) async throws {
        let runbook = try await Self.runbook(name)
        #expect(runbook.body.sections.map(\.kind) == [.other, .check, .stop, .fix, .over])
        #expect(runbook.body.checks.count >= 4 && runbook.body.steps.count >= 7)
        #expect(runbook.examples.count >= 5 && runbook.counterexamples.count >= 4)
    }

    @Test(arguments: names) func `each is the first for its examples, and no other fits them for sure`(name: String)
        async throws
    {
        let shelf = await Self.shelf()
        let runbook = try await Self.runbook(name)
        for example in runbook.examples {
            let offer = shelf.matching.match(example.subject)
            #expect(offer.matches.map(\.runbook.name) == [runbook.name], "line \(example.line)")
        }
        for example in runbook.counterexamples {
            let matches = shelf.matching.match(example.subject).matches
            #expect(!matches.contains { $0.runbook.name == runbook.name }, "line \(example.line)")
        }
    }

    // MARK: Recordings

    /// What is linked or offered for each recorded event; for all others nothing is.
    private static let events = [
        "04-event-latest-browser-js": "undefined-after-deploy, linked",
        "04-event-latest-chained-cause-node": "database-connections, linked",
        "04-event-latest-python-chained": "upstream-failing, linked",
        "04-event-latest-synthetic": "upstream-failing, linked",
        "04-event-latest-type-only-exception": "out-of-memory-disk-files, linked",
    ]

    @Test func `they fit the recorded events that they are for, and nothing else`() async throws {
        let matching = await Self.shelf().matching
        var found: [String: String] = [:]
        var count = 0
        for recording in try Self.recordings.get() {
            for event in try recording.events() {
                count += 1
                if let words = Self.words(matching.match(Subject(issue: nil, event: event))) {
                    found[recording.name] = words
                }
            }
        }
        #expect(found == Self.events)
        #expect(count == 35)
    }

    /// By short id; an issue of the list has no event, so its title and metadata must do.
    private static let issues = [
        "SHOP-WEB-3": "undefined-after-deploy, linked", "SHOP-WEB-7": "out-of-memory-disk-files, linked",
        "SHOP-WEB-8": "upstream-failing, linked", "SHOP-WEB-K": "out-of-memory-disk-files, linked",
    ]

    @Test func `they fit the recorded issues that they are for, and nothing else`() async throws {
        let matching = await Self.shelf().matching
        var found: [String: String] = [:]
        var seen: Set<String> = []
        for issue in try Self.recordings.get().flatMap({ try $0.issues() }) {
            seen.insert(issue.shortID)
            if let words = Self.words(matching.match(Subject(issue: issue, event: nil))) {
                found[issue.shortID] = words
            }
        }
        #expect(found == Self.issues)
        #expect(seen.count == 40)
    }

    /// By number: two vouchers, and a database that is full.
    private static let samples = [
        1: "undefined-after-deploy, linked", 2: "undefined-after-deploy, linked", 8: "database-connections, linked",
    ]

    @Test func `they fit the issues of the stand-in world that they are for, and nothing else`() async throws {
        let matching = await Self.shelf().matching
        let world = SampleIssues(now: Date(timeIntervalSince1970: 1_795_468_459))
        let issues = try world.webIssues() + world.billingIssues() + [world.hostileIssue, world.mobileIssue]
        var found: [Int: String] = [:]
        for issue in issues {
            for event in issue.events {
                if let words = Self.words(matching.match(Subject(issue: nil, event: event))) { found[issue.id] = words }
            }
        }
        #expect(found == Self.samples)
        #expect(issues.count == 12)
    }

    private static func words(_ offer: Matching.Offer) -> String? {
        let words = offer.matches.map { match in
            match.runbook.name.text + (match.runbook.name == offer.linked?.runbook.name ? ", linked" : "")
        }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    /// Read once for both tests.
    private static let recordings = Result { try readRecordings() }

    private static func readRecordings() throws -> [Recorded] {
        let folder = root + "Tests/AdapterTests/Recordings"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().compactMap { name in
            let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
            guard let call = try? JSONDecoder().decode(Recorded.Call.self, from: data), let body = call.response.body
            else {
                return nil
            }
            return Recorded(name: String(name.dropLast(".json".count)), bodies: body.list ?? [body])
        }
    }
}

/// The bodies of one recorded answer that may be events or issues.
private struct Recorded: Sendable {
    let name: String
    let bodies: [JSONText]

    struct Call: Decodable { let response: Response }
    struct Response: Decodable { let body: JSONText? }

    func events() throws -> [Event] {
        try bodies.filter { $0["entries"] != nil }.map { try EventDocument.decode(Array(JSONEncoder().encode($0))) }
    }

    func issues() throws -> [Issue] {
        bodies.compactMap { body in
            guard let shortID = body["shortId"]?.text, let title = body["title"]?.text else { return nil }
            let metadata = body["metadata"]
            let never = Date(timeIntervalSince1970: 0)
            return Issue(
                id: Issue.ID(1), shortID: shortID, title: title,
                level: body["level"]?.text.flatMap(Issue.Level.init) ?? .error,
                status: .unresolved, project: Project(id: 1, slug: body["project"]?["slug"]?.text ?? "", name: ""),
                count: 1,
                firstSeen: never, lastSeen: never,
                metadata: Issue.Metadata(type: metadata?["type"]?.text, value: metadata?["value"]?.text))
        }
    }
}
