import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// Where the tags of a clone do not tell in which release a commit first was, what GlitchTip knows does; real git.
@Suite(.timeLimit(.minutes(2))) struct KnownReleaseTests {
    private let investigator = Investigator(stepLimit: .seconds(60))

    /// The shop without tags: the hashes of its three commits, and of the one that mended it.
    private func withShop(_ body: (SampleRepository, [String]) async throws -> Void) async throws {
        try await SampleRepository.run { shop in
            let (first, culprit) = try await shop.fillShop()
            let explained = try await shop.git("rev-parse", "HEAD")
            try shop.write("lib/cart.js", SampleRepository.cart(price: "item.offer?.price ?? item.price"))
            let fix = try await shop.commit("Fix items without an offer", day: 110)
            try await body(shop, [first, culprit, explained, fix])
        }
    }

    private func finding(
        in shop: SampleRepository, of release: String?, at revision: Revision? = nil, _ releases: [Release],
        _ asked: Asked = Asked()
    ) async -> Finding {
        let firstSeen = Self.day(100.5)
        let issue = Domain.Issue(
            id: Domain.Issue.ID(2), shortID: "SHOP-WEB-2", title: "TypeError", level: .error, status: .unresolved,
            project: Project(id: 1, slug: "shop-web", name: "Shop"), count: 1, firstSeen: firstSeen,
            lastSeen: firstSeen)
        return await investigator.investigate(
            SampleRepository.crash(release: release), issue: issue, in: [shop.repository],
            at: revision ?? .ofRelease(release), seen: FrameStatistics(), similar: { [] },
            releases: {
                await asked.count()
                return releases
            }, progress: { _ in })
    }

    private static func day(_ number: Double) -> Date { Date(timeIntervalSince1970: 1_700_000_000 + number * 86_400) }

    private func placed(_ finding: Finding) -> [String] {
        (finding.suspects.first?.reasons ?? []).filter { $0.contains("release") }
    }

    @Test(arguments: [("", 40), ("", 9), ("shop-web@", 40), ("2.3.1+", 12), ("v2.3.1-5-g", 10)])
    func `a commit is placed between releases that are hashes, and so is its fix`(before: String, length: Int)
        async throws
    {
        try await withShop { shop, hashes in
            let names = hashes.map { before + $0.prefix(length) }
            let finding = await finding(
                in: shop, of: names[2], names.reversed().map { Release(version: $0) } + [Release(version: "0000000")])
            let shown = names.map { name in
                let own = before == "shop-web@" ? String(name.dropFirst(9)) : name
                return length == 40 ? String(own.prefix(8)) : own
            }
            #expect(
                placed(finding) == [
                    "first in release \(shown[1]), not yet in \(shown[0]), of those that GlitchTip knows"
                ])
            #expect(finding.laterChanges.map(\.tag) == [shown[3]])
            #expect(finding.text().contains(" but in \(shown[3]): likely fixed there."))
        }
    }

    @Test func `a release is found by the commit that it was announced with`() async throws {
        try await withShop { shop, hashes in
            let finding = await finding(
                in: shop, of: hashes[2],
                [
                    Release(version: "shop-web@3", ref: "main"),
                    Release(version: "shop-web@2", ref: hashes[1].uppercased()),
                    Release(version: "shop-web@1", ref: String(hashes[0].prefix(8))),
                ])
            #expect(
                placed(finding) == ["first in release 2, not yet in 1, of those that GlitchTip knows"])
            #expect(finding.laterChanges.map(\.tag) == [nil])
        }
    }

    @Test func `a release of another branch is neither before nor after`() async throws {
        try await withShop { shop, hashes in
            try await shop.git("checkout", "--quiet", "-b", "hotfix", hashes[0])
            let hotfix = try await shop.commit("Mend something else", day: 99)
            try await shop.git("checkout", "--quiet", "main")
            let finding = await finding(
                in: shop, of: hashes[1], [hashes[1], hotfix, hashes[0]].map { Release(version: $0) })
            #expect(
                placed(finding) == [
                    "first in release \(hashes[1].prefix(8)), not yet in \(hashes[0].prefix(8)), "
                        + "of those that GlitchTip knows"
                ])
        }
    }

    @Test func `without a release before it nothing is said`() async throws {
        try await withShop { shop, hashes in
            let finding = await finding(in: shop, of: hashes[2], [Release(version: hashes[2])])
            #expect(finding.suspects.first?.isLikely == true)
            #expect(placed(finding) == [])
        }
    }

    @Test func `releases that the clone does not know tell by their dates when the commit was written`() async throws {
        try await withShop { shop, hashes in
            try await shop.git("reset", "--quiet", "--hard", hashes[2])
            let releases = [
                Release(version: "shop-web@2.4.0", firstSeen: Self.day(120)),
                Release(version: "shop-web@2.3.1", firstSeen: Self.day(101)),
                // Announced long before it went out.
                Release(version: "shop-web@2.3.0", firstSeen: Self.day(-900), releasedAt: Self.day(90)),
                Release(version: "shop-web@2.2.0", firstSeen: Self.day(10)),
            ]
            #expect(
                placed(await finding(in: shop, of: "shop-web@2.3.1", releases)) == [
                    "written between release 2.3.0 (2024-02-12) and 2.3.1 (2024-02-23)"
                ])
            // Younger than the release that failed: its name was used before, or it was not this commit.
            #expect(placed(await finding(in: shop, of: "shop-web@2.3.0", releases)) == [])
            #expect(placed(await finding(in: shop, of: "shop-web@9", releases)) == [])
            #expect(placed(await finding(in: shop, of: "shop-web@2.3.1", Array(releases.prefix(2)))) == [])
        }
    }

    @Test func `GlitchTip is asked only for a commit that no tag places`() async throws {
        try await withShop { shop, hashes in
            let releases = hashes.map { Release(version: $0) }
            let asked = Asked()
            _ = await finding(in: shop, of: hashes[2], at: .exactly(hashes[2]), releases, asked)
            // There is no commit to place.
            _ = await investigator.investigate(
                Event(id: "a3", title: "x"), issue: nil, in: [shop.repository], at: .ofRelease(nil),
                seen: FrameStatistics(), similar: { [] },
                releases: {
                    await asked.count()
                    return releases
                }, progress: { _ in })
            #expect(await asked.times == 0)
            _ = await finding(in: shop, of: hashes[2], releases, asked)
            #expect(await asked.times == 1)

            try await shop.git("tag", "v1", hashes[0])
            try await shop.git("tag", "v2", hashes[2])
            let tagged = await finding(in: shop, of: "2", releases, asked)
            #expect(tagged.suspects.first?.reasons.contains("first in v2, not yet in v1") == true)
            #expect(tagged.laterChanges.map(\.tag) == [nil])
            #expect(await asked.times == 1)
        }
    }

    @Test func `of several repositories the one that has the commit is asked`() async throws {
        try await withShop { shop, hashes in
            let lib = SampleRepository(path: "\(shop.parent)/shop-lib")
            try FileManager.default.createDirectory(atPath: lib.path, withIntermediateDirectories: true)
            try await lib.git("init", "--quiet", "--initial-branch=main")
            try lib.write("src/money.js", "function round(cents) {\n  return cents;\n}\n")
            try await lib.commit("Round money", by: "Bob", day: 10)
            let finding = await investigator.investigate(
                SampleRepository.crash(release: hashes[2]), issue: nil, in: [lib.repository, shop.repository],
                at: .ofRelease(hashes[2]), seen: FrameStatistics(), similar: { [] },
                releases: { hashes.map { Release(version: $0) } }, progress: { _ in })
            #expect(finding.laterChanges.map(\.tag) == [String(hashes[3].prefix(8))])
        }
    }
}

private actor Asked {
    private(set) var times = 0

    func count() { times += 1 }
}
