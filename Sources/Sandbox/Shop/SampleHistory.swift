import FoundationEssentials

/// The history of a sample repository, as a value: what each commit changed, by whom and when.
struct SampleHistory: Sendable {
    struct Author: Sendable, Hashable {
        let name: String

        var email: String { "\(name.lowercased().split(separator: " ").first ?? "")@shop.example" }

        static let ada = Author(name: "Ada Lindqvist")
        static let grace = Author(name: "Grace Okafor")
        static let bob = Author(name: "Bob Tanaka")
        static let ravi = Author(name: "Ravi Menon")
    }

    enum Edit: Sendable {
        case write(String, String)
        /// In a file, replaces the only place where this text stands.
        case replace(String, String, with: String)
        case remove(String)
    }

    struct Commit: Sendable {
        /// Before the world's now.
        let hoursAgo: Double
        let author: Author
        let subject: String
        let tag: String?
        let edits: [Edit]

        init(_ daysAgo: Double, _ author: Author, _ subject: String, tag: String? = nil, _ edits: Edit...) {
            hoursAgo = daysAgo * 24
            self.author = author
            self.subject = subject
            self.tag = tag
            self.edits = edits
        }
    }

    /// A history whose edits do not fit what they edit; only a mistake in the source of this module.
    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    /// Oldest first.
    let commits: [Commit]

    /// The files after the commit with this tag or subject, or after the last one.
    func files(at name: String? = nil) throws -> [String: String] {
        var files: [String: String] = [:]
        for commit in commits {
            for edit in commit.edits { try edit.apply(to: &files) }
            if let name, commit.tag == name || commit.subject == name { return files }
        }
        guard let name else { return files }
        throw Mistake(description: "no commit is called \(name)")
    }

    /// The number of the first line that holds this text, from 1, and the whole line.
    func line(_ text: String, in path: String, at name: String? = nil) throws -> (number: Int, text: String) {
        let lines = try files(at: name)[path]?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
        guard let index = lines.firstIndex(where: { $0.contains(text) }) else {
            throw Mistake(description: "\(path) has no line “\(text)”")
        }
        return (index + 1, String(lines[index]))
    }

    /// What `git fast-import` reads. The same for the same moment, and so are the hashes.
    func stream(now: Date) throws -> [UInt8] {
        var stream: [UInt8] = []
        var files: [String: String] = [:]
        for (index, commit) in commits.enumerated() {
            let seconds = Int(now.timeIntervalSince1970 - commit.hoursAgo * 3600)
            let person = "\(commit.author.name) <\(commit.author.email)> \(seconds) +0000"
            stream += "commit refs/heads/main\nmark :\(index + 1)\nauthor \(person)\ncommitter \(person)\n".utf8
            stream += Self.data(commit.subject + "\n")
            for edit in commit.edits {
                try edit.apply(to: &files)
                if let text = files[edit.path] {
                    stream += "M 100644 inline \(edit.path)\n".utf8
                    stream += Self.data(text)
                } else {
                    stream += "D \(edit.path)\n".utf8
                }
            }
            if let tag = commit.tag {
                stream += "tag \(tag)\nfrom :\(index + 1)\ntagger \(person)\n".utf8
                stream += Self.data("\(tag)\n")
            }
        }
        return stream + "done\n".utf8
    }

    private static func data(_ text: String) -> [UInt8] { Array("data \(text.utf8.count)\n".utf8) + text.utf8 + [0x0A] }
}

extension SampleHistory.Edit {
    var path: String {
        switch self {
        case .write(let path, _), .replace(let path, _, _), .remove(let path): path
        }
    }

    fileprivate func apply(to files: inout [String: String]) throws {
        switch self {
        case .write(let path, let text): files[path] = text.hasSuffix("\n") ? text : text + "\n"
        case .remove(let path): files[path] = nil
        case .replace(let path, let old, let new):
            let ranges = files[path]?.ranges(of: old) ?? []
            guard ranges.count == 1, let range = ranges.first else {
                throw SampleHistory.Mistake(description: "\(path) holds “\(old)” \(ranges.count) times")
            }
            files[path]?.replaceSubrange(range, with: new)
        }
    }
}
