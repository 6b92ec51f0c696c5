import FoundationEssentials
import Testing

@testable import Runbooks

/// `runbooks/schema.json` says the same as the reader.
@Suite struct SchemaTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func schema() throws -> Schema {
        try Schema(
            JSONDecoder().decode(JSONText.self, from: Data(contentsOf: root.appending(path: "runbooks/schema.json"))))
    }

    @Test func `knows the same keys and words`() throws {
        let schema = try Self.schema()
        #expect(schema.keys() == FrontMatter.Key.allCases.map(\.rawValue).sorted())
        #expect(schema.keys("rule") == FrontMatter.RuleKey.allCases.map(\.rawValue).sorted())
        #expect(schema.keys("example") == FrontMatter.ExampleKey.allCases.map(\.rawValue).sorted())
        #expect(schema.words(schema.root["properties"]?["severity"]) == Runbook.Severity.allCases.map(\.rawValue))
        #expect(schema.words(schema.definition("level")).count == 6)
    }

    @Test(arguments: [
        "title: x", "title: 404", "title: true", "title: 'x'\nowners: a", "title: x\nowners: [a, 'b']",
        "title: x\nlinks: https://a", "title: x\nlinks: [https://a, {title: b, url: http://c}]",
        "title: x\nmatches: {type: AnError}", "title: x\nmatches:\n  - message: [a b c, 1]\n    level: [error]",
        "title: x\nmatches:\n  - message_regex: 'abcd'\n    tags: {a: b, c: [d, 1.5]}",
        "title: x\nexamples: {type: [A], message: 5, tags: {a: b}}\ncounterexamples:\n  - path: a",
        "title: x\nseverity: low",
    ])
    func `both take it`(text: String) throws {
        #expect(Runbook.read("---\n\(text)\n---\n").troubles == [])
        #expect(try Self.schema().complaint(about: Self.json(YAMLReader.read(text))) == nil)
    }

    @Test(arguments: [
        "owners: a", "title:", "title: ''", "title: [x]", "title: \(String(repeating: "x", count: 121))", "- title",
        "title: x\nfoo: 1", "title: x\nseverity: bad", "title: x\nseverity: High", "title: x\nowners: []",
        "title: x\nowners: {a: b}", "title: x\nowners: [[a]]", "title: x\nlinks: ftp://a", "title: x\nlinks: []",
        "title: x\nlinks: {title: a}", "title: x\nlinks: {url: 'javascript:a'}",
        "title: x\nlinks: {url: https://a, x: b}",
        "title: x\nmatches: []", "title: x\nmatches: [a]", "title: x\nmatches: [{}]",
        "title: x\nmatches: {typ: AnError}",
        "title: x\nmatches: {type: AnError, level: bad}", "title: x\nmatches: {type: }",
        "title: x\nmatches: {type: AnError, tags: {}}",
        "title: x\nmatches: {type: AnError, tags: a}", "title: x\nexamples: {level: [error]}", "title: x\nexamples: {}",
        "title: x\nexamples: {message_regex: abcd}",
        "title: x\nmatches: {message_regex: \(String(repeating: "ab", count: 251))}",
        "title: x\nowners: [\(String(repeating: "a,", count: 51))]",
    ])
    func `both refuse it`(text: String) throws {
        #expect(!Runbook.read("---\n\(text)\n---\n").troubles.isEmpty)
        #expect(try Self.schema().complaint(about: Self.json(YAMLReader.read(text))) != nil)
    }

    @Test func `it takes what ships`() async throws {
        let folder = Self.root.appending(path: "runbooks").path()
        for entry in Folder(path: folder).list().entries {
            let lines = try String(contentsOfFile: entry.path, encoding: .utf8).split(
                separator: "\n", omittingEmptySubsequences: false)
            let frontMatter = lines.dropFirst().prefix { $0 != "---" }.joined(separator: "\n")
            #expect(try Self.schema().complaint(about: Self.json(YAMLReader.read(frontMatter))) == nil, "\(entry.path)")
        }
    }

    /// As an editor's YAML has it: what looks like a number or a flag is one.
    private static func json(_ node: YAMLNode) -> JSONText {
        switch node.content {
        case .scalar(let text, let isPlain):
            if node.isNull { return .null }
            if isPlain, let number = Double(text) { return .number(number) }
            if isPlain, ["true", "false"].contains(text) { return .flag(text == "true") }
            return .string(text)
        case .sequence(let items): return .array(items.map(json))
        case .mapping(let entries):
            return .object(Dictionary(uniqueKeysWithValues: entries.map { ($0.key, json($0.value)) }))
        }
    }
}

