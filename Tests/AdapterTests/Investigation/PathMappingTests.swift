import Domain
import Testing

@testable import Investigation

/// Where a project's files are, learnt from one trace for the next.
@Suite(.timeLimit(.minutes(2))) struct PathMappingTests {
    @Test(
        arguments: [
            ("/usr/src/app/lib/cart.js", "src/lib/cart.js", "usr/src/app", "src"),
            ("/srv/app/lib/cart.js", "lib/cart.js", "srv/app", ""),
            ("com/shop/Cart.java", "src/main/java/com/shop/Cart.java", "", "src/main/java"),
            ("C:\\build\\lib\\cart.js", "web/lib/cart.js", "build", "web"),
            // The same in both: nothing to learn.
            ("lib/cart.js", "lib/cart.js", nil, nil),
            // Only the name agrees: that may be chance.
            ("/usr/src/app/cart.js", "src/cart.js", nil, nil),
            ("/usr/lib/python3/site-packages/shop/cart.py", "src/shop/cart.py", nil, nil),
            // A secret is not remembered.
            ("/home/bob@example.com/lib/cart.js", "lib/cart.js", nil, nil),
            ("/\(String(repeating: "x", count: 300))/lib/cart.js", "lib/cart.js", nil, nil),
        ] as [(String, String, String?, String?)])
    func `is what is left before the common end`(frame: String, path: String, prefix: String?, folder: String?) {
        let mapping = PathMapping(FramePath(text: frame), is: path)
        #expect(mapping?.prefix == prefix)
        #expect(mapping?.folder == folder)
    }

    private let known = [PathMapping(prefix: "usr/src/app", folder: "web")]

    @Test(
        arguments: [
            ("/usr/src/app/index.js", ["web/index.js"]),
            // Elsewhere the end of the path has to tell.
            ("/opt/other/index.js", []), ("index.js", ["api/index.js", "web/index.js"]),
            // What the path itself tells is not overruled.
            ("/usr/src/app/api/index.js", ["api/index.js"]),
            ("/usr/src/app/lib/only.js", ["api/lib/only.js"]),
            ("/usr/src/app/page.js", ["web/page.ts"]), ("/usr/src/app/none.js", []),
            ("/usr/src/app/node_modules/x/index.js", []),
        ] as [(String, [String])])
    func `decides only where the end of the path does not`(frame: String, paths: [String]) {
        let index = PathIndex(["web/index.js", "api/index.js", "api/lib/only.js", "web/page.ts", "api/page.ts"])
        #expect(index.matches(FramePath(text: frame), known: known).map(\.path).sorted() == paths)
    }

    // MARK: Through an investigation

    private let investigator = Investigator(stepLimit: .seconds(60))

    private func event(_ files: String...) -> Event {
        let frames = files.map { Frame(filename: $0, function: "total", line: 4) }
        return Event(
            id: "a", issue: Domain.Issue.ID(1), title: "x",
            exceptions: [Exception(type: "TypeError", value: "x", frames: frames)])
    }

    private func finding(_ event: Event, in shop: SampleRepository, _ paths: [PathMapping]) async -> Finding {
        await investigator.investigate(
            event, issue: nil, in: [shop.repository], at: .ofRelease(nil), seen: FrameStatistics(),
            paths: ["shop-web": paths],
            similar: { [] }, progress: { _ in })
    }

    @Test func `what one trace teaches helps the next, and is corrected when the tree has changed`() async throws {
        try await SampleRepository.run { shop in
            let cart = SampleRepository.cart(price: "item.price")
            for file in ["web/lib/cart.js", "web/index.js", "api/index.js"] { try shop.write(file, cart) }
            try await shop.commit("Begin")
            let first = event("/usr/src/app/lib/cart.js")
            let second = event("/usr/src/app/index.js")

            let guess = "Found by searching for its words, so the places are a guess."
            #expect(await finding(second, in: shop, []).notes.contains(guess))
            let lesson = try #require(await finding(first, in: shop, []).paths["shop-web"])
            #expect(lesson.held == known)
            let taught = await finding(second, in: shop, lesson.held)
            #expect(taught.locations.map(\.path) == ["web/index.js"])
            #expect(taught.notes == [])
            #expect(taught.paths["shop-web"]?.outdated == [])

            try await shop.git("mv", "web", "shop")
            try await shop.commit("Call it shop")
            let corrected = try #require(await finding(first, in: shop, known).paths["shop-web"])
            #expect(corrected.held == [PathMapping(prefix: "usr/src/app", folder: "shop")])
            #expect(corrected.outdated == known)
            // The folder is gone: also without a better one.
            #expect(await finding(second, in: shop, known).paths["shop-web"]?.outdated == known)
            // Another program's trace says nothing of it.
            #expect(await finding(event("/opt/lib/cart.js"), in: shop, known).paths["shop-web"]?.outdated == [])
        }
    }
}
