import Domain
import Testing

@testable import Investigation

/// What a message says is lacking something, and which files define it.
@Suite struct DefinitionTests {
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

    private func files(_ traced: Set<String>, _ value: String, in shop: SampleRepository, folder: String? = nil)
        async throws -> Set<String>
    {
        let git = Investigator().git(shop.repository)
        let sha = try await shop.git("rev-parse", "HEAD")
        let index = PathIndex(try await git.files(at: sha), folder: folder)
        return try await Definitions(git: git, index: index, folder: folder)
            .files(of: Lacking([Exception(type: "AttributeError", value: value)]), at: sha, like: traced)
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
            let bar = "'ProgressBar' object has no attribute 'x'"
            #expect(try await files(["use.py"], bar, in: shop) == ["ui/bar.py"])
            #expect(try await files(["use.js", "noending", "x/.c*"], bar, in: shop) == [])
            #expect(try await files(["use.py"], "'Model' object has no attribute 'x'", in: shop) == [])
            let module = "module 'bb.asyncrpc' has no attribute 'x'"
            #expect(try await files(["use.py"], module, in: shop) == ["lib/bb/asyncrpc/__init__.py"])
        }
    }

    @Test func `looks only below the folder, whatever its name is`() async throws {
        try await SampleRepository.run { shop in
            for folder in ["a[1]*/x", "a1"] { try shop.write("\(folder)/u.py", "class Bar(Base):\n    pass\n") }
            try await shop.commit("First")
            let bar = "type object 'Bar' has no attribute 'x'"
            #expect(try await files(["use.py"], bar, in: shop, folder: "a[1]*") == ["a[1]*/x/u.py"])
            #expect(try await files(["use.py"], bar, in: shop) == ["a[1]*/x/u.py", "a1/u.py"])
        }
    }
}
