import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// Whom to ask.
@Suite(.timeLimit(.minutes(2))) struct OwnersTests {
    @Test(arguments: [
        ("*", "lib/cart.js", true), ("*.js", "lib/deep/cart.js", true), ("*.js", "lib/cart.ts", false),
        ("/lib/", "lib/deep/cart.js", true), ("/lib/", "src/lib/cart.js", false), ("lib/", "src/lib/cart.js", true),
        ("lib", "lib/cart.js", true), ("lib", "src/lib", true), ("docs/*", "docs/a.md", true),
        ("docs/*", "docs/deep/a.md", false), ("docs/**", "docs/deep/a.md", true),
        ("/build/logs/", "build/logs/x", true),
        ("**/logs", "a/b/logs/x", true), ("/a/**/z.js", "a/z.js", true), ("/a/**/z.js", "a/b/c/z.js", true),
        ("/a/*/z.js", "a/b/c/z.js", false), ("c?rt.js", "lib/cart.js", true), ("lib/cart.js", "x/lib/cart.js", false),
        ("cart.js/", "lib/cart.js", false), ("/apps/git*", "apps/github/x.rb", true), ("a*b*c", "aXbYbZc", true),
        ("*******************************x", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
    ])
    func `a pattern fits as it does in .gitignore`(pattern: String, path: String, fits: Bool) throws {
        #expect(try #require(PathPattern(pattern)).matches(path) == fits)
    }

    private static let file = """
        # everything
        *                @acme/all ops@example.com
        /lib/            @grace   # prices
        lib/my\\ cart.js  @ada
        /lib/free.js
        !lib/x.js        @nobody
        [a-z]*.js        @nobody
        """

    @Test(arguments: [
        ("server.js", ["acme/all", "ops"]), ("lib/cart.js", ["grace"]), ("lib/my cart.js", ["ada"]),
        ("lib/free.js", []), ("lib/x.js", ["grace"]),
    ])
    func `the last pattern that fits wins`(path: String, owners: [String]) {
        #expect(Owners(SourceText(Self.file.utf8)).of(path) == owners)
    }

    private static let sections = """
        *               @acme/all
        !/gen/

        [Backend][2] @backend @ada
        lib/            @grace
        lib/cart.rb
        /lib/legacy/    @acme/all @old
        !/lib/x.rb
        lib/x.rb        @late

        ^[Docs Team] @writers
        docs/
        *.md            @editors

        [BACKEND]
        lib/pay.rb      @payments
        !*.lock

        [Unowned]
        lib/free.rb
        [Broken
        """

    @Test(arguments: [
        // In each section the last one, joined in the order of the sections.
        ("lib/total.rb", ["acme/all", "grace"]), ("docs/README.md", ["acme/all", "editors"]),
        ("server.rb", ["acme/all"]), ("lib/README.md", ["acme/all", "grace", "editors"]),
        // Without owners of its own it has those of the heading.
        ("docs/logo.png", ["acme/all", "writers"]), ("lib/cart.rb", ["acme/all", "backend", "ada"]),
        ("lib/free.rb", ["acme/all", "grace"]),
        // Nobody is named twice.
        ("lib/legacy/a.rb", ["acme/all", "old"]),
        // What is excluded stays so, in its section.
        ("lib/x.rb", ["acme/all"]), ("lib/a.lock", ["acme/all"]), ("gen/README.md", ["editors"]), ("gen/a.rb", []),
        // A heading that comes again goes on.
        ("lib/pay.rb", ["acme/all", "payments"]),
    ])
    func `with GitLab's sections, the last one of each`(path: String, owners: [String]) {
        #expect(Owners(SourceText(Self.sections.utf8)).of(path) == owners)
    }

    @Test(arguments: [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"])
    func `who answers for the crash's file is asked, without calling anybody`(place: String) async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try shop.write(place, "*.js @acme/payments\n")
            try await shop.commit("Say who owns what", day: 101)
            let finding = await Investigator(stepLimit: .seconds(60))
                .finding(SampleRepository.crash(), in: shop.repository)
            #expect(finding.ask == "Ask: Grace (wrote it); acme/payments (owns lib/cart.js)")
            #expect(
                finding.html().markup.contains("\nAsk: Grace (wrote it); acme/payments (owns lib/cart.js)\n"))
            #expect(
                finding.markdown(for: nil).contains(
                    "\n\nAsk: Grace (wrote it); acme/payments (owns lib/cart.js)"))
            #expect(finding.files.map(\.path) == ["lib/cart.js", "server.js"])
        }
    }

    @Test func `robots are not asked, and a name cannot call somebody`() {
        var finding = Finding(title: "x")
        finding.suspects = ["renovate[bot]", "@everyone"].map {
            .init(sha: "a", author: $0, date: .distantPast, subject: "", score: 0.3, isLikely: false, reasons: [])
        }
        #expect(finding.ask == "Ask: everyone (changed it)")
        finding.suspects.removeLast()
        #expect(finding.ask == nil)
    }
}
