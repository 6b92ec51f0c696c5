import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// Whole investigations, on real repositories.
@Suite(.timeLimit(.minutes(2))) struct InvestigatorTests {
    private let investigator = Investigator(stepLimit: .seconds(60))

    @Test func `finds the line, the commit that changed it, and says why`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            let finding = await investigator.finding(SampleRepository.crash(), in: shop.repository)

            #expect(finding.locations.map(\.place) == ["lib/cart.js:7", "server.js:3"])
            #expect(finding.locations.first?.code.first { $0.isFailing }?.text == "    sum += item.offer.price;")
            #expect(finding.files.map(\.path) == ["lib/cart.js", "server.js"])
            let suspect = try #require(finding.suspects.first)
            #expect(suspect.sha == culprit)
            #expect(suspect.author == "Grace")
            #expect(suspect.reasons.first == "changed lib/cart.js:7, the line of the crash")
            #expect(finding.revision?.choice == "HEAD, as the event names no release")
            #expect(finding.notes == [])
        }
    }

    @Test func `works the same on a bare clone and in a folder of a larger repository`() async throws {
        try await SampleRepository.run { shop in
            try shop.write("services/billing/lib/cart.js", SampleRepository.cart(price: "item.offer.price"))
            try shop.write("services/search/lib/cart.js", "// another one\n")
            let sha = try await shop.commit("Add both")
            try await shop.git("clone", "--quiet", "--bare", shop.path, "\(shop.parent)/bare.git")
            let billing = Repository(path: "\(shop.parent)/bare.git", folder: "services/billing")
            let finding = await investigator.finding(SampleRepository.crash(), in: billing)
            #expect(finding.locations.map(\.place) == ["services/billing/lib/cart.js:7"])
            #expect(finding.suspects.map(\.sha) == [sha])
            #expect(finding.notes == ["No code: `server.js` is not in bare/services/billing at \(sha.prefix(8))."])
        }
    }

    @Test func `reads the release, and says that the line was changed since`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            try await shop.git("tag", "-a", "-m", "2.3.1", "v2.3.1")
            try shop.write("lib/cart.js", SampleRepository.cart(price: "item.offer?.price ?? item.price"))
            let fix = try await shop.commit("Allow items without an offer", day: 110)

            let event = SampleRepository.crash(release: "shop-web@2.3.1")
            let finding = await investigator.finding(event, in: shop.repository, at: .ofRelease(event.release))
            #expect(finding.revision?.choice == "release shop-web@2.3.1, tag v2.3.1")
            #expect(finding.suspects.first?.sha == culprit)
            #expect(finding.suspects.allSatisfy { $0.sha != fix })
            #expect(finding.laterChanges.map(\.sha) == [fix])
            #expect(finding.laterChanges.first?.subject == "Allow items without an offer")
        }
    }

    @Test func `never looks past the commit that was named`() async throws {
        try await SampleRepository.run { shop in
            let (first, culprit) = try await shop.fillShop()
            let finding = await investigator.finding(SampleRepository.crash(), in: shop.repository, at: .exactly(first))
            #expect(finding.suspects.map(\.sha) == [first])
            #expect(finding.laterChanges == [])
            let json = String(decoding: try finding.json(), as: UTF8.self)
            #expect(!json.contains(culprit))
        }
    }

    @Test(arguments: [
        "9.9.9", "--exec=x", "HEAD~1", "v1\nHEAD", "", String(repeating: "9", count: 4000), "a..b", "@{-1}",
    ])
    func `a release that the clone does not know falls back to HEAD`(release: String) async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            let event = SampleRepository.crash(release: release)
            let finding = await investigator.finding(event, in: shop.repository, at: .ofRelease(release))
            #expect(finding.revision?.choice.hasPrefix("HEAD, as the ") == true)
            #expect(finding.suspects.first?.sha == culprit)
        }
    }

    @Test func `a release can be a hash`() async throws {
        try await SampleRepository.run { shop in
            let (first, _) = try await shop.fillShop()
            for release in [first, String(first.prefix(10)), "2.0+\(first.prefix(12))"] {
                let finding = await investigator.finding(
                    SampleRepository.crash(), in: shop.repository, at: .ofRelease(release))
                #expect(finding.revision?.sha == first)
            }
        }
    }

    @Test func `finds the line again by its text`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let event = SampleRepository.crash(line: 2, context: "  sum += item.offer.price;  ")
            let finding = await investigator.finding(event, in: shop.repository)
            #expect(finding.locations.first?.line == 7)
            #expect(finding.locations.first?.moved == "line 2 in the event, line 7 here")
        }
    }

    @Test(arguments: [2, 14, .max])
    func `finds the function again by its name`(line: Int) async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            let finding = await investigator.finding(SampleRepository.crash(line: line), in: shop.repository)
            #expect(finding.locations.first?.place == "lib/cart.js")
            #expect(finding.locations.first?.moved == "line \(line) in the event, between lines 4 and 10 here")
            let suspect = finding.suspects.first { $0.sha == culprit }
            #expect(suspect?.reasons.first == "changed lib/cart.js:7, in the function total")
        }
    }

    @Test func `looks through the commits that the repository says mean nothing`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            let cart = SampleRepository.cart(price: "item.offer.price")
            try shop.write(
                "lib/cart.js", cart.replacing("sum += item.offer.price", with: "sum = sum + item.offer.price"))
            let format = try await shop.commit("Run the formatter", by: "Bob", day: 102)
            let before = await investigator.finding(SampleRepository.crash(), in: shop.repository)
            #expect(before.suspects.map(\.sha).contains(format))

            let unknown = String(repeating: "a", count: 40)
            try shop.write(
                ".git-blame-ignore-revs",
                "# formatting\n\(format) # prettier\n\(unknown)\n\(culprit.prefix(8))\n--output=x\n")
            try await shop.commit("Say what means nothing", day: 103)
            let finding = await investigator.finding(SampleRepository.crash(), in: shop.repository)
            #expect(finding.suspects.first?.sha == culprit)
            #expect(!finding.suspects.map(\.sha).contains(format))
        }
    }

    @Test func `the trace in the message says what the error is`() async {
        let event = Event(
            id: "a", title: "Traceback (most recent call last):",
            message: """
                Traceback (most recent call last):
                  File "/srv/app/shop/cart.py", line 7, in total
                    return price
                redis.exceptions.ConnectionError: Error 111 connecting to cache:6379. Connection refused.
                """)
        let finding = await investigator.finding(event, in: nil)
        #expect(
            finding.headline
                == "redis.exceptions.ConnectionError: Error 111 connecting to cache:6379. Connection refused.")
        #expect(finding.fault?.kind == .network)
    }

    @Test func `without frames it reads the trace out of the message`() async throws {
        try await SampleRepository.run { shop in
            let (_, culprit) = try await shop.fillShop()
            let event = Event(
                id: "a", title: "worker died", message: "TypeError: no\n    at total (/srv/app/lib/cart.js:7:17)\n")
            let finding = await investigator.finding(event, in: shop.repository)
            #expect(finding.notes == ["The stack trace was read from the event's text."])
            #expect(finding.suspects.first?.sha == culprit)
        }
    }

    @Test func `without a trace it searches for the words of the message`() async throws {
        try await SampleRepository.run { shop in
            try shop.write("lib/stock.py", "def reserve(sku):\n    raise Empty(f'no stock left for {sku}')\n")
            let sha = try await shop.commit("Reserve")
            let event = Event(id: "a", title: "no stock left for 4711", message: "no stock left for 4711")
            let finding = await investigator.finding(event, in: shop.repository)
            #expect(finding.locations.map(\.place) == ["lib/stock.py:2"])
            #expect(finding.suspects.map(\.sha) == [sha])
            #expect(
                finding.notes == [
                    "The event has no stack trace.", "Found by searching for its words, so the places are a guess.",
                ])
        }
    }

    @Test func `an issue without a repository is still a finding`() async {
        let finding = await investigator.finding(SampleRepository.crash(), in: nil)
        #expect(finding.notes == ["No code: no repository was named."])
        #expect(finding.type == "TypeError")
        #expect(await investigator.head(of: Repository(path: "/nowhere")) == nil)
    }

    @Test func `tells each step once, and how long it took`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let finding = await investigator.finding(SampleRepository.crash(), in: shop.repository)
            #expect(
                Set(finding.steps.map(\.name)) == [
                    "revision", "files", "code", "blame", "companions", "since", "releases",
                ])
            #expect(finding.steps.count == 7)
            let culprit = try #require(finding.suspects.first)
            let issue = Domain.Issue(
                id: Domain.Issue.ID(2), shortID: "SHOP-WEB-2", title: "TypeError", level: .error, status: .unresolved,
                project: Project(id: 1, slug: "shop-web", name: "Shop"), count: 1, firstSeen: culprit.date,
                lastSeen: culprit.date)
            let sure = await investigator.finding(SampleRepository.crash(), of: issue, in: shop.repository)
            #expect(Set(sure.steps.map(\.name)) == Set(finding.steps.map(\.name)).union(["releases"]))
            #expect(sure.steps.count == 7)
        }
    }
}
