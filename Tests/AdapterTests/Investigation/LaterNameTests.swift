import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// A file that was renamed between the program that failed and the commit that is read, on real repositories.
@Suite(.timeLimit(.minutes(2))) struct LaterNameTests {
    private let investigator = Investigator(stepLimit: .seconds(60))

    /// The shop after a change, for a crash of a release that the clone does not know.
    private func finding(
        folder: String? = nil, of release: String? = "9.9.9", _ event: Event? = nil,
        _ change: (SampleRepository) async throws -> Void
    ) async throws -> Finding {
        var finding: Finding?
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            try await shop.git("tag", "v2.3.1")
            try await change(shop)
            let repository = Repository(path: shop.path, folder: folder)
            finding = await investigator.finding(
                event ?? SampleRepository.crash(release: release), in: repository, at: .ofRelease(release))
        }
        return try #require(finding)
    }

    @Test(arguments: ["9.9.9", nil])
    func `is found under the name that it has by now, and the report says so`(release: String?) async throws {
        let event = SampleRepository.crash(context: "    sum += item.offer.price;", release: release)
        let finding = try await finding(of: release, event) { shop in
            try await shop.git("mv", "lib/cart.js", "basket.js")
            try await shop.commit("Call it basket", day: 110)
            try shop.write("basket.js", "// One more line.\n" + SampleRepository.cart(price: "item.offer.price"))
            try await shop.commit("Explain", day: 111)
        }
        #expect(finding.locations.map(\.place) == ["basket.js:8", "server.js:3"])
        #expect(finding.notes == ["`lib/cart.js` is called `basket.js` by now."])
        #expect(finding.text().contains("\nlib/cart.js is called basket.js by now.\n"))
        // Blame looks through the rename.
        #expect(finding.suspects.first?.subject == "Take the price from the offer")
    }

    @Test func `is followed through several renames`() async throws {
        let finding = try await finding { shop in
            for (old, new) in [("lib/cart.js", "lib/basket.js"), ("lib/basket.js", "src/basket.js")] {
                try FileManager.default.createDirectory(atPath: shop.path + "/src", withIntermediateDirectories: true)
                try await shop.git("mv", old, new)
                try await shop.commit("Move", day: 110)
            }
        }
        #expect(finding.locations.first?.place == "src/basket.js:7")
        #expect(finding.notes == ["`lib/cart.js` is called `src/basket.js` by now."])
    }

    @Test func `only below the project's folder`() async throws {
        func finding(renamedTo name: String) async throws -> Finding {
            try await self.finding(folder: "web") { shop in
                for file in ["lib/cart.js", "server.js"] {
                    try shop.write("web/\(file)", SampleRepository.cart(price: "item.\(file.count)"))
                }
                try await shop.commit("Begin a folder", day: 110)
                try FileManager.default.createDirectory(
                    atPath: shop.path + "/web/src", withIntermediateDirectories: true)
                try await shop.git("mv", "web/lib/cart.js", name)
                try await shop.commit("Move", day: 111)
            }
        }
        let inside = try await finding(renamedTo: "web/src/basket.js")
        #expect(inside.locations.first?.path == "web/src/basket.js")
        #expect(inside.notes == ["`web/lib/cart.js` is called `web/src/basket.js` by now."])
        let outside = try await finding(renamedTo: "basket.js")
        #expect(outside.locations.first?.path == "web/server.js")
        #expect(outside.notes.first?.hasPrefix("No code: `srv/app/lib/cart.js` is not in shop-web/web at ") == true)
    }

    @Test func `one that is gone for good, or has not the function any more, is not found`() async throws {
        let missing = "No code: `srv/app/lib/cart.js` is not in shop-web at "
        let gone = try await finding { shop in
            try await shop.git("rm", "--quiet", "lib/cart.js")
            try await shop.commit("Remove", day: 110)
        }
        #expect(gone.notes.first?.hasPrefix(missing) == true)
        let other = try await finding { shop in
            try await shop.git("mv", "lib/cart.js", "basket.js")
            try await shop.commit("Move", day: 110)
            try shop.write("basket.js", "module.exports = {};\n")
            try await shop.commit("Empty it", day: 111)
        }
        #expect(other.notes.first?.hasPrefix(missing) == true)
        #expect(other.locations.map(\.path) == ["server.js"])
        #expect(!other.notes.contains { $0.hasSuffix("by now.") })
    }

    @Test func `nobody looks where the release is in the clone, or every file is`() async throws {
        let known = try await finding(of: "2.3.1") { shop in
            try await shop.git("rm", "--quiet", "server.js")
            try await shop.commit("Remove", day: 110)
        }
        #expect(known.locations.map(\.path) == ["lib/cart.js", "server.js"])
        let whole = try await finding { _ in }
        let steps = (known.steps + whole.steps).map(\.name)
        #expect(steps.contains("blame"))
        #expect(!steps.contains("renames"))
    }

    @Test(arguments: ["-n.js", "a/--all.js", ":(glob)**/cart.js", "x/:(exclude)cart.js", "../../lib/../x/y.js"])
    func `a path that would steer git finds nothing`(name: String) async throws {
        let frames = [Frame(filename: name, function: "total", line: 7), Frame(filename: "server.js", line: 3)]
        let event = Event(
            id: "a1", issue: Domain.Issue.ID(2), title: "x",
            exceptions: [Exception(type: "E", value: "x", frames: frames)])
        let finding = try await finding(of: nil, event) { shop in
            try await shop.git("mv", "lib/cart.js", "basket.js")
            try await shop.commit("Move", day: 110)
        }
        #expect(finding.steps.map(\.name).contains("renames"))
        #expect(finding.locations.map(\.path) == ["server.js"])
    }

    @Test(
        arguments: [
            ("cart.js", ["cart.js"]), ("lib/cart.js", ["lib/cart.js"]),
            ("/srv/lib/cart.js", ["srv/lib/cart.js", "lib/cart.js"]),
            ("/a/b/c/d/e/f.js", ["b/c/d/e/f.js", "c/d/e/f.js", "d/e/f.js", "e/f.js"]),
        ] as [(String, [String])])
    func `where a file may have been`(path: String, places: [String]) {
        #expect(LaterNames.places(FramePath(text: path)) == places)
    }

    @Test func `of several repositories the one that had it is named, and what another has is not looked for`()
        async throws
    {
        try await SampleRepository.run { shop in
            _ = try await shop.fillShop()
            let lib = SampleRepository(path: "\(shop.parent)/shop-lib")
            try FileManager.default.createDirectory(atPath: lib.path, withIntermediateDirectories: true)
            try await lib.git("init", "--quiet", "--initial-branch=main")
            // As the crash's own file, which the shop still has.
            for file in ["src/money.js", "lib/cart.js"] {
                try lib.write(file, "function round(cents) {\n  return total(cents, '\(file)');\n}\n")
            }
            try await lib.commit("Round money", by: "Bob", day: 10)
            try await lib.git("mv", "src/money.js", "round.js")
            try await lib.git("mv", "lib/cart.js", "other.js")
            try await lib.commit("Move", by: "Bob", day: 20)
            let crash = SampleRepository.crash()
            let frames = crash.exceptions[0].frames + [Frame(filename: "/x/src/money.js", function: "round", line: 2)]
            let event = Event(
                id: "a2", issue: crash.issue, title: crash.title,
                exceptions: [Exception(type: "TypeError", value: "x", frames: frames)])
            let finding = await investigator.investigate(
                event, issue: nil, in: [shop.repository, lib.repository], at: .ofRelease(nil), seen: FrameStatistics(),
                similar: { [] }, progress: { _ in })
            #expect(
                finding.locations.map(\.place) == [
                    "shop-lib/round.js:2", "shop-web/lib/cart.js:7", "shop-web/server.js:3",
                ])
            #expect(finding.notes == ["`src/money.js` is called `shop-lib/round.js` by now."])
        }
    }
}
