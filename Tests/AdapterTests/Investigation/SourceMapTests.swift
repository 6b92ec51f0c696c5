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
        let place = try #require(SourceMap(Array(Self.map.utf8))).place(line, column)
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
            map.place(5, 101)
                == SourceMap.Place(source: "/src/cart.js", line: 2, name: nil, text: "  two();"))
        #expect(map.place(5, 100) == nil)
        #expect(map.place(1, 1) == nil)
    }

    @Test func `all places of an event are found in one walk`() throws {
        let map = try #require(SourceMap(Array(Self.map.utf8)))
        let positions = (1...3).flatMap { line in
            [1, 120, 121, 48212, 48213, 48240, 48246, 48301].compactMap {
                SourceMap.Position(line: line, column: $0)
            }
        }
        let places = map.places(at: Set(positions))
        #expect(places.count == 7)
        for position in positions { #expect(places[position] == map.places(at: [position])[position]) }
    }

    @Test(.timeLimit(.minutes(1))) func `a large map is not read again for each frame`() throws {
        let mappings = String(repeating: "IACA,", count: 300_000)
        let map = try #require(SourceMap(Array(#"{"sources":["a.js"],"mappings":"\#(mappings)"}"#.utf8)))
        let positions = (0..<600).compactMap { SourceMap.Position(line: 1, column: 1_190_000 + $0) }
        let places = map.places(at: Set(positions))
        #expect(places.count == 600)
        #expect(positions.last.flatMap { places[$0]?.line } == 297_650)
    }

    /// Two sections; each of a pair of numbers that a file can hold.
    @Test(arguments: [
        ((0, 0), (4, 100), ["first.js", "first.js", "second.js"]),
        // In the wrong order, and twice the same.
        ((4, 100), (0, 0), ["second.js", "second.js", "first.js"]),
        ((0, 0), (0, 0), ["second.js", "second.js", "second.js"]),
        // Before the file, and behind all lines.
        ((Int.min, 0), (0, 0), ["second.js", "second.js", "second.js"]),
        ((0, Int.min), (4, 100), [nil, nil, "second.js"]), ((-1, -1), (Int.min, Int.min), [nil, nil, nil]),
        ((0, 0), (Int.max, Int.max), ["first.js", "first.js", "first.js"]),
    ])
    func `sections count from where they begin`(first: (Int, Int), second: (Int, Int), sources: [String?]) throws {
        func section(_ start: (Int, Int), _ source: String) -> String {
            #"{"offset":{"line":\#(start.0),"column":\#(start.1)},"map":{"sources":["\#(source)"],"mappings":"AAAA;AAAA;AAAA;AAAA;AAAA"}}"#
        }
        let text = #"{"sections":[\#(section(first, "first.js")),\#(section(second, "second.js"))]}"#
        let map = try #require(SourceMap(Array(text.utf8)))
        #expect([(1, 1), (5, 100), (5, 101)].map { map.place($0, $1)?.source } == sources)
    }

    @Test(arguments: [
        // Differences that lead past every number.
        #"{"sources":["a"],"mappings":"\#(String(repeating: "+////DAAA,", count: 9))AAAA"}"#,
        #"{"sources":["a"],"mappings":"A+////D+////D+////D+////D,A+////D+////D+////D+////D"}"#,
        #"{"sources":["a"],"names":[],"sourcesContent":[],"mappings":"AA+////DAA"}"#,
        #"{"sections":[{"offset":{"line":1e300,"column":0},"map":{"sources":["a"],"mappings":"AAAA"}}]}"#,
        #"{"sections":[{"offset":{"line":0,"column":0}}]}"#,
        #"{"sections":[{"offset":{"line":0,"column":0},"map":{"sections":[]}}]}"#,
    ])
    func `no number of a map traps`(text: String) {
        guard let map = SourceMap(Array(text.utf8)) else { return }
        for (line, column) in [(1, 1), (1, Int.max), (Int.max, 1), (Int.max, Int.max)] {
            #expect(map.place(line, column).map { $0.text == nil && $0.name == nil } ?? true)
        }
    }

    /// What nobody looks at costs a walk through megabytes.
    @Test func `only the frames that are followed are mapped`() async throws {
        try await SampleRepository.run { shop in
            try shop.write("app.min.js.map", Self.map)
            let sha = try await shop.commit("Build")
            let exceptions = (0..<11).map { number in
                let frames = (0..<70).map {
                    Frame(filename: "app.min.js", function: "t", line: 2, column: 121 + 70 * number + $0)
                }
                return Exception(type: "E", value: "", frames: frames)
            }
            let mapped = await Minified(git: investigator.git(shop.repository), folder: nil)
                .resolve(exceptions, in: PathIndex(["app.min.js.map"]), at: sha)
            let lines = mapped.exceptions.map { $0.frames.filter { $0.line == 7 }.count }
            #expect(lines == [Int](repeating: 60, count: 10) + [0])
            #expect(mapped.exceptions.first?.frames.prefix(10).allSatisfy { $0.filename == "app.min.js" } == true)
        }
    }

    @Test(arguments: [
        "", "{}", "[]", "<html>", #"{"mappings":7}"#, #"{"version":3,"mappings":"!!!!","sources":["a"]}"#,
        #"{"mappings":"AAAAAA","sources":["a"]}"#, #"{"mappings":"AggggggggggggE","sources":["a"]}"#,
        #"{"mappings":"ADDD","sources":["a"]}"#, #"{"mappings":"AAAA"}"#, #"{"mappings":"AAAA","sources":[null]}"#,
    ])
    func `what is no source map, or a damaged one, gives no place`(text: String) {
        #expect(SourceMap(Array(text.utf8))?.place(1, 1) == nil)
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

    @Test func `calls on the one line of a bundle are no recursion, their columns differ`() {
        func frames(_ columns: [Int]) -> [Frame] {
            columns.map { Frame(filename: "app.min.js", function: "t", line: 1, column: $0) }
        }
        #expect(Recursion.fold(frames([10, 20, 30, 40])).folded == 0)
        #expect(Recursion.fold(frames([10, 10, 10, 10])).folded == 3)
    }
}

extension SourceMap {
    /// As a trace asks.
    fileprivate func place(_ line: Int, _ column: Int) -> Place? {
        Position(line: line, column: column).flatMap { places(at: [$0])[$0] }
    }
}
