import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// From what SDKs call a release to the commit that it was made of, on real repositories.
@Suite(.timeLimit(.minutes(2))) struct ReleaseTests {
    private let investigator = Investigator(stepLimit: .seconds(60))

    @Test(arguments: [
        ("2.3.1", "v2.3.1"), ("v2.3.1", "v2.3.1"), ("2.3.1", "2.3.1"), ("shop-web@2.3.1", "v2.3.1"),
        ("shop-web@v2.3.1", "2.3.1"), ("2.3.1+build.7", "v2.3.1"), ("@acme/shop-web@2.3.1", "shop-web@2.3.1"),
        ("com.acme.shop@2.3.1+451", "release-2.3.1"), ("shop-web@2.3.1-rc.1", "v2.3.1-rc.1"),
        ("billing@2.3.1", "billing/v2.3.1"), ("2.3.1+20260101", "v2.3.1"),
    ])
    func `a release is found by its tag, and the report says which`(release: String, tag: String) async throws {
        try await SampleRepository.run { shop in
            let (first, _) = try await shop.fillShop()
            try await shop.git("tag", "-a", "-m", "x", tag, first)
            let finding = await investigator.finding(
                SampleRepository.crash(), in: shop.repository, at: .ofRelease(release))
            #expect(finding.revision?.sha == first)
            #expect(finding.revision?.choice == "release \(release)" + (release == tag ? "" : ", tag \(tag)"))
        }
    }

    @Test func `a pattern names tags that nobody would guess, and goes first`() async throws {
        try await SampleRepository.run { shop in
            let (first, second) = try await shop.fillShop()
            try await shop.git("tag", "v2.3.1", second)
            try await shop.git("tag", "web/rel-2.3.1-final", first)
            let pattern = try #require(TagPattern(text: "web/rel-{version}-final"))
            let finding = await investigator.finding(
                SampleRepository.crash(), in: shop.repository, at: .ofRelease("shop-web@2.3.1+7", pattern))
            #expect(finding.revision?.sha == first)
            #expect(finding.revision?.choice == "release shop-web@2.3.1+7, tag web/rel-2.3.1-final")
        }
    }

    @Test(arguments: ["", "v1", "{version} x", "-{version}", "{version}..x", "@{version}~1", "a@{{version}"])
    func `a pattern that no tag can have is refused`(text: String) { #expect(TagPattern(text: text) == nil) }

    @Test(arguments: [
        ("", 40), ("", 8), ("shop-web@", 40), ("2.3.1+", 12), ("2.3.1-5-g", 10), ("2.3.2.dev1+g", 9), ("sha-", 7),
    ])
    func `a release is found by its hash`(before: String, length: Int) async throws {
        try await SampleRepository.run { shop in
            let (first, _) = try await shop.fillShop()
            let release = before + first.prefix(length)
            let finding = await investigator.finding(
                SampleRepository.crash(), in: shop.repository, at: .ofRelease(release))
            #expect(finding.revision?.sha == first)
            #expect(finding.revision?.choice.hasSuffix(", a commit") == true)
        }
    }

    @Test func `the commit of a build goes before its number, and the package's tag before another's`() async throws {
        try await SampleRepository.run { shop in
            let (first, second) = try await shop.fillShop()
            try await shop.git("tag", "v2.3.1", second)
            try await shop.git("tag", "api-v2.3.1", first)
            for release in ["shop@2.3.1+\(first)", "2.3.1+g\(first.prefix(9)).d20260101", "api@2.3.1"] {
                let finding = await investigator.finding(
                    SampleRepository.crash(), in: shop.repository, at: .ofRelease(release))
                #expect(finding.revision?.sha == first)
            }
        }
    }

    @Test func `the likely commit is placed between two releases`() async throws {
        try await SampleRepository.run { shop in
            let (first, culprit) = try await shop.fillShop()
            try await shop.git(["tag", "-a", "-m", "x", "v2.3.0", first], day: 1)
            try await shop.git(["tag", "-a", "-m", "x", "v2.3.1", culprit], day: 101)
            try await shop.git(["tag", "-a", "-m", "x", "billing-9", first], day: 2)
            let event = SampleRepository.crash(release: "shop-web@2.3.1")
            let issue = Self.issue(firstSeen: Date(timeIntervalSince1970: 1_700_000_000 + 100.5 * 86400))
            func finding(at revision: Revision) async -> Finding {
                await investigator.investigate(
                    event, issue: issue, in: [shop.repository], at: revision, seen: FrameStatistics(), similar: { [] },
                    progress: { _ in })
            }
            let suspect = try #require(await finding(at: .ofRelease(event.release)).suspects.first)
            #expect(suspect.isLikely)
            #expect(suspect.reasons.last == "first in v2.3.1, not yet in v2.3.0")
            // Nothing after the commit that was named may count.
            #expect(
                await finding(at: .exactly(culprit)).suspects.first?.reasons.contains { $0.hasPrefix("first in") }
                    == false)
        }
    }

    private static func issue(firstSeen: Date) -> Domain.Issue {
        Domain.Issue(
            id: Domain.Issue.ID(2), shortID: "SHOP-WEB-2", title: "TypeError", level: .error, status: .unresolved,
            project: Project(id: 1, slug: "shop-web", name: "Shop"), count: 1, firstSeen: firstSeen, lastSeen: firstSeen
        )
    }

    @Test func `a fix that a later release has is said to be there`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try await shop.git(["tag", "-a", "-m", "x", "v2.3.1"], day: 102)
            try shop.write("lib/cart.js", SampleRepository.cart(price: "item.offer?.price ?? item.price"))
            try await shop.commit("Fix items without an offer", day: 110)
            try await shop.git(["tag", "-a", "-m", "x", "v2.3.2"], day: 111)
            let event = SampleRepository.crash(release: "2.3.1")
            let finding = await investigator.finding(event, in: shop.repository, at: .ofRelease(event.release))
            #expect(finding.laterChanges.map(\.tag) == ["v2.3.2"])
            #expect(finding.text().contains("not yet in 2.3.1 but in v2.3.2: likely fixed there."))
        }
    }
}
