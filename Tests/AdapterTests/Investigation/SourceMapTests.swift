import Domain
import FoundationEssentials
import Testing

@testable import Investigation

/// From a bundle back to the code that was written by hand.
@Suite(.timeLimit(.minutes(2))) struct SourceMapTests {
    private let investigator = Investigator(stepLimit: .seconds(60))

    @Test(arguments: [
        ("A", 0), ("C", 1), ("D", -1), ("e", 15), ("gB", 16), ("hB", -16), ("+f", 511), ("hgC", -1024), ("ql+C", 48213),
    ])
    func `a number is read from its digits`(text: String, number: Int) {
        var position = 0
        #expect(VLQ.read(Array(text.utf8), at: &position) == number)
        #expect(position == text.utf8.count)
    }

    @Test(arguments: ["", "g", "!", "gggggggggggggg", "é"])
    func `a damaged number is none`(text: String) {
        var position = 0
        #expect(VLQ.read(Array(text.utf8), at: &position) == nil)
    }

    /// The second line of a bundle; node's own reader of source maps gives the same places for it.
    private static let map = """
        {"version":3,"file":"app.min.js","sources":["webpack://shop/./src/main.ts","webpack://shop/./src/cart.ts"],\
        "names":["total","discount"],"mappings":";AAAA,wHCMIC,g99CAKOD,wC,4DDTX"}
        """

    @Test(
        arguments: [
            (2, 1, "main.ts:1 -"), (2, 120, "main.ts:1 -"), (2, 121, "cart.ts:7 discount"),
            (2, 48200, "cart.ts:7 discount"), (2, 48213, "cart.ts:12 total"), (2, 48240, "cart.ts:12 total"),
            (2, 48246, nil), (2, 48301, "main.ts:3 -"), (1, 5, nil), (3, 1, nil), (-1, 1, nil), (.min, .min, nil),
            (2, .max, "main.ts:3 -"),
        ] as [(Int, Int, String?)])
    func `a column belongs to the segment that begins before it`(line: Int, column: Int, expected: String?) throws {
        let place = try #require(SourceMap(Array(Self.map.utf8))).place(line: line, column: column)
        #expect(
            place.map { "\($0.source.split(separator: "/").last ?? ""):\($0.line) \($0.name ?? "-")" } == expected)
    }

    @Test func `maps in sections, with a root and with their sources`() throws {
        let text = """
            )]}'
            {"version":3,"sections":[{"offset":{"line":0,"column":0},"map":{"version":3,"sources":[],"names":[],"mappings":""}},\
            {"offset":{"line":4,"column":100},"map":{"version":3,"sourceRoot":"/src","sources":["cart.js",null],"names":[],\
            "sourcesContent":["one\\n  two();\\n"],"mappings":"AACA"}}]}
            """
        let map = try #require(SourceMap(Array(text.utf8)))
        #expect(
            map.place(line: 5, column: 101)
                == SourceMap.Place(source: "/src/cart.js", line: 2, name: nil, text: "  two();"))
        #expect(map.place(line: 5, column: 100) == nil)
        #expect(map.place(line: 1, column: 1) == nil)
    }

    @Test(arguments: [
        "", "{}", "[]", "<html>", #"{"mappings":7}"#, #"{"version":3,"mappings":"!!!!","sources":["a"]}"#,
        #"{"mappings":"AAAAAA","sources":["a"]}"#, #"{"mappings":"AggggggggggggE","sources":["a"]}"#,
        #"{"mappings":"ADDD","sources":["a"]}"#, #"{"mappings":"AAAA"}"#, #"{"mappings":"AAAA","sources":[null]}"#,
    ])
    func `what is no source map, or a damaged one, gives no place`(text: String) {
        #expect(SourceMap(Array(text.utf8))?.place(line: 1, column: 1) == nil)
    }

    private func crash(_ file: String, column: Int? = 48213) -> Event {
        let frames = [
            Frame(filename: "https://shop.example/\(file)?v=3", function: "t", line: 2, column: 121),
            Frame(filename: "https://shop.example/\(file)?v=3", function: "n", line: 2, column: column),
        ]
        return Event(id: "a", title: "x", exceptions: [Exception(type: "TypeError", value: "no", frames: frames)])
    }

    private func fill(_ shop: SampleRepository) async throws -> String {
        try shop.write("src/cart.ts", (1...20).map { "line\($0)();\n" }.joined())
        return try await shop.commit("Add the cart in TypeScript")
    }

    @Test func `a bundle is read through the map beside it in the repository`() async throws {
        try await SampleRepository.run { shop in
            let sha = try await fill(shop)
            try shop.write("public/app.min.js.map", Self.map)
            try await shop.commit("Build", by: "CI")
            let finding = await investigator.finding(crash("app.min.js"), in: shop.repository)
            #expect(finding.locations.map(\.place) == ["src/cart.ts:12", "src/cart.ts:7"])
            #expect(finding.locations.map(\.function) == ["total", "discount"])
            #expect(finding.suspects.map(\.sha) == [sha])
            #expect(finding.notes == ["Read through the source map `public/app.min.js.map`."])
        }
    }

    @Test func `a bundle is read through a map in the operator's folder`() async throws {
        try await SampleRepository.run { shop in
            _ = try await fill(shop)
            let folder = shop.parent + "/maps/static"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(Self.map.utf8).write(to: URL(filePath: folder + "/app.3f9c.js.map"))
            var repository = shop.repository
            repository.sourceMaps = SourceMapFolder(path: shop.parent + "/maps")
            let finding = await investigator.finding(crash("static/app.3f9c.js"), in: repository)
            #expect(finding.locations.map(\.place) == ["src/cart.ts:12", "src/cart.ts:7"])
            #expect(finding.notes == ["Read through the source map `static/app.3f9c.js.map`."])
        }
    }

    @Test func `a bundle without a map is said to have none`() async throws {
        try await SampleRepository.run { shop in
            _ = try await fill(shop)
            let finding = await investigator.finding(crash("app.min.js"), in: shop.repository)
            #expect(finding.notes.first == "Minified: `app.min.js:2:48213` has no source map.")
            try shop.write("app.min.js.map", "<html>404</html>")
            try await shop.commit("Build")
            let damaged = await investigator.finding(crash("app.min.js"), in: shop.repository)
            #expect(damaged.notes.first == "Minified: `app.min.js:2:48213` has no source map.")
        }
    }
}
