import FoundationEssentials
import Testing

@testable import Sandbox

/// The JSON that the stand-ins speak.
@Suite struct JSONTests {
    @Test(
        arguments: [
            (
                "{\"a\": [1, -2, 1.5, 1e3, true, false, null, \"x\"], \"b\": {}}",
                ["a": [1, -2, 1.5, 1000.0, true, false, nil, "x"], "b": [:]]
            ),
            (" [ ] ", []), ("\"\\u0000\\n\\\"\\\\\\/\\ud83d\\ude00 é\"", "\0\n\"\\/😀 é"),
            ("99999999999999999999", 99_999_999_999_999_999_999.0), ("\"\\ud83d\"", "\u{FFFD}"),
        ] as [(String, JSON)])
    func `reads`(text: String, value: JSON) throws {
        #expect(try JSON(parsing: text.utf8) == value)
        #expect(try JSON(parsing: value.bytes) == value)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "tru", "\"a", "\"\\x\"", "\"\\u12\"", "1 2", "-", "\"\n\"",
        "nul",
        String(repeating: "[", count: 100_000),
    ])
    func `refuses`(text: String) {
        #expect(throws: JSONReader.Mistake.self) { try JSON(parsing: text.utf8) }
    }

    /// What the program's own decoder makes of it, for every recording.
    @Test func `writes what a decoder reads`() throws {
        struct Row: Decodable, Equatable {
            let id: String
            let title: String
            let numComments: Int
            let firstSeen: String
        }
        let recorded = try #require(ReplayedCall.named("02-issues-default")?.body)
        let rows = try JSONDecoder().decode([Row].self, from: Data(recorded.bytes))
        #expect(rows.count == 21)
        #expect(rows.map(\.title) == recorded.array?.compactMap { $0["title"]?.string })
    }
}
