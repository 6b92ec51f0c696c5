import Domain
import Testing

@testable import Investigation

/// How the rest of the code uses a trace's files, and what a message says is missing.
@Suite struct UsageTests {
    private static let messages: [(String, String, [String], [String])] = [
        ("AttributeError", "'ProgressBar' object has no attribute 'set_text'", ["ProgressBar"], []),
        ("AttributeError", "module 'bb.asyncrpc' has no attribute 'ClientError'", [], ["bb/asyncrpc"]),
        ("AttributeError", "type object 'Cart' has no attribute 'all'", ["Cart"], []),
        ("ImportError", "cannot import name 'Cart' from 'shop.models' (/app/shop/models.py)", [], ["shop/models"]),
        (
            "NoMethodError", "undefined method `id' for #<Gem::Specification:0x00005639ad @name=nil>",
            ["Specification"], []
        ),
        ("NoMethodError", "undefined method 'id' for an instance of Shop::Cart", ["Cart"], []),
        ("NameError", "uninitialized constant Shop::Cart", ["Shop"], []),
        ("Error", "Call to undefined method App\\Shop\\Cart::total()", ["Cart"], []),
        ("java.lang.NoSuchMethodError", "'void com.acme.Cart.add(int)'", ["Cart"], []),
        ("AttributeError", "'NoneType' object has no attribute 'x'", [], []),
        ("TypeError", "Cannot read properties of undefined (reading 'x')", [], []), ("", "", [], []),
        ("E", "module '' has no attribute module 'has no attribute", [], []),
    ]

    @Test(arguments: messages)
    func `a message names what lacks something`(type: String, value: String, types: [String], modules: [String]) {
        let lacking = Lacking([Exception(type: type, value: value)])
        #expect(lacking.types == Set(types))
        #expect(lacking.modules == Set(modules))
    }

    private func usage(_ paths: [String], _ lacking: Lacking, in shop: SampleRepository, folder: String? = nil)
        async throws -> Usage
    {
        let git = Investigator().git(shop.repository)
        let sha = try await shop.git("rev-parse", "HEAD")
        let lines = paths.map {
            TracedLine(
                frame: Frame(filename: $0), path: $0, line: 1, depth: 0, exception: 0, certainty: 1, moved: nil)
        }
        let index = PathIndex(try await git.files(at: sha), folder: folder)
        return try await Usage.find(lines, lacking, in: index, git, at: sha, folder: folder)
    }

    @Test func `counts the files that include one, in each language's way`() async throws {
        try await SampleRepository.run { shop in
            try shop.write("a.c", "#include \"list.h\"\n#include <list.h>\n")
            try shop.write("b.h", "  # include \"list.h\"\nint list_new(void);\n")
            try shop.write("c.c", "/* a list */\nint list;\n")
            try shop.write("p.py", "from shop.money import euros\nimport os, money\n")
            try shop.write("q.py", "x = money(1)\n")
            try shop.write("j.ts", "import { a } from './money'\nconst m = require('./money')\n")
            try shop.write("readme.md", "import money\n")
            try await shop.commit("First")
            let none = Lacking([])
            #expect(try await usage(["list.c"], none, in: shop).includes == ["list": 2])
            #expect(try await usage(["shop/money.py"], none, in: shop).includes == ["money": 1])
            #expect(try await usage(["money.js"], none, in: shop).includes == ["money": 1])
            #expect(try await usage(["a.rs", "noending", "x/.c*"], none, in: shop).includes["list"] == nil)
        }
    }

    @Test func `of many files half are searched, and the rest is reckoned up`() async throws {
        try await SampleRepository.run { shop in
            for number in 0..<300 {
                try shop.write("x/\(number)n.c", number < 60 ? "#include \"list.h\"\n" : "")
                try shop.write("x/\(number)e.c", "#include \"other.h\"\n")
            }
            try await shop.commit("First")
            let usage = try await usage(["list.c", "other.c"], Lacking([]), in: shop)
            #expect(usage.includes == ["list": 120, "other": 0])
        }
    }

    @Test func `finds the file that defines what the message names, unless too many do`() async throws {
        try await SampleRepository.run { shop in
            try shop.write("ui/bar.py", "class ProgressBar(Bar):\n    pass\n")
            try shop.write("tests/bar.py", "class ProgressBar:\n    pass\n")
            try shop.write("use.py", "from ui.bar import ProgressBar\nclass My(ProgressBar): pass\n")
            try shop.write("lib/bb/asyncrpc/__init__.py", "")
            try shop.write("asyncrpc.py", "")
            for number in 1...4 { try shop.write("m\(number).py", "class Model:\n    pass\n") }
            try await shop.commit("First")
            let bar = Lacking([Exception(type: "AttributeError", value: "'ProgressBar' object has no attribute 'x'")])
            #expect(try await usage(["use.py"], bar, in: shop).named == ["ui/bar.py"])
            let model = Lacking([Exception(type: "AttributeError", value: "'Model' object has no attribute 'x'")])
            #expect(try await usage(["use.py"], model, in: shop).named == [])
            let module = Lacking([Exception(type: "", value: "module 'bb.asyncrpc' has no attribute 'x'")])
            #expect(try await usage(["use.py"], module, in: shop).named == ["lib/bb/asyncrpc/__init__.py"])
        }
    }

    @Test func `looks only below the folder, whatever its name is`() async throws {
        try await SampleRepository.run { shop in
            try shop.write("a[1]*/x/u.c", "#include \"list.h\"\n")
            try shop.write("a1/u.c", "#include \"list.h\"\n")
            try await shop.commit("First")
            let folder = "a[1]*"
            #expect(
                try await usage(["\(folder)/list.c"], Lacking([]), in: shop, folder: folder).includes == ["list": 1])
        }
    }
}
