import Domain

/// Where the files of a project's traces are in its repository: what is `usr/src/app/…` there is `src/…` here.
package struct PathMapping: Sendable, Hashable, Codable {
    /// The folders that the program ran in, without slashes at the ends; empty when the traces do not name any.
    package let prefix: String
    /// The folder of the repository, without slashes at the ends; empty for the whole of it.
    package let folder: String

    package init(prefix: String, folder: String) {
        self.prefix = prefix
        self.folder = folder
    }

    // Longer than any program's folder: somebody plays.
    private static let longest = 200

    /// By a frame that can mean only this file; nil when the two begin alike, or agree in too little to tell.
    init?(_ frame: FramePath, is path: String) {
        let theirs = frame.parts.dropLast()
        let ours = path.split(separator: "/").dropLast()
        let common = zip(theirs.reversed(), ours.reversed()).prefix { $0 == $1 }.count
        guard common > 0, !frame.isInstalled, !frame.isForeign else { return nil }
        prefix = theirs.dropLast(common).joined(separator: "/")
        folder = ours.dropLast(common).joined(separator: "/")
        guard prefix != folder, prefix.utf8.count <= Self.longest, Finding.clean(prefix) == prefix else { return nil }
    }

    /// The path in the repository that a frame means by it; nil when it begins otherwise.
    func path(of frame: FramePath) -> String? {
        let begin = prefix.split(separator: "/").map(String.init)
        guard frame.parts.count > begin.count, frame.parts.starts(with: begin) else { return nil }
        let rest = frame.parts.dropFirst(begin.count).joined(separator: "/")
        return folder.isEmpty ? rest : "\(folder)/\(rest)"
    }
}

/// What a reading says of the mappings that were known before it, and of new ones.
package struct PathLesson: Sendable, Codable, Hashable {
    /// What held in this trace.
    package private(set) var held: [PathMapping] = []
    /// Known ones that lead to nothing any more, where the trace shows another place or their folder is gone.
    package private(set) var outdated: [PathMapping] = []

    package init() {}

    // A trace has few programs in it; more come from somebody who plays.
    private static let most = 5

    init(_ lines: [TracedLine], of leads: [Tracing.Lead], known: [PathMapping], in index: PathIndex) {
        for line in lines where line.certainty >= 1 {
            guard let mapping = PathMapping(FramePath(line.frame), is: line.path), !held.contains(mapping) else {
                continue
            }
            held.append(mapping)
        }
        held = Array(held.prefix(Self.most))
        let paths = leads.map { FramePath($0.frame) }
        outdated = known.filter { mapping in
            guard !held.contains(mapping) else { return false }
            let meant = paths.compactMap(mapping.path)
            guard !meant.isEmpty, !meant.contains(where: index.contains) else { return false }
            return held.contains { $0.prefix == mapping.prefix } || !index.hasFolder(mapping.folder)
        }
    }
}
