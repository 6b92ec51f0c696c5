/// A line that a search found.
struct Hit: Sendable, Hashable {
    let path: String
    let line: Int
    let text: String
}

extension Git {
    /// Lines at the revision that contain one of the literal texts, below the folder; none is a result, not an error.
    ///
    /// git itself and not rg: it searches the commit, not what lies in the work tree, and a bare clone has none.
    ///
    /// Phrases are found in capitals too: a title may be written in another case than the code.
    ///
    /// - Parameter names: patterns of file names, such as `*.py`; all files when there is none.
    func search(
        _ texts: [String], wholeWords: Bool, at sha: String, among names: [String] = [], below folder: String?,
        atMost count: Int = 500
    ) async throws -> [Hit] {
        let usable = texts.filter { !$0.isEmpty && !$0.utf8.contains { $0 < 0x20 } }
        guard !usable.isEmpty else { return [] }
        let words = wholeWords ? ["-w"] : ["-i"]
        // "-e" takes the next argument whatever it begins with.
        let patterns = usable.flatMap { ["-e", $0] }
        let output = try await output(
            ["grep", "-F", "-I", "-n", "-z", "--full-name", "--no-color"] + words + patterns + [sha, "--"]
                + Self.places(folder, names))
        // 1 says that nothing was found.
        guard output.exitCode <= 1 else { throw Tool.Failure.exit(output.exitCode, output.complaint) }
        return output.bytes.split(separator: 0x0A).prefix(count).compactMap { hit($0, sha) }
    }

    private static func places(_ folder: String?, _ names: [String]) -> [String] {
        guard !names.isEmpty else { return folder.map { [":(literal)\($0)"] } ?? [] }
        let special = folder.map { folder in
            folder.reduce(into: "") { $0 += "*?[\\".contains($1) ? "\\\($1)" : "\($1)" } + "/"
        }
        return names.map { ":(glob)\(special ?? "")**/\($0)" }
    }

    /// `<sha>:path NUL line NUL text`
    private func hit(_ record: ArraySlice<UInt8>, _ sha: String) -> Hit? {
        let fields = record.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, fields[0].count > sha.utf8.count,
            let line = Int(String(decoding: fields[1], as: UTF8.self))
        else { return nil }
        return Hit(
            path: String(decoding: fields[0].dropFirst(sha.utf8.count + 1), as: UTF8.self), line: line,
            text: String(decoding: fields[2].prefix(400), as: UTF8.self))
    }
}
