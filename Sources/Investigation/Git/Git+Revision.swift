import Domain
import FoundationEssentials

/// A commit and what is needed to speak of it.
struct Commit: Sendable, Hashable {
    let sha: String
    let author: String
    let date: Date
    let subject: String
}

extension Git {
    /// The commits behind names, in the order asked; nil for a name that the clone does not know.
    ///
    /// The names go in by stdin, so none can be an option.
    func commits(named names: [String]) async throws -> [String?] {
        let safe = names.map { name in name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } ? name : "-" }
        let input = safe.map { "\($0)^{commit}\n" }.joined()
        let output = try await run(["cat-file", "--batch-check=%(objectname) %(objecttype)"], input: Array(input.utf8))
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        return names.indices.map { index in
            guard index < lines.count else { return nil }
            let words = lines[index].split(separator: " ")
            return words.count == 2 && words[1] == "commit" ? String(words[0]) : nil
        }
    }

    func commit(_ sha: String) async throws -> Commit? {
        try await log(["-n", "1", sha, "--"]).first
    }

    /// The commits that changed a file last, newest first, as far as the revision knows.
    func lastCommits(_ count: Int, of path: String, at sha: String) async throws -> [Commit] {
        try await log(["-n", "\(count)", sha, "--", path])
    }

    private func log(_ arguments: [String]) async throws -> [Commit] {
        let format = "--format=%H%x1F%an%x1F%at%x1F%s"
        let output = try await run(
            ["--literal-pathspecs", "log", "--no-show-signature", "--no-color", "-z", format] + arguments)
        return output.split(separator: 0).compactMap { record in
            let fields = record.split(separator: 0x1F, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count >= 4, let seconds = Double(fields[2]) else { return nil }
            return Commit(
                sha: fields[0], author: fields[1], date: Date(timeIntervalSince1970: seconds),
                subject: fields[3...].joined(separator: " "))
        }
    }
}
