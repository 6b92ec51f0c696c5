extension Git {
    /// How many files include or import each of these: much for a library that everything rests on.
    ///
    /// By the name without its ending, as all languages do; only files of the same languages are looked at.
    func includes(of paths: [String], at sha: String) async throws -> [String: Int] {
        var stems: [String: [String]] = [:]
        for path in paths {
            let stem = Self.stem(of: path)
            if stem.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }) {
                stems[String(stem), default: []].append(path)
            }
        }
        stems[""] = nil
        guard !stems.isEmpty else { return [:] }
        let pattern =
            "^[ \t]*(#[ \t]*include|import|from|require|use|using|autoload|(const|let|var) .*require).*("
            + stems.keys.sorted().joined(separator: "|") + ")"
        let output = try await output(
            ["grep", "-I", "-o", "-z", "--full-name", "--no-color", "-E", "-e", pattern, sha, "--"]
                + Self.languages(of: paths).map { "*\($0)" })
        var files: [String: Set<ArraySlice<UInt8>>] = [:]
        for record in output.bytes.split(separator: 0x0A) {
            let fields = record.split(separator: 0, maxSplits: 1)
            guard fields.count == 2 else { continue }
            let words = String(decoding: fields[1], as: UTF8.self).split {
                !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-")
            }
            for word in words where stems[String(word)] != nil { files[String(word), default: []].insert(fields[0]) }
        }
        return files.reduce(into: [:]) { counts, entry in
            for path in stems[entry.key] ?? [] { counts[path] = entry.value.count }
        }
    }

    private static func stem(of path: String) -> Substring {
        let name = path.split(separator: "/").last ?? ""
        return name.lastIndex(of: ".").map { name[..<$0] } ?? name
    }

    private static func languages(of paths: [String]) -> [String] {
        let endings = Set(paths.compactMap { path in path.lastIndex(of: ".").map { String(path[$0...]) } })
        return families.filter { !endings.isDisjoint(with: $0) }.flatMap(\.self)
            + endings.filter { ending in !families.contains { $0.contains(ending) } && !ending.contains("/") }
    }

    private static let families: [[String]] = [
        [".c", ".h", ".cc", ".cpp", ".hpp", ".cxx"], [".js", ".jsx", ".ts", ".tsx", ".mjs", ".cjs"],
    ]
}
