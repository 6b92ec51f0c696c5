/// The files that define what a message says is lacking something.
struct Definitions: Sendable {
    let git: Git
    let index: PathIndex
    /// Only what is below it.
    let folder: String?

    // Where more files define it the name says nothing.
    private static let fewFiles = 3

    /// - Parameter traced: files of the trace; only those of their languages are searched, and only when a class is named.
    func files(of lacking: Lacking, at sha: String, like traced: Set<String>) async throws -> Set<String> {
        let modules = modules(lacking.modules)
        let endings = Set(traced.compactMap(PathIndex.language))
        guard !lacking.types.isEmpty, !endings.isEmpty else { return modules }
        let hits = try await git.search(
            lacking.types.sorted(), wholeWords: true, at: sha, among: endings.sorted().map { "*.\($0)" }, below: folder,
            atMost: .max)
        var found: [String: Set<String>] = [:]
        for hit in hits where !PathIndex.isSide(hit.path) {
            guard let name = Self.definedType(hit.text[...].trimmed), lacking.types.contains(name) else { continue }
            found[name, default: []].insert(hit.path)
        }
        return found.values.filter { $0.count <= Self.fewFiles }.reduce(into: modules) { $0.formUnion($1) }
    }

    private func modules(_ names: Set<String>) -> Set<String> {
        names.reduce(into: []) { found, name in
            let paths = ["\(name).py", "\(name)/__init__.py"].flatMap { index.ending(in: $0) }
            if paths.count <= Self.fewFiles { found.formUnion(paths) }
        }
    }

    /// `Cart` of `class Shop::Cart < Base`
    private static func definedType(_ text: Substring) -> String? {
        let words = text.split(separator: " ", maxSplits: 5)
        guard let keyword = words.firstIndex(where: keywords.contains), keyword + 1 < words.count else { return nil }
        return words[keyword + 1].prefix { $0.isLetter || $0.isNumber || "_:.".contains($0) }
            .split { $0 == ":" || $0 == "." }.last.map(String.init)
    }

    private static let keywords: Set<Substring> = [
        "class", "module", "interface", "struct", "trait", "enum", "object", "protocol", "type", "record",
    ]
}
