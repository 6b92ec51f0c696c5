import Testing

@testable import Runbooks

/// Plain YAML with its lines; nothing that makes much out of little.
@Suite struct YAMLReaderTests {
    /// A value in short, with the line of each key and item: `{a@1: [b@2]}`.
    private func shown(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text, _): node.isNull ? "null" : text
        case .sequence(let items): "[" + items.map { "\(shown($0))@\($0.line)" }.joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\($0.key)@\($0.line): \(shown($0.value))" }.joined(separator: ", ") + "}"
        }
    }

    @Test(arguments: [
        ("a: b", "{a@1: b}"),
        ("a:\n  - b\n  - 'c: d'\n", "{a@1: [b@2, c: d@3]}"),
        ("# why\n\na: {b: 1, c: yes}", "{a@3: {b@3: 1, c@3: yes}}"),
        ("a: |\n  b\n  c\nd: >\n  e\n  f\n", "{a@1: b\nc\n, d@4: e f\n}"),
        ("a:\nb: ~\nc: null\nd: ''\ne: 'null'", "{a@1: null, b@2: null, c@3: null, d@4: , e@5: null}"),
        ("a: \"\\u00e9\\n\"", "{a@1: é\n}"),
        ("", "null"), ("# nothing", "null"), ("text", "text"), ("[]", "[]"),
    ])
    func `reads what people write`(text: String, tree: String) throws {
        #expect(shown(try YAMLReader.read(text)) == tree)
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3", 3, "“a” stands here twice, first in line 1"),
        ("a: &x 1\nb: *x", 1, "anchors (&name) are not read here"),
        ("a: *x", 1, "aliases (*name) are not read here"),
        ("a: !!python/object/apply:os.system [ls]", 1, "tags (!name) are not read here"),
        ("a: !x 1", 1, "tags (!name) are not read here"),
        ("a: !y!x 1", 1, "tags (!name) are not read here"),
        ("? [a]\n: b", 1, "a key must be plain text"),
        ("a: b: c", 1, "a colon stands where a value cannot begin"),
        ("a: 1\n\tb: 2", 2, "the line begins with a tab"),
        ("a:\n\t- b", 2, "a value begins with a sign that YAML keeps for itself, or the line with a tab"),
        ("a: @b", 1, "a value begins with a sign that YAML keeps for itself, or the line with a tab"),
        ("a: 1\n  b\nc", 4, "this line does not fit the one above"),
        ("b: 1\na: [1, 2\nc: 1", 2, "a list or a group of keys is not closed"),
        ("a: {b: 1", 1, "a list or a group of keys is not closed"),
        ("a: 'b\nc: d", 1, "a quote is not closed"),
        ("a: 1\n--- \nb: 2", 2, "it holds more than one YAML document"),
        ("a: \u{7}", 1, "this is no YAML: control characters are not allowed"),
    ])
    func `says what it refuses, and where`(text: String, line: Int, what: String) {
        let mistake = #expect(throws: YAMLMistake.self) { try YAMLReader.read(text) }
        #expect(mistake?.line == line)
        #expect(mistake?.what == what)
    }

    @Test func `counts lines from where the text stands in its file`() {
        let mistake = #expect(throws: YAMLMistake.self) { try YAMLReader.read("a: 1\na: 2", firstLine: 2) }
        #expect(mistake?.line == 3)
        #expect(mistake?.what == "“a” stands here twice, first in line 2")
    }

    @Test(arguments: [
        (String(repeating: "[", count: 100_000), "it is nested more than 12 deep"),
        (String(repeating: "- ", count: 100), "it is nested more than 12 deep"),
        ("[" + String(repeating: "1,", count: 6000) + "]", "it holds more than 5000 values"),
    ])
    func `bounds depth and number`(text: String, what: String) {
        let mistake = #expect(throws: YAMLMistake.self) { try YAMLReader.read(text) }
        #expect(mistake?.what == what)
    }

    @Test func `any bytes are read or refused`() {
        var random = SystemRandomNumberGenerator()
        let signs = Array("ab:-\n  '\"{}[]|>&*!%@`#?,\t\u{85}é~".unicodeScalars)
        for _ in 0..<2000 {
            let text = String(
                String.UnicodeScalarView((0..<30).compactMap { _ in signs.randomElement(using: &random) }))
            do throws(YAMLMistake) {
                let node = try YAMLReader.read(text)
                #expect(node.line >= 1)
            } catch {
                #expect(error.line >= 1 && error.line <= 40)
            }
        }
    }
}
