import Domain
import FoundationEssentials

/// A commit and what is needed to speak of it.
struct Commit: Sendable, Hashable {
    let sha: String
    let author: String
    let date: Date
    let subject: String
}

extension Commit {
    /// From the object as git keeps it: headers, an empty line, the message.
    fileprivate init?(sha: String, object: ArraySlice<UInt8>) {
        let text = String(decoding: object, as: UTF8.self)
        let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard let header = parts[0].split(separator: "\n").first(where: { $0.hasPrefix("author ") }),
            let mail = header.firstIndex(of: "<"), let end = header.lastIndex(of: ">"),
            let seconds = header[end...].split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { return nil }
        self.init(
            sha: sha, author: String(header[..<mail].dropFirst("author ".count).trimmed),
            date: Date(timeIntervalSince1970: seconds),
            subject: String(parts.count > 1 ? parts[1].prefix { $0 != "\n" } : ""))
    }
}

extension Git {
    /// The commits behind names, in the order asked; nil for a name that the clone does not know.
    ///
    /// The names go in by stdin, so none can be an option.
    func commits(named names: [String]) async throws -> [Commit?] {
        let safe = names.map { name in name.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } ? name : "-" }
        var objects = BatchedObjects(
            try await run(["cat-file", "--batch"], input: Array(safe.map { "\($0)^{commit}\n" }.joined().utf8)))
        return names.map { _ in
            guard let object = objects.next(), object.type == "commit" else { return nil }
            return Commit(sha: object.name, object: object.content)
        }
    }

    /// The newest commit of a range such as `v2.3.1..HEAD`; nil when there is none in it.
    func newest(in range: String) async throws -> Commit? { try await log(["-n", "1", range, "--"]).first }

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
