extension Git {
    /// Every file at the revision, links and submodules left out.
    func files(at sha: String) async throws -> [String] {
        let output = try await run(["ls-tree", "-r", "-z", "--full-tree", sha])
        return output.split(separator: 0).compactMap { entry in
            // "100644 blob <hash>\t<path>"
            guard entry.starts(with: "100".utf8), let tab = entry.firstIndex(of: 0x09) else { return nil }
            let path = entry[entry.index(after: tab)...]
            return path.contains(0x0A) ? nil : String(decoding: path, as: UTF8.self)
        }
    }

    /// The text of files at the revision; binary ones, huge ones and missing ones are left out.
    func texts(of paths: [String], at sha: String, largest: Int = 4 << 20) async throws -> [String: SourceText] {
        let names = paths.map { "\(sha):\($0)" }
        let sizes = try await batch(["--batch-check=%(objecttype) %(objectsize)"], names)
        var wanted: [String] = []
        for (path, line) in zip(paths, sizes.split(separator: 0x0A, omittingEmptySubsequences: false)) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            if words.count == 2, words[0] == "blob", let size = Int(words[1]), size <= largest { wanted.append(path) }
        }
        guard !wanted.isEmpty else { return [:] }
        return Self.unpack(try await batch(["--batch=%(objectsize)"], wanted.map { "\(sha):\($0)" }), for: wanted)
    }

    private func batch(_ mode: [String], _ names: [String]) async throws -> [UInt8] {
        try await run(["cat-file"] + mode, input: Array(names.map { "\($0)\n" }.joined().utf8), limit: 64 << 20)
    }

    /// "size\n" and as many bytes and "\n", file by file.
    private static func unpack(_ output: [UInt8], for paths: [String]) -> [String: SourceText] {
        var texts: [String: SourceText] = [:]
        var rest = output[...]
        for path in paths {
            guard let end = rest.firstIndex(of: 0x0A) else { break }
            guard let size = Int(String(decoding: rest[..<end], as: UTF8.self)) else {
                rest = rest[(end + 1)...]
                continue
            }
            guard rest.count >= end - rest.startIndex + 1 + size else { break }
            let content = rest[(end + 1)..<(end + 1 + size)]
            if !content.prefix(8000).contains(0) { texts[path] = SourceText(content) }
            rest = rest[(end + 1 + size)...].dropFirst()
        }
        return texts
    }
}
