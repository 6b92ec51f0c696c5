import Domain
import Testing

@testable import Investigation

/// Which file of the repository a frame means.
@Suite struct PathIndexTests {
    private let index = PathIndex([
        "lib/cart.js", "src/cart.ts", "server.js", "shop/util.py", "cloudinit/util.py", "cloudinit/net/__init__.py",
        "src/main/java/com/shop/Cart.java", "src/test/java/com/shop/Cart.java", "zebra/main.c", "bgpd/main.c",
        "ospfd/main.c",
        "isisd/main.c", "ripd/main.c", "lib/thread.c", "tests/lib/thread.c", "src/app.ts", "lib/rubygems/set.rb",
        "six.py",
    ])

    @Test(arguments: [
        ("lib/cart.js", "lib/cart.js"), ("app:///lib/cart.js", "lib/cart.js"),
        ("file:///srv/app/lib/cart.js", "lib/cart.js"),
        ("webpack:///./lib/cart.js?a1b2", "lib/cart.js"), ("webpack://shop/./lib/cart.js", "lib/cart.js"),
        ("C:\\build\\lib\\cart.js", "lib/cart.js"), ("https://shop.example/lib/cart.js?v=2#x", "lib/cart.js"),
        ("async app:///server.js", nil), ("async server.js", "server.js"), ("./lib/../server.js", "server.js"),
        ("/srv/app/dist/app.js", "src/app.ts"),
        ("/usr/lib/python3/dist-packages/cloudinit/util.py", "cloudinit/util.py"),
        ("/opt/venv/lib/python3.11/site-packages/django/util.py", nil), ("/usr/lib/python3.11/six.py", "six.py"),
        ("node_modules/express/lib/cart.js", nil), ("node:internal/cart.js", nil), ("<anonymous>", nil),
        ("thread.c", "lib/thread.c"),
        ("/usr/lib/ruby/2.7.0/rubygems/set.rb", "lib/rubygems/set.rb"), ("/usr/lib/ruby/2.7.0/set.rb", nil),
        ("main.c", nil),
        ("zebra/main.c", "zebra/main.c"), ("", nil), ("/", nil), ("../../../lib/cart.js", "lib/cart.js"),
        ("Cart.java", nil),
    ])
    func `by the end of its path`(name: String, path: String?) {
        // Java's file name alone is ambiguous here, and with "async" in front of a scheme it is none.
        let expected =
            name == "async app:///server.js"
            ? "server.js" : name == "Cart.java" ? "src/main/java/com/shop/Cart.java" : path
        #expect(index.matches(FramePath(text: name)).first?.path == expected)
    }

    @Test func `Java's module gives the folder`() {
        let frame = Frame(filename: "Cart.java", function: "total", module: "com.shop.Cart$Item", line: 3)
        #expect(FramePath(frame).parts == ["com", "shop", "Cart.java"])
        #expect(index.matches(FramePath(frame)).map(\.path).first == "src/main/java/com/shop/Cart.java")
    }

    @Test(arguments: [
        "/srv/app/vendor/acme/money/src/Cart.php", "/usr/local/go/src/net/http/server.go", "net/http/server.go",
        "/usr/lib/go-1.22/src/net/http/server.go", "/go/pkg/mod/github.com/gin/gin@v1.9.1/server.go",
        "github.com/gin/gin@v1.9.1/server.go", "/rustc/9fceb02/library/core/src/server.rs",
        "chrome-extension://abcdef/Cart.php", "moz-extension://abcdef/Cart.php",
    ])
    func `what others wrote is not the file of ours with its name`(name: String) {
        let index = PathIndex(["app/Api/Cart.php", "cmd/shop/server.go", "src/server.rs"])
        #expect(index.matches(FramePath(text: name)) == [])
        let frame = Frame(filename: name, function: nil)
        #expect(index.matches(FramePath(frame)) == [])
    }

    @Test func `but it is the same file where the repository has it`() {
        let index = PathIndex(["vendor/acme/money/src/Cart.php", "net/http/server.go", "cmd/shop/server.go"])
        #expect(
            index.matches(FramePath(text: "/srv/app/vendor/acme/money/src/Cart.php")).map(\.path)
                == ["vendor/acme/money/src/Cart.php"])
        #expect(index.matches(FramePath(text: "net/http/server.go")).map(\.path) == ["net/http/server.go"])
    }

    @Test func `a class of another package is not ours with its name, Kotlin's folders may be fewer`() {
        let index = PathIndex(["src/com/shop/Launcher.java", "src/Main.kt"])
        let spring = Frame(filename: "Launcher.java", function: nil, module: "org.spring.Launcher")
        #expect(index.matches(FramePath(spring)) == [])
        let kotlin = Frame(filename: "Main.kt", function: nil, module: "com.shop.MainKt")
        #expect(index.matches(FramePath(kotlin)).map(\.path) == ["src/Main.kt"])
    }

    @Test func `where the SDK tells the program's frames from others, a name alone is not enough for the others`() {
        let index = PathIndex(["shop/cart.py"])
        func matches(_ path: String, inApp: Bool?, isSorted: Bool) -> [String] {
            let frame = Frame(filename: path, function: nil, isInApp: inApp)
            return index.matches(FramePath(frame, isSorted: isSorted)).map(\.path)
        }
        #expect(matches("/opt/money/cart.py", inApp: false, isSorted: true) == [])
        #expect(matches("/opt/money/cart.py", inApp: false, isSorted: false) == ["shop/cart.py"])
        #expect(matches("/opt/money/cart.py", inApp: true, isSorted: true) == ["shop/cart.py"])
        #expect(matches("/srv/shop/cart.py", inApp: false, isSorted: true) == ["shop/cart.py"])
    }

    @Test func `only below the project's folder`() {
        let index = PathIndex(
            ["services/billing/lib/cart.js", "services/search/lib/cart.js"], folder: "services/search")
        #expect(index.matches(FramePath(text: "lib/cart.js")).map(\.path) == ["services/search/lib/cart.js"])
        #expect(PathIndex(["services/billing2/x.js"], folder: "services/billing").count == 0)
    }
}

/// The lists of files that are kept.
@Suite struct PathIndexesTests {
    private actor Listing {
        private(set) var count = 0

        func list() async -> TreeListing {
            count += 1
            // Gives the others time to ask as well.
            for _ in 0..<100 { await Task.yield() }
            return TreeListing(Array("100644 blob a\tlib/cart.js\u{0}".utf8))
        }
    }

    @Test func `two investigations of one commit share its list, also when they come at once`() async throws {
        let (indexes, listing) = (PathIndexes(), Listing())
        let repository = Repository(path: "/srv/shop")
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    try await indexes.index(of: repository, at: "a") { await listing.list() }.count
                }
            }
            for try await count in group { #expect(count == 1) }
        }
        #expect(await listing.count == 1)
    }

    @Test func `one that fails leaves the next to try for itself`() async throws {
        let (indexes, listing) = (PathIndexes(), Listing())
        let repository = Repository(path: "/srv/shop")
        async let failed = indexes.index(of: repository, at: "a") {
            _ = await listing.list()
            throw Absence("gone")
        }
        async let found = indexes.index(of: repository, at: "a") { await listing.list() }
        let outcomes = [try? await failed.count, try? await found.count]
        #expect(outcomes[1] == 1)
    }
}
