import Domain
import FoundationEssentials
import Sandbox
import Testing

@testable import Investigation

/// The sample shop: real git repositories, and issues that an investigation can solve as far as they are meant to be.
@Suite(.timeLimit(.minutes(5))) struct ShopTests {
    private static let investigator = Investigator(stepLimit: .seconds(30))

    @Test func `the same moment gives the same hashes`() async throws {
        try await inFolder { folder in
            let now = Date(timeIntervalSince1970: 1_790_000_000)
            let first = try await ShopRepository.make(in: folder + "/a", now: now)
            let second = try await ShopRepository.make(in: folder + "/b", now: now)
            #expect(first.commits == second.commits)
            #expect(first.commits.count >= 40)
            let later = try await ShopRepository.make(in: folder + "/c", now: now.addingTimeInterval(60))
            #expect(later.commits[ShopRepository.culprit] != first.commits[ShopRepository.culprit])
        }
    }

    @Test func `git finds nothing wrong, and the tags stand before HEAD`() async throws {
        try await World.runForTest { world in
            let web = SampleRepository(path: world.repository.web)
            try await web.git("fsck", "--strict", "--no-dangling")
            #expect(try await web.git("status", "--porcelain") == "")
            #expect(try await web.git("describe", "--tags", "--match", "v*").hasPrefix("v2.3.1-4-g"))
            #expect(try await web.git("merge-base", "--is-ancestor", "v2.3.0", "v2.3.1") == "")
            #expect(try await web.git("log", "-1", "--format=%an", culprit(in: world)) == "Ravi Menon")
            let platform = SampleRepository(path: world.repository.platform)
            try await platform.git("fsck", "--strict", "--no-dangling")
            #expect(try await platform.git("status", "--porcelain") == "")
        }
    }

    @Test func `issue 2 comes from one commit, which is in release 2_3_1`() async throws {
        try await World.runForTest { world in
            let finding = try await finding(of: 2, in: world)
            #expect(finding.revision?.choice == "release shop-web@2.3.1, tag v2.3.1")
            #expect(finding.locations.first?.place.hasPrefix("lib/cart.js:") == true)
            let suspect = try #require(finding.suspects.first)
            #expect(suspect.sha == (try culprit(in: world)))
            #expect(suspect.isLikely)
            #expect(finding.notes == ["Nothing changed these lines from the release to HEAD."])
            #expect(finding.laterChanges.isEmpty)
        }
    }

    @Test func `issue 3 has several suspects, and none that is likely`() async throws {
        try await World.runForTest { world in
            let finding = try await finding(of: 3, in: world)
            #expect(finding.suspects.count >= 3)
            #expect(!finding.suspects.contains { $0.isLikely })
        }
    }

    @Test func `issue 4 is mended at HEAD`() async throws {
        try await World.runForTest { world in
            let finding = try await finding(of: 4, in: world)
            #expect(finding.suspects.first?.subject == "Show prices in the shop's currency")
            #expect(finding.laterChanges.map(\.subject) == ["Fall back to euros when a shop has no currency"])
        }
    }

    @Test func `the code of the others is found`() async throws {
        try await World.runForTest { world in
            for (issue, file) in [
                (1, "lib/cart.js"), (5, "lib/mailer.js"), (7, "services/billing/billing/rates.py"), (8, "lib/db.js"),
                (11, "lib/search.js"), (12, "public/js/badge.js"),
            ] {
                let finding = try await finding(of: issue, in: world)
                #expect(finding.files.map(\.path).contains(file), "issue \(issue)")
            }
            #expect(try await finding(of: 10, in: world).notes.contains("No code: no repository was named."))
        }
    }

    @Test func `no secret of an event is shown`() async throws {
        try await World.runForTest { world in
            for issue in 1...12 {
                let finding = try await finding(of: issue, in: world)
                let shown = try String(decoding: finding.json(), as: UTF8.self) + "\(finding)"
                for secret in World.secrets { #expect(!shown.contains(secret), "issue \(issue)") }
            }
        }
    }

    private func finding(of issue: Int, in world: World) async throws -> Finding {
        let event = try await world.api.latestEvent(of: Domain.Issue.ID(issue))
        let issue = try await world.api.issue(Domain.Issue.ID(issue))
        let repository: Repository? =
            switch issue.project.slug {
            case "shop-web": Repository(path: world.repository.web)
            case "billing-api": Repository(path: world.repository.platform, folder: "services/billing")
            default: nil
            }
        return await Self.investigator.investigate(
            event, issue: issue, in: repository.map { [$0] } ?? [], at: .ofRelease(event.release),
            seen: FrameStatistics(),
            similar: { [] },
            progress: { _ in })
    }

    private func culprit(in world: World) throws -> String {
        try #require(world.repository.commits[ShopRepository.culprit])
    }
}

/// A folder of its own for a test, removed behind it.
func inFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.path() + "/tipline-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}
