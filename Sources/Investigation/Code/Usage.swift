/// What the rest of the code says of a trace's files: how many include each, and which file defines what the message
/// speaks of. Both from one search of the commit.
struct Usage: Sendable {
    /// By a file's name without its ending: in how many files it is included or imported. What everybody uses was
    /// called by one who used it wrong more often than it is wrong itself.
    var includes: [String: Double] = [:]
    /// Files that define what the message says is lacking something.
    var named: Set<String> = []

    // Where more files define it the name says nothing.
    private static let fewFiles = 3

    // In a larger repository half of the files tell as much as all (Benchmarks), and searching them takes half the time.
    private static let manyFiles = 400
    // Those whose names end in one of these letters; words have them at their ends however a project names its files.
    private static let sample = "lnrst"

    /// - Parameter folder: only what is below it.
    static func find(
        _ lines: [TracedLine], _ lacking: Lacking, in index: PathIndex, _ git: Git, at sha: String, folder: String?
    ) async throws -> Usage {
        let paths = Set(lines.map(\.path))
        let stems = Set(paths.map(stem)).filter { $0.utf8.count > 1 }
        let endings = Set(paths.flatMap(family))
        var usage = Usage(named: modules(lacking, in: index))
        guard !stems.isEmpty, !endings.isEmpty else { return usage }
        let files = index.files(endingIn: endings)
        let isSampled = files.count > manyFiles && lacking.types.isEmpty
        let searched = isSampled ? files.filter { stem(of: $0).last.map(sample.contains) ?? false }.count : files.count
        let hits = try await git.search(
            Array(stems.union(lacking.types)), wholeWords: true, at: sha,
            among: endings.sorted().map { isSampled ? "*[\(sample)].\($0)" : "*.\($0)" }, below: folder, atMost: .max)
        usage.add(hits, stems, lacking.types, share: Double(searched) / Double(max(1, files.count)))
        return usage
    }

    static func stem(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return String(name.lastIndex(of: ".").map { name[..<$0] } ?? name)
    }

    /// - Parameter share: how many of the files were searched; 1 for all.
    private mutating func add(_ hits: [Hit], _ stems: Set<String>, _ types: Set<String>, share: Double) {
        var files: [String: Set<String>] = [:]
        var definitions: [String: Set<String>] = [:]
        for hit in hits {
            let text = hit.text[...].trimmed
            if Self.isImport(text) {
                for word in text.split(whereSeparator: { !Self.isOfName($0) }) where stems.contains(String(word)) {
                    files[String(word), default: []].insert(hit.path)
                }
            }
            if let name = Self.definedType(text), types.contains(name), !PathIndex.isSide(hit.path) {
                definitions[name, default: []].insert(hit.path)
            }
        }
        includes = stems.reduce(into: [:]) { $0[$1] = Double(files[$1]?.count ?? 0) / max(share, 0.05) }
        for found in definitions.values where found.count <= Self.fewFiles { named.formUnion(found) }
    }

    private static func modules(_ lacking: Lacking, in index: PathIndex) -> Set<String> {
        lacking.modules.reduce(into: []) { found, module in
            let paths = ["\(module).py", "\(module)/__init__.py"].flatMap { index.ending(in: $0) }
            if paths.count <= fewFiles { found.formUnion(paths) }
        }
    }

    private static func isImport(_ text: Substring) -> Bool {
        imports.contains { text.hasPrefix($0) } || text.range(ofText: " from ") != nil
            || text.range(ofText: "require(") != nil
    }

    private static let imports = ["#include", "# include", "import ", "from ", "require", "autoload ", "use "]

    /// `Cart` of `class Shop::Cart < Base`
    private static func definedType(_ text: Substring) -> String? {
        let words = text.split(separator: " ", maxSplits: 5)
        guard let keyword = words.firstIndex(where: definitions.contains), keyword + 1 < words.count else { return nil }
        return words[keyword + 1].prefix { isOfName($0) || $0 == ":" || $0 == "." }
            .split { $0 == ":" || $0 == "." }.last.map(String.init)
    }

    private static let definitions: Set<Substring> = [
        "class", "module", "interface", "struct", "trait", "enum", "object", "protocol", "type", "record",
    ]

    private static func isOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "-"
    }

    /// The endings of files that may include one.
    private static func family(of path: String) -> [String] {
        guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return [] }
        let ending = path[path.index(after: dot)...]
        guard ending.allSatisfy({ $0.isLetter || $0.isNumber }) else { return [] }
        return families.first { $0.contains(String(ending)) } ?? [String(ending)]
    }

    private static let families = [["c", "h", "cc", "cpp"], ["js", "ts", "tsx", "jsx", "mjs"]]
}
