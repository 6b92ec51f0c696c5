import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// A project of several repositories, investigated as one.
@Suite(.timeLimit(.minutes(2))) struct ReadingsTests {
    private let investigator = Investigator(stepLimit: .seconds(60))

    /// The shop, whose cart calls a library that is in a repository of its own.
    private func withBoth(_ body: (SampleRepository, SampleRepository) async throws -> Void) async throws {
        try await SampleRepository.run { shop in
            let lib = SampleRepository(path: "\(shop.parent)/shop-lib")
            try FileManager.default.createDirectory(atPath: lib.path, withIntermediateDirectories: true)
            try await lib.git("init", "--quiet", "--initial-branch=main")
            _ = try await shop.fillShop()
            try lib.write("CODEOWNERS", "src/ @payments\n")
            try lib.write("src/money.js", "function round(cents) {\n  return cents;\n}\n")
            try await lib.commit("Round money", by: "Bob", day: 10)
            try lib.write("src/money.js", "function round(cents) {\n  return cents.value;\n}\n")
            try await lib.commit("Take the value", by: "Bob", day: 101)
            try await body(shop, lib)
        }
    }

    private static let crash: Event = {
        let shop = SampleRepository.crash()
        let frames = shop.exceptions[0].frames + [Frame(filename: "/srv/lib/src/money.js", function: "round", line: 2)]
        return Event(
            id: "a2", issue: shop.issue, date: shop.date, title: shop.title,
            exceptions: [Exception(type: "TypeError", value: "cents is undefined", frames: frames)])
    }()

    private func repository(_ sample: SampleRepository, _ origin: String? = nil) -> Repository {
        var repository = Repository(path: sample.path)
        repository.forge = origin.flatMap { Forge(remote: $0) }
        return repository
    }

    private func finding(
        _ repositories: Repository..., of event: Event = crash, at revision: Revision = .ofRelease(nil)
    ) async -> Finding {
        await investigator.investigate(
            event, issue: nil, in: repositories, at: revision, seen: FrameStatistics(), similar: { [] },
            progress: { _ in })
    }

    @Test func `each frame is looked up in all, and the report says which repository a file and a commit are in`()
        async throws
    {
        try await withBoth { shop, lib in
            let finding = await finding(
                repository(shop, "git@github.com:acme/shop-web.git"),
                repository(lib, "https://gitlab.com/acme/shop-lib.git"))
            #expect(
                finding.locations.map(\.place) == [
                    "shop-lib/src/money.js:2", "shop-web/lib/cart.js:7", "shop-web/server.js:3",
                ])
            #expect(finding.notes == [])
            #expect(finding.owners == ["payments"])
            #expect(finding.sources.map(\.name) == ["shop-web", "shop-lib"])
            let guilty = try #require(finding.suspects.first)
            #expect(guilty.subject == "Take the value")
            #expect(guilty.reasons.first == "changed shop-lib/src/money.js:2, the line of the crash")

            let html = finding.html().markup
            let link = "https://gitlab.com/acme/shop-lib/-"
            let sha = try #require(finding.sources.last?.revision.sha)
            #expect(html.contains("Where: <a href=\"\(link)/blob/\(sha)/src/money.js#L2\">shop-lib/src/money.js:2</a>"))
            #expect(
                html.contains("<a href=\"\(link)/commit/\(sha)\">\(sha.prefix(8))</a> in shop-lib “Take the value”"))
            #expect(
                html.contains(
                    "shop-lib was read at <code>\(sha.prefix(8))</code>, HEAD, as the event names no release."))
            #expect(finding.text().contains("\(sha.prefix(8)) in shop-lib Take the value, Bob"))
            #expect(finding.markdown(for: nil).contains("](\(link)/commit/\(sha)) in shop-lib"))
            #expect(
                finding.suspects.contains { suspect in
                    finding.link(toCommit: suspect.sha)
                        == "https://github.com/acme/shop-web/commit/\(suspect.sha)"
                })
        }
    }

    @Test func `a file that several have belongs to the one whose path agrees more, else to the one named first`()
        async throws
    {
        try await withBoth { shop, lib in
            try lib.write("vendor/lib/cart.js", SampleRepository.cart(price: "0"))
            try lib.write("server.js", "serve();\n\n\n")
            try await lib.commit("Copy", day: 102)
            let finding = await finding(repository(shop), repository(lib))
            #expect(
                finding.locations.map(\.path) == [
                    "shop-lib/src/money.js", "shop-web/lib/cart.js", "shop-web/server.js",
                ])
        }
    }

    @Test func `what none of them has is said once, with the names of all`() async throws {
        try await withBoth { shop, lib in
            let event = Event(
                id: "a3", issue: Domain.Issue.ID(2), title: "x",
                exceptions: [Exception(type: "", value: "", frames: [Frame(filename: "qqq/zzz.js", function: "qqq")])])
            let finding = await finding(repository(shop), repository(lib), of: event)
            let (web, money) = (finding.sources[0].revision.sha.prefix(8), finding.sources[1].revision.sha.prefix(8))
            #expect(
                finding.notes.first
                    == "No code: `qqq/zzz.js` is not in shop-web at \(web) or shop-lib at \(money).")
            #expect(finding.suspects.isEmpty)
        }
    }

    @Test func `one that cannot be read is said, and the others are read`() async throws {
        try await withBoth { shop, lib in
            let gone = Repository(path: "\(shop.parent)/none")
            let finding = await finding(repository(shop), gone)
            #expect(finding.locations.first?.place == "shop-web/lib/cart.js:7")
            #expect(finding.notes.contains { $0.hasPrefix("No code of none: ") })
        }
    }

    @Test func `a line that changed since is told of the repository that it is in`() async throws {
        try await withBoth { shop, lib in
            try await shop.git("tag", "v2")
            try await lib.git("tag", "v2")
            try lib.write("src/money.js", "function round(cents) {\n  return cents?.value;\n}\n")
            let fix = try await lib.commit("Fix money without cents", by: "Bob", day: 103)
            let finding = await finding(repository(shop), repository(lib), at: .ofRelease("2"))
            #expect(finding.laterChanges.map(\.path) == ["shop-lib/src/money.js"])
            #expect(finding.laterChanges.map(\.sha) == [fix])
            #expect(finding.locations.first?.since == "changed since")
            #expect(!finding.notes.contains(Reading.untouched))
            #expect(finding.html().markup.contains("by <code>\(fix.prefix(8))</code> in shop-lib “Fix money"))
        }
    }

    @Test func `the commits of a similar issue link to the repository that has them`() async throws {
        try await withBoth { shop, lib in
            try lib.write("README.md", "Money\n")
            let fix = try await lib.commit("Say what it is, fixes SHOP-9", by: "Bob", day: 20)
            try shop.write("CHANGES.md", "One\n")
            let culprit = try await shop.commit("Begin a list of changes", day: 21)
            let strange = String(repeating: "d", count: 40)
            func candidate(_ number: Int, _ ending: Finding.Ending) -> Candidate {
                let seen = Date(timeIntervalSince1970: 1_700_000_000)
                return Candidate(
                    issue: Domain.Issue(
                        id: Domain.Issue.ID(number), shortID: "SHOP-\(number)", title: Self.crash.title, level: .error,
                        status: .resolved, project: Project(id: 1, slug: "shop-web", name: "Shop"), count: 1,
                        firstSeen: seen, lastSeen: seen),
                    event: Self.crash, ending: ending)
            }
            let taught = Finding.TaughtCommit(
                sha: culprit, author: "Ada", date: Date(timeIntervalSince1970: 0), subject: "Begin", person: "Grace")
            let similar = [
                candidate(9, .init(culprit: taught)),
                candidate(8, .init(named: .init(sha: strange, isConfirmed: true))),
            ]
            let web = repository(shop, "git@github.com:acme/shop-web.git")
            let money = repository(lib, "https://gitlab.com/acme/shop-lib.git")
            let finding = await investigator.investigate(
                Self.crash, issue: nil, in: [web, money], at: .ofRelease(nil), seen: FrameStatistics(),
                similar: { similar }, progress: { _ in })
            let solved = finding.html().markup.split(separator: "\n").filter { $0.hasPrefix("Solved before") }
            let links = [
                "<a href=\"https://gitlab.com/acme/shop-lib/-/commit/\(fix)\">\(fix.prefix(8))</a> in shop-lib",
                "<a href=\"https://github.com/acme/shop-web/commit/\(culprit)\">\(culprit.prefix(8))</a> in shop-web",
            ]
            #expect(
                solved == [
                    "Solved before (100 % alike): SHOP-9 \(Self.crash.title); see \(links[0]); it was \(links[1])",
                    // Nobody has it, so it has no link that might be wrong.
                    "Solved before (100 % alike): SHOP-8 \(Self.crash.title); it was <code>dddddddd</code>",
                ])
            #expect(
                finding.text().contains(
                    "A commit names it: \(fix.prefix(8)) in shop-lib “Say what it is, fixes SHOP-9” by Bob"))
        }
    }

    @Test func `two of one name are told apart`() async throws {
        try await withBoth { shop, _ in
            let finding = await finding(repository(shop), repository(shop), of: SampleRepository.crash())
            #expect(finding.sources.map(\.name) == ["shop-web", "shop-web-2"])
            #expect(finding.locations.first?.path == "shop-web/lib/cart.js")
        }
    }
}
