import Domain
import Testing

@testable import Investigation

/// What became of a line between the release and now.
@Suite(.timeLimit(.minutes(2))) struct LineDriftTests {
    private let investigator = Investigator(stepLimit: .seconds(60))

    @Test(
        arguments: [
            (3, nil), (10, nil), (11, "moved to line 14 since"), (20, "changed since"), (21, "changed since"),
            (22, "moved to line 24 since"), (30, "gone since"), (31, "moved to line 32 since"),
        ] as [(Int, String?)])
    func `hunks carry a line over`(line: Int, fate: String?) {
        let diff = LineDiff(Array("@@ -10,0 +11,3 @@ f\n+@@ x\n@@ -20,2 +23 @@\n@@ -30 +31,0 @@\n".utf8))
        #expect(diff.fate(of: line) == fate)
    }

    private func drift(_ change: (SampleRepository) async throws -> Void) async throws -> [String?] {
        var drift: [String?] = []
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try await shop.git("tag", "v2.3.1")
            try await change(shop)
            try await shop.commit("Change", day: 110)
            let event = SampleRepository.crash(release: "2.3.1")
            let finding = await investigator.finding(event, in: shop.repository, at: .ofRelease(event.release))
            #expect(finding.locations.map(\.place) == ["lib/cart.js:7", "server.js:3"])
            drift = finding.locations.map(\.drift)
        }
        return drift
    }

    @Test func `a line that others were put before has moved`() async throws {
        let cart = SampleRepository.cart(price: "item.offer.price")
        #expect(
            try await drift { try $0.write("lib/cart.js", "// one\n// two\n" + cart) } == [
                "moved to line 9 since", nil,
            ])
    }

    @Test func `a line that was rewritten has changed`() async throws {
        #expect(
            try await drift { try $0.write("lib/cart.js", SampleRepository.cart(price: "0")) } == [
                "changed since", nil,
            ])
    }

    @Test func `a file that was deleted is gone`() async throws {
        #expect(
            try await drift { try await $0.git("rm", "--quiet", "lib/cart.js") } == ["its file is gone since", nil])
    }

    @Test func `a file that was renamed has moved, and the line with it`() async throws {
        let cart = SampleRepository.cart(price: "item.offer.price")
        #expect(
            try await drift { try await $0.git("mv", "lib/cart.js", "lib/basket.js") } == [
                "moved to lib/basket.js:7 since", nil,
            ])
        #expect(
            try await drift { shop in
                try await shop.git("mv", "lib/cart.js", "basket.js")
                try shop.write("basket.js", "// one\n" + cart)
            } == ["moved to basket.js:8 since", nil])
        #expect(
            try await drift { shop in
                try await shop.git("mv", "lib/cart.js", "basket.js")
                try shop.write("basket.js", SampleRepository.cart(price: "0"))
            } == ["its file moved to basket.js, the line is changed since", nil])
        #expect(
            try await drift { shop in
                try await shop.git("mv", "lib/cart.js", "basket.js")
                try shop.write("basket.js", cart.replacing("    sum += item.offer.price;\n", with: ""))
            } == ["its file moved to basket.js, the line is gone since", nil])
    }

    @Test func `a change in a renamed file is found where it is now`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try await shop.git("tag", "v2.3.1")
            try await shop.git("mv", "lib/cart.js", "basket.js")
            try await shop.commit("Call it basket", day: 110)
            try shop.write("basket.js", SampleRepository.cart(price: "item.offer?.price"))
            let fix = try await shop.commit("Fix carts without an offer", day: 111)
            let event = SampleRepository.crash(release: "2.3.1")
            let finding = await investigator.finding(event, in: shop.repository, at: .ofRelease(event.release))
            #expect(finding.laterChanges.map(\.sha) == [fix])
            #expect(finding.laterChanges.map(\.path) == ["lib/cart.js"])
        }
    }

    @Test(
        arguments: [
            ("R100\0a\0b\0R087\0c d\0e\0", ["a": "b", "c d": "e"]), ("", [:]), ("R100\0a\0", [:]), ("R1", [:]),
            ("M\0a\0R100\0b\0c\0C100\0d\0e\0A\0f\0R090\0g\0h\0", ["b": "c", "g": "h"]),
        ] as [(String, [String: String])])
    func `git's names are read, also cut off`(output: String, names: [String: String]) {
        #expect(Renames.read(Array(output.utf8)) == names)
    }

    @Test func `that nobody touched the lines is said`() async throws {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try await shop.git("tag", "v2.3.1")
            try shop.write("lib/other.js", "// new\n")
            try await shop.commit("Add another", day: 110)
            let event = SampleRepository.crash(release: "2.3.1")
            let finding = await investigator.finding(event, in: shop.repository, at: .ofRelease(event.release))
            #expect(finding.notes == ["Nothing changed these lines from the release to HEAD."])
            #expect(await investigator.finding(event, in: shop.repository).notes == [])
        }
    }

    private func later(_ change: (SampleRepository) async throws -> Void) async throws -> Finding {
        var finding = Finding(SampleRepository.crash(), Trace(SampleRepository.crash()), issue: nil)
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try await shop.git("tag", "v2.3.1")
            try await change(shop)
            let event = SampleRepository.crash(release: "2.3.1")
            finding = await investigator.finding(event, in: shop.repository, at: .ofRelease(event.release))
        }
        return finding
    }

    @Test func `what only the release has is no fix, and a clone that is behind it says nothing`() async throws {
        let hotfix = try await later { shop in
            try await shop.git("checkout", "--quiet", "-b", "release")
            try shop.write("lib/cart.js", SampleRepository.cart(price: "item.price ?? 0"))
            try await shop.commit("Fix the price", day: 105)
            try await shop.git("tag", "-f", "v2.3.1")
            try await shop.git("checkout", "--quiet", "main")
            try await shop.commit("Go on", day: 110)
        }
        #expect(hotfix.laterChanges == [])
        let behind = try await later { shop in
            try shop.write("lib/cart.js", "// one\n" + SampleRepository.cart(price: "item.price ?? 0"))
            try await shop.commit("Fix the price", day: 105)
            try await shop.git("tag", "-f", "v2.3.1")
            try await shop.git("reset", "--quiet", "--hard", "HEAD~1")
        }
        #expect(behind.laterChanges == [])
        #expect(behind.notes == [])
        #expect(behind.locations.allSatisfy { $0.since == nil })
    }

    @Test func `a guard far above the line is no fix for sure, but nobody says that nothing changed`() async throws {
        let finding = try await later { shop in
            let cart = SampleRepository.cart(price: "item.offer.price")
            try shop.write("lib/cart.js", cart.replacing("(cart) {\n", with: "(cart) {\n  if (!cart) return 0;\n"))
            try await shop.commit("Fix empty carts", day: 110)
        }
        #expect(finding.laterChanges == [])
        #expect(finding.notes == [])
    }

    @Test func `what was put in behind the line, and what only reformats, is no fix`() async throws {
        let behind = try await later { shop in
            let cart = SampleRepository.cart(price: "item.offer.price")
            try shop.write("lib/cart.js", cart.replacing("price;\n", with: "price;\n    count += 1;\n"))
            try await shop.commit("Count them", day: 110)
        }
        #expect(behind.laterChanges == [])
        let reformatted = try await later { shop in
            try shop.write("lib/cart.js", SampleRepository.cart(price: "(item.offer.price)"))
            try await shop.commit("Reformat with prettier", day: 110)
        }
        #expect(reformatted.laterChanges == [])
        let ignored = try await later { shop in
            try shop.write("lib/cart.js", SampleRepository.cart(price: "(item.offer.price)"))
            let sha = try await shop.commit("Prettier", day: 110)
            try shop.write(".git-blame-ignore-revs", "\(sha)\n")
            try await shop.commit("Look through it", day: 111)
        }
        #expect(ignored.laterChanges == [])
    }

    @Test func `white space alone is no change`() async throws {
        let cart = SampleRepository.cart(price: "item.offer.price")
        let tabs = cart.split(separator: "\n", omittingEmptySubsequences: false).map { "\t\($0)" }
        #expect(try await drift { try $0.write("lib/cart.js", tabs.joined(separator: "\n")) } == [nil, nil])
    }
}