/// As much of JSONText Schema as the file uses; a keyword that is not known here fails.
private struct Schema {
    let root: JSONText

    init(_ root: JSONText) { self.root = root }

    func definition(_ name: String) -> JSONText? { root["$defs"]?[name] }

    func keys(_ definition: String? = nil) -> [String] {
        let schema = definition.map { self.definition($0) } ?? root
        return (schema?["properties"]?.object?.keys).map { $0.sorted() } ?? []
    }

    func words(_ schema: JSONText?) -> [String] { schema?["enum"]?.list?.compactMap(\.text) ?? [] }

    func complaint(about value: JSONText) throws -> String? { try complaint(value, root, "") }

    private func complaint(_ value: JSONText, _ schema: JSONText, _ place: String) throws -> String? {
        for (keyword, argument) in schema.object ?? [:] {
            if let complaint = try complaint(value, keyword, argument, schema, place) { return complaint }
        }
        return nil
    }

    private struct Unknown: Error { let keyword: String }

    private func complaint(
        _ value: JSONText, _ keyword: String, _ argument: JSONText, _ schema: JSONText, _ place: String
    ) throws -> String? {
        let isFine: Bool
        switch keyword {
        case "$schema", "$defs", "title", "description": isFine = true
        case "$ref":
            let name = try #require(argument.text?.split(separator: "/").last)
            let definition = try #require(self.definition(String(name)))
            return try complaint(value, definition, place)
        case "type": isFine = (argument.list ?? [argument]).compactMap(\.text).contains(value.typeName)
        case "enum": isFine = argument.list?.contains(value) ?? false
        case "pattern":
            let pattern = try #require(argument.text)
            let regex = try Regex(pattern)
            isFine = value.text.map { $0.firstMatch(of: regex) != nil } ?? true
        case "maxLength": isFine = Double(value.text?.count ?? 0) <= argument.number ?? 0
        case "minItems": isFine = value.list.map { Double($0.count) >= argument.number ?? 0 } ?? true
        case "maxItems": isFine = Double(value.list?.count ?? 0) <= argument.number ?? 0
        case "minProperties": isFine = value.object.map { Double($0.count) >= argument.number ?? 0 } ?? true
        case "required":
            isFine = (argument.list ?? []).compactMap(\.text).allSatisfy { value[$0] != nil || value.object == nil }
        case "anyOf": isFine = try (argument.list ?? []).contains { try complaint(value, $0, place) == nil }
        case "items":
            for item in value.list ?? [] { if let found = try complaint(item, argument, place + "[]") { return found } }
            return nil
        case "properties":
            for (key, schema) in argument.object ?? [:] {
                if let field = value[key], let found = try complaint(field, schema, "\(place).\(key)") { return found }
            }
            return nil
        case "additionalProperties":
            let others = (value.object ?? [:]).filter { schema["properties"]?[$0.key] == nil }
            if argument == .flag(false) { return others.isEmpty ? nil : "\(place): \(others.keys)" }
            for (key, field) in others {
                if let found = try complaint(field, argument, "\(place).\(key)") { return found }
            }
            return nil
        default: throw Unknown(keyword: keyword)
        }
        return isFine ? nil : "\(place): \(keyword)"
    }
}

extension JSONText {
    fileprivate var typeName: String {
        switch self {
        case .null: "null"
        case .flag: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
