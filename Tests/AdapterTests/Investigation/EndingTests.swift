import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// How similar issues ended, word for word, and what the clone adds to it.
@Suite(.timeLimit(.minutes(2))) struct EndingTests {
    private static let day = Date(timeIntervalSince1970: 1_700_000_000)
    private static let sha = String(repeating: "c", count: 40)
    private static let taught = Finding.TaughtCommit(
        sha: sha, author: "Grace", date: day, subject: "Take the <offer>", person: "Ada")

    private func finding(_ ending: Finding.Ending, _ status: Domain.Issue.Status = .resolved) -> Finding {
        var finding = Finding(title: "TypeError: price")
        finding.similar = [similar(1, status, ending)]
        return finding
    }

    private func similar(
        _ number: Int, _ status: Domain.Issue.Status = .resolved, _ ending: Finding.Ending = .init(),
        hasSameStack: Bool = false, firstSeen: Date = day
    ) -> Finding.SimilarIssue {
        .init(
            id: Domain.Issue.ID(number), shortID: "SHOP-\(number)", title: "TypeError: cost", status: status,
            score: 0.6, hasSameStack: hasSameStack, firstSeen: firstSeen, ending: ending)
    }

    @Test(
        arguments: [
            (
                .init(date: day, person: "Grace_O"), "; resolved by Grace_O on 2023-11-14",
                ["Resolved by Grace_O on 2023-11-14."]
            ),
            (.init(date: day), "; resolved in GlitchTip on 2023-11-14", ["Resolved in GlitchTip on 2023-11-14."]),
            (
                .init(culprit: taught), "; it was cccccccc",
                ["It was cccccccc “Take the <offer>” by Grace, 2023-11-14: Ada said so."]
            ),
            (
                .init(named: .init(sha: sha, isConfirmed: false)), "; likely it was cccccccc",
                ["Likely it was cccccccc, as its investigation found."]
            ),
            (
                .init(named: .init(sha: sha, isConfirmed: true)), "; it was cccccccc",
                ["It was cccccccc, as the team confirmed."]
            ),
            (
                .init(runbooks: ["Disk is full", "Mend"]), "; the runbook “Disk is full” helped",
                ["Helped: runbook “Disk is full”, runbook “Mend”."]
            ),
            (.init(lastComment: "guarded"), "", ["“guarded”"]),
            (.init(), "", []),
        ] as [(Finding.Ending, String, [String])])
    func `says what is known and nothing else`(ending: Finding.Ending, summary: String, sentences: [String]) {
        let finding = finding(ending)
        #expect(finding.text(ending.summary) == summary)
        #expect(ending.sentences.map(finding.text) == sentences)
    }

    @Test func `is in the chat, in the comment and in the terminal, with links where the forge is known`() {
        var ending = Finding.Ending(date: Self.day, person: "Grace_O", culprit: Self.taught)
        ending.fix = .init(
            Commit(sha: Self.sha, author: "Grace", date: Self.day, subject: "Guard *it*"), namesTheIssue: true)
        var finding = finding(ending)
        finding.forge = Forge(remote: "https://github.com/acme/shop")
        let link = "https://github.com/acme/shop/commit/\(Self.sha)"
        #expect(
            finding.html().markup == """
                🔎 <b>No code found</b> · TypeError: price
                Solved before (60 % alike): SHOP-1 TypeError: cost; resolved by Grace_O on 2023-11-14; see <a href="\(link)">cccccccc</a>; it was <a href="\(link)">cccccccc</a>
                <blockquote expandable><b>SHOP-1</b> resolved, 60 % alike: TypeError: cost
                Resolved by Grace_O on 2023-11-14.
                A commit names it: <a href="\(link)">cccccccc</a> “Guard *it*” by Grace, 2023-11-14.
                It was <a href="\(link)">cccccccc</a> “Take the &lt;offer&gt;” by Grace, 2023-11-14: Ada said so.</blockquote>
                """)
        #expect(
            finding.markdown(for: nil).contains(
                "- SHOP-1 (resolved, 60 % alike): TypeError: cost; resolved by Grace\\_O on 2023-11-14; see "
                    + "[`cccccccc`](\(link)); it was [`cccccccc`](\(link))\n"))
        #expect(
            finding.text().contains(
                """
                  SHOP-1 resolved, 60 % alike: TypeError: cost
                           Resolved by Grace_O on 2023-11-14.
                           A commit names it: cccccccc “Guard *it*” by Grace, 2023-11-14.
                """))
    }

    @Test func `a duplicate that is open stands first, whatever was solved before`() {
        var finding = finding(.init())
        finding.similar = [
            similar(1), similar(2), similar(3, .ignored, hasSameStack: true),
            similar(4, .unresolved, hasSameStack: true),
        ]
        #expect(
            finding.html().markup.contains(
                """
                Duplicate, with the same stack, open since 2023-11-14: SHOP-4 TypeError: cost
                Solved before (60 % alike): SHOP-1 TypeError: cost
                <blockquote
                """))
        #expect(finding.similar[2].relation == "Ignored before (60 % alike)")
    }

    // MARK: What the clone adds

    private func fixes(_ similar: [Finding.SimilarIssue], in shop: SampleRepository) async -> [String?] {
        let git = Investigator(stepLimit: .seconds(60)).git(shop.repository)
        return await Endings(git: git).complete(similar).map { issue in
            issue.ending.fix.map { "\($0.namesTheIssue ? "names" : "named"): \($0.subject)" }
        }
    }

    @Test func `a commit that names the issue is found by the whole name, and not before the issue began`() async throws
    {
        try await SampleRepository.run { shop in
            try await shop.commit("Guard carts, fixes SHOP-1", day: 1)
            try await shop.commit("Guard offers\n\nResolves shop-1.", day: 20)
            try await shop.commit("Guard stock (SHOP-12)", day: 21)
            let since = Self.day.addingTimeInterval(10 * 86400)
            #expect(
                await fixes([similar(1, firstSeen: since), similar(2), similar(12)], in: shop) == [
                    "names: Guard offers", nil, "names: Guard stock (SHOP-12)",
                ])
            #expect(await fixes([similar(1, .unresolved)], in: shop) == [nil])
        }
    }

    @Test func `a commit that the last comment names is looked up`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            let said = { (text: String) in self.similar(1, .resolved, .init(lastComment: text)) }
            let name = "named: Take the price from the offer"
            #expect(await fixes([said("Gone with \(culprit.prefix(9)), see there")], in: shop) == [name])
            #expect(await fixes([said("Gone with deadbee1 and 1234567")], in: shop) == [nil])
        }
    }

    @Test(
        arguments: [
            ("fixed in 9fceb02a.", ["9fceb02a"]), ("defaced 1234567 facade1", ["facade1"]), ("9fceb", []),
            ("a9fceb02_b", []),
        ] as [(String, [String])])
    func `what may be a hash`(text: String, hashes: [String]) { #expect(Endings.hashes(in: text) == hashes) }
}
